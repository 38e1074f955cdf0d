"""The books a newcomer hears first: what they promise is there, and everybody says what is theirs.

Who says what is written down in tests/cases/seeds, a quotation a line: `speaker | quotation`, in the book's order.
"""

import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book
from audiobook.model.script import Script
from audiobook.readers import read_book
from tests.golden import CASES
from tools.make_seed_epub import COVER, EPUB, HEIGHT, WIDTH, members

SEEDS = ("the-lighthouse-post.txt", "the-marrow-affair.md", "the-night-tram.epub")
CHAPTERS = {
    "the-lighthouse-post.txt": (
        "The Smallest Post Office in the World",
        "Regulation XIV",
        "Two Tons of Glass",
        "The Two Hundredth Letter",
    ),
    "the-marrow-affair.md": ("Gladys Is Gone", "The Evidence", "Sanctuary"),
    "the-night-tram.epub": ("The Last Tram", "Fares", "The Lady in Green", "Harbour Street"),
}
ACCURACY = {  # the share of quotations that must have their speaker: raise it whenever it rises, the aim is 0.97
    "the-lighthouse-post.txt": 0.88,
    "the-marrow-affair.md": 0.86,
    "the-night-tram.epub": 0.92,
}


@pytest.fixture(scope="module", params=SEEDS)
def book(request: pytest.FixtureRequest, seeds: Path) -> tuple[str, Book]:
    return request.param, read_book(seeds / request.param)


@pytest.fixture(scope="module")
def script(book: tuple[str, Book]) -> tuple[str, Script]:
    name, read = book
    return name, write_script(read)


def test_a_seed_has_its_title_author_and_chapters(book: tuple[str, Book]) -> None:
    name, read = book
    assert read.facts.title.lower() == Path(name).stem.replace("-", " ")
    assert read.facts.authors == ("The Audiobook Developers",)
    assert len(read.chapters) == len(CHAPTERS[name])
    for chapter, title in zip(read.chapters, CHAPTERS[name], strict=True):
        assert chapter.title.endswith(title)


def test_a_seed_has_a_narrator_scenes_and_at_least_five_speakers(script: tuple[str, Script]) -> None:
    name, written = script
    assert sum(character.lines >= 4 for character in written.characters) >= 4
    assert len([character for character in written.characters if character.lines]) >= 5
    assert any(line.speaker == "narrator" for line in written.lines())
    assert any(line.block == "break" for line in written.lines()) or name.endswith("epub")


def test_everybody_is_heard_in_a_voice_of_their_own(script: tuple[str, Script]) -> None:
    name, written = script
    heard = _heard(name, written)
    voices = _voices(heard)
    wrong = [f"{said}: {quotation} given to {speaker}" for said, quotation, speaker in heard if voices[said] != speaker]
    assert len(wrong) <= len(heard) * (1 - ACCURACY[name]), f"{len(wrong)} of {len(heard)} wrong\n" + "\n".join(wrong)


def test_the_night_tram_is_told_by_its_conductor(seeds: Path) -> None:
    assert write_script(read_book(seeds / EPUB.name)).narrator == "Josephine Lark"


def test_the_epub_is_what_its_pages_make(seeds: Path) -> None:
    with zipfile.ZipFile(seeds / EPUB.name) as book:
        held = {name: book.read(name) for name in book.namelist()}
        assert book.infolist()[0].compress_type == zipfile.ZIP_STORED
    made = members()
    assert list(held) == list(made)
    assert {**held, COVER: b""} == {**made, COVER: b""}
    assert held[COVER][16:24] == WIDTH.to_bytes(4) + HEIGHT.to_bytes(4)


def test_the_front_and_back_matter_of_the_epub_is_skipped_and_its_cover_kept(seeds: Path) -> None:
    read = read_book(seeds / EPUB.name)
    assert read.cover is not None
    assert read.cover.media_type == "image/png"
    reasons = " ".join(f"{skipped.title} {skipped.reason}" for skipped in read.skipped).lower()
    assert all(part in reasons for part in ("title", "copyright", "notes"))
    assert not re.search(r"ISBN|mantelpiece|Contents", " ".join(p.text for c in read.chapters for p in c.paragraphs))


def _gold(name: str) -> list[tuple[str, str]]:
    rows = (CASES / "seeds" / f"{Path(name).stem}.txt").read_text(encoding="utf-8").splitlines()
    parts = (row.partition("|") for row in rows if row.strip())
    return [(speaker.strip(), quotation.strip()) for speaker, _, quotation in parts]


def _heard(name: str, script: Script) -> list[tuple[str, str, str | None]]:
    """For every quotation: who says it, the quotation, and who says it in the script."""
    lines = [(_letters(line.text), line.speaker) for line in script.lines() if line.kind == "dialogue"]
    heard: list[tuple[str, str, str | None]] = []
    at = 0
    for said, quotation in _gold(name):
        found = next((n for n in range(at, min(at + 8, len(lines))) if _letters(quotation) in lines[n][0]), None)
        heard.append((said, quotation, "nobody: it is no line of dialogue" if found is None else lines[found][1]))
        at = at if found is None else found + 1
    return heard


def _voices(heard: list[tuple[str, str, str | None]]) -> dict[str, str | None]:
    """Whose lines in the script are mostly this person's; nobody in the script stands for two people."""
    pairs = Counter((said, speaker) for said, _, speaker in heard if speaker)
    voices: dict[str, str | None] = dict.fromkeys((said for said, _, _ in heard), "nobody")
    for (said, speaker), _ in pairs.most_common():
        if voices[said] == "nobody" and speaker not in voices.values():
            voices[said] = speaker
    return voices


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())
