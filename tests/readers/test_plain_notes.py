"""Notes of plain texts: bodies and marks are left out with their reason, and the notes are kept with their places."""

import pytest

from audiobook.model.book import Book
from audiobook.readers.text import read_plain
from tests.readers.stories import story


def read(*blocks: str) -> Book:
    return read_plain("\n\n".join(("CHAPTER I", *blocks, story(1), "CHAPTER II", story(2))), "x", "x.txt")


@pytest.mark.parametrize(
    ("text", "body", "mark", "words"),
    [
        ("The mill was old,[1] and wet.", "[1] Built in 1702.", "1", "Built in 1702."),
        ('The "Ride for Bread"[A]--that ride.', "[Footnote A: See below.]", "A", "See below."),
        ("He was called Simple,[*] and laughed at.", "[*] A name.", "*", "A name."),
        ("It ends at the sea.* Nobody walks it.", "* Or near it.", "*", "Or near it."),
        ("It ends there.† Nobody walks it.", "† Or near it.", "†", "Or near it."),
        ("The king was mad.[2]", "Footnote 2: So they said.", "2", "So they said."),
        ("Le roi était fou (1), dit-on.", "(1) Voyez plus haut.", "1", "Voyez plus haut."),
        ("A short word.{3} And on.", "{3} A note.", "3", "A note."),
    ],
)
def test_a_note_is_left_out_and_kept_with_its_place(text: str, body: str, mark: str, words: str) -> None:
    book = read(text, body)
    spoken = " ".join(p.text for chapter in book.chapters for p in chapter.paragraphs)
    assert words not in spoken
    (note,) = book.notes
    assert (note.mark, [p.text for p in note.paragraphs]) == (mark, [words])
    holder = book.chapters[0].paragraphs[1]
    source = "\n\n".join(("CHAPTER I", text, body))
    assert note.reference is not None
    assert mark in source[note.reference : note.reference + 3]
    assert holder.text[: note.after] == source[len("CHAPTER I\n\n") : note.reference].rstrip(" ")
    assert {"footnote", "note reference"} <= {part.reason for part in book.skipped}


def test_a_footnote_in_brackets_goes_on_to_its_closing_bracket() -> None:
    book = read("A word.[1]", "[Footnote 1: The first paragraph.", "The second one.]")
    assert [p.text for p in book.notes[0].paragraphs] == ["The first paragraph.", "The second one."]
    assert len(book.chapters[0].paragraphs) == 6


def test_a_mark_in_brackets_without_a_note_is_not_read_either() -> None:
    book = read("The record is equalled nowhere.[2] The South had none.")
    assert book.chapters[0].paragraphs[1].text == "The record is equalled nowhere. The South had none."
    assert book.notes == ()


def test_numbered_paragraphs_and_enumerations_are_no_notes() -> None:
    book = read("There are two reasons (1) the sea and (2) the sky.", "(1) The sea is wet.", "(2) The sky is wide.")
    assert book.notes == ()
    assert len(book.chapters[0].paragraphs) == 8


def test_page_numbers_side_notes_and_marks_of_bold_type_are_not_read() -> None:
    book = read("The stone fell {12} down. [Pg 13] =Never= did it rise.", "[Sidenote: The miller]")
    assert book.chapters[0].paragraphs[1].text == "The stone fell down. Never did it rise."
    assert {"page number", "sidenote"} <= {part.reason for part in book.skipped}
