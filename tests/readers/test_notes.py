"""Footnotes and endnotes are left out, or read at the end of the chapter or behind the paragraph of the mark."""

from dataclasses import replace
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book, Chapter, Facts, Note, Paragraph, Run, Skipped
from audiobook.model.reading import NotesMode, ReadingOptions
from audiobook.readers import account_of, read_book
from audiobook.readers.audit import audit
from audiobook.readers.notes import include_notes
from audiobook.readers.omissions import Document

TEXT = "He came[1] home. She left. It rained[2] hard. The end. Notes 1 From the sea. 2 For a week."


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


def told(*words: str) -> Paragraph:
    """A paragraph of stretches of the source."""
    runs, length = [], 0
    for stretch in words:
        runs.append(Run(text=length, source=at(stretch)[0], length=len(stretch)))
        length += len(stretch)
    return Paragraph(text="".join(words), runs=tuple(runs))


def left_out(words: str, reason: str) -> Skipped:
    return Skipped(title=reason, words=1, reason=reason, start=at(words)[0], end=at(words)[1])


BOOK = Book(
    facts=Facts(title="The Lamp"),
    chapters=(
        Chapter(number=1, title="One", paragraphs=(told("He came", " home."), told("She left."))),
        Chapter(number=2, title="Two", paragraphs=(told("It rained", " hard."), told("The end."))),
    ),
    skipped=(
        left_out("[1]", "note reference"),
        left_out("[2]", "note reference"),
        left_out("Notes 1 From the sea. 2 For a week.", "notes"),
    ),
    notes=(
        Note(mark="1", paragraphs=(told("From the sea."),), reference=at("[1]")[0], after=7),
        Note(mark="2", paragraphs=(told("For a week."),), reference=at("[2]")[0], after=9),
    ),
)


def texts(book: Book) -> list[list[str]]:
    return [[p.text for p in chapter.paragraphs if p.text] for chapter in book.chapters]


def test_notes_are_left_out_unless_they_are_asked_for() -> None:
    assert include_notes(BOOK, "skip") is BOOK


def test_notes_are_read_at_the_end_of_their_chapter() -> None:
    assert texts(include_notes(BOOK, "end")) == [
        ["He came home.", "She left.", "From the sea."],
        ["It rained hard.", "The end.", "For a week."],
    ]


def test_notes_are_read_behind_the_paragraph_of_their_mark() -> None:
    assert texts(include_notes(BOOK, "inline"))[0] == ["He came home.", "From the sea.", "She left."]


@pytest.mark.parametrize("mode", ["skip", "end", "inline"])
def test_every_word_is_accounted_for(mode: NotesMode) -> None:
    account = audit(include_notes(BOOK, mode), [Document(name="", text=TEXT)])
    assert account.faults == ()
    assert account.words == sum(c.source for c in account.chapters) + sum(s.words for s in account.skipped)


def test_a_note_without_a_mark_in_the_text_stays_left_out() -> None:
    book = replace(BOOK, notes=(replace(BOOK.notes[0], reference=None),))
    assert texts(include_notes(book, "end")) == texts(BOOK)


def test_a_note_that_is_read_as_part_of_a_chapter_is_not_read_twice() -> None:
    book = replace(BOOK, skipped=BOOK.skipped[:2])
    assert texts(include_notes(book, "end")) == texts(BOOK)


MARKDOWN = """# One

The rain[^1] fell on the *river*, and the lamp[^lamp] burned low.

It was wet.

[^1]: From the *sea*, as
    they say.

[^lamp]: An old one.

# Two

It rained again.
"""


@pytest.mark.parametrize(("mode", "at"), [("end", 3), ("inline", 2)])
def test_the_footnotes_of_markdown_are_read(mode: NotesMode, at: int, tmp_path: Path) -> None:
    path, options = tmp_path / "book.md", ReadingOptions(notes=mode)
    path.write_text(MARKDOWN, encoding="utf-8")
    book = read_book(path, options)
    assert texts(book)[0][at : at + 2] == ["From the *sea*, as they say.", "An old one."]
    assert account_of(path, book, options).faults == ()


def test_nobody_speaks_in_a_note() -> None:
    note = Paragraph(text="“Rain,” said Tom, “is wet.”", kind="note")
    chapter = Chapter(number=1, title="One", paragraphs=(Paragraph(text="“Go,” said Ann."), note))
    script = write_script(Book(facts=Facts(title="x"), chapters=(chapter,)))
    assert [line.speaker for line in script.lines() if line.block == "note"] == ["narrator"]
