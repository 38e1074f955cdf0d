"""Generate books of any length for benchmarks: a text is repeated with slightly different words."""

from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "seeds" / "the-lighthouse-post.txt"


def write_book(path: Path, words: int, told: Path = SAMPLE) -> None:
    """Write a book of at least this many words, which repeats a plain text.

    In each repetition, every paragraph lacks another word, because identical cues are spoken only once.
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
    """The paragraph without one word, a different one in each repetition. Short ones are complete the first time."""
    words = paragraph.split(" ")
    if not time or len(words) < 3:
        return paragraph
    first, second = divmod(time - 1, len(words) - 2)
    at = second + 1
    kept = words[:at] + words[at + 1 :]
    return " ".join(kept if not first else [*kept, *kept[-first % len(kept) :]])
