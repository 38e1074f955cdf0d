"""Books to be measured, as long as one likes: a text again and again, hardly ever twice in the same words."""

from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "seeds" / "the-lighthouse-post.txt"


def write_book(path: Path, words: int, told: Path = SAMPLE) -> None:
    """A book of at least that many words, a plain text again and again.

    Each time over, every paragraph lacks another of its words: what is said twice in the same words is spoken once.
    """
    paragraphs = told.read_text(encoding="utf-8").split("\n\n")
    written: list[str] = []
    count = time = 0
    while count < words:
        fresh = [_without(paragraph, time) for paragraph in paragraphs]
        written += fresh
        count += sum(len(paragraph.split()) for paragraph in fresh)
        time += 1
    path.write_text("\n\n".join(written), encoding="utf-8")


def _without(paragraph: str, time: int) -> str:
    """The paragraph without one of its words, another each time; short ones and headings stay whole the first time."""
    words = paragraph.split(" ")
    if not time or len(words) < 3:
        return paragraph
    first, second = divmod(time - 1, len(words) - 2)
    at = second + 1
    kept = words[:at] + words[at + 1 :]
    return " ".join(kept if not first else [*kept, *kept[-first % len(kept) :]])
