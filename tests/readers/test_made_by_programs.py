"""One story as pandoc, LibreOffice and Calibre write it: the same chapters, title and words from every file."""

from pathlib import Path

import pytest

from audiobook.model.book import letters_of
from audiobook.readers import account_of, read_book

MADE = Path(__file__).parent / "made"
FILES = sorted(path for path in MADE.iterdir() if path.suffix not in {".md", ".py"})
_NOTE = "Itwasastonequay"  # Calibre writes notes as paragraphs of the text

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)


def words_of(path: Path) -> list[str]:
    """The letters of each chapter, without digits: programs write the numbers of lists and notes or do not."""
    texts = ["".join(paragraph.text for paragraph in chapter.paragraphs) for chapter in read_book(path).chapters]
    letters = ("".join(sign for sign in letters_of(text) if not sign.isdigit()) for text in texts)
    return [text.replace(_NOTE, "") if "calibre" in path.name else text for text in letters]


def test_there_are_files_of_three_programs() -> None:
    assert {path.name.partition(".")[0] for path in FILES} == {"pandoc", "libreoffice", "calibre"}
    assert {path.suffix for path in FILES} == {".docx", ".odt", ".rtf", ".fb2", ".html"}


@every_file
def test_every_file_has_the_chapters_of_the_story(path: Path) -> None:
    assert [chapter.title for chapter in read_book(path).chapters] == ["The Quay", "The Ferry", "The Island"]


@every_file
def test_every_file_has_the_words_of_the_story_and_its_account_balances(path: Path) -> None:
    assert words_of(path) == words_of(MADE / "pandoc.docx")
    assert account_of(path, read_book(path)).faults == ()


@every_file
def test_every_file_names_the_book_and_its_author(path: Path) -> None:
    facts = read_book(path).facts
    assert facts.title == "The Crossing"
    assert facts.authors == ("Ann Lee",)
    assert facts.language.startswith("en")


@every_file
def test_emphasis_is_kept_in_every_file(path: Path) -> None:
    paragraphs = [paragraph for chapter in read_book(path).chapters for paragraph in chapter.paragraphs]
    found = {p.text[a:b].strip() for p in paragraphs if p.kind == "prose" for a, b in p.emphasis}
    assert {"quay", "small"} <= found


@pytest.mark.parametrize("path", [p for p in FILES if "calibre" not in p.name], ids=lambda path: path.name)
def test_notes_are_kept_apart_in_every_file_that_marks_them(path: Path) -> None:
    book = read_book(path)
    assert [letters_of("".join(p.text for p in note.paragraphs)) for note in book.notes] == [_NOTE]
    assert _NOTE not in "".join(words_of(path))
