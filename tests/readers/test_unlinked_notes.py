"""Notes in web pages whose marks are no links, and saved pages in a folder."""

from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.readers.stories import story
from tests.readers.test_html import read, texts, write

_PROSE = "".join(f"<p>The boat went down the river past the mill, on day {n} of May.</p>" for n in "abcdefgh")


def notes_of(book: Book) -> list[tuple[str, str]]:
    return [(note.mark, note.paragraphs[0].text) for note in book.notes]


def test_a_paragraph_with_the_bracketed_mark_of_the_text_is_a_note(tmp_path: Path) -> None:
    body = (
        f"<h1>One</h1>{_PROSE}<p>He came[1] to the <i>Nore</i>[A] at noon.</p>"
        "<p>[1] In 1801.</p><p>[A] A bank of sand.</p>"
        f"<h1>Two</h1>{_PROSE}<p>She left.[1] It rained.</p><p>[1] For Hull.</p>"
    )
    book = read(write(tmp_path / "a.html", body))
    assert notes_of(book) == [("1", "In 1801."), ("A", "A bank of sand."), ("1", "For Hull.")]
    assert "He came to the Nore at noon." in texts(book)
    assert "She left. It rained." in texts(book)
    assert not any("[" in text or "sand" in text or "Hull" in text for text in texts(book))


def test_numbered_paragraphs_at_the_end_of_a_chapter_are_the_notes_of_raised_numbers(tmp_path: Path) -> None:
    body = (
        f"<h1>One</h1>{_PROSE}<p>He came,<sup>1</sup> and saw.<sup>2</sup></p>"
        "<p>1. In May.</p><p><sup>2</sup> The sea.</p>"
        f"<h1>Two</h1>{_PROSE}"
    )
    book = read(write(tmp_path / "a.html", body))
    assert notes_of(book) == [("1", "In May."), ("2", "The sea.")]
    assert "He came, and saw." in texts(book)


def test_notes_below_a_heading_are_taken_with_it(tmp_path: Path) -> None:
    body = (
        f"<h1>One</h1>{_PROSE}<p>He came.[1]</p><h1>Two</h1>{_PROSE}<p>She left.[2]</p>"
        "<h1>Notes</h1><p>1. In May.</p><p>2. For Hull.</p>"
    )
    book = read(write(tmp_path / "a.html", body))
    assert notes_of(book) == [("1", "In May."), ("2", "For Hull.")]
    assert [chapter.title for chapter in book.chapters] == ["One", "Two"]


def test_numbers_and_brackets_without_a_note_are_read(tmp_path: Path) -> None:
    body = f"<h1>One</h1>{_PROSE}<p>Press [A] now.</p><p>[A] Go on.</p><p>Rules[1] hold.</p><p>2. Be kind.</p>"
    book = read(write(tmp_path / "a.html", body))
    assert notes_of(book) == []
    assert texts(book)[-4:] == ["Press [A] now.", "[A] Go on.", "Rules[1] hold.", "2. Be kind."]


def test_a_folder_of_saved_pages_is_a_book_in_natural_order(tmp_path: Path) -> None:
    folder = tmp_path / "The River"
    for n in (10, 2, 1):
        text = "".join(f"<p>{block}</p>" for block in story(n).split("\n\n"))
        turn = f'<p><a href="page{n - 1}.html">Previous</a> <a href="page{n + 1}.html">Next</a></p>'
        write(folder / f"page{n}.html", f"<h1>Chapter {n}</h1>{text}{turn}")
    book = read_book(folder)
    assert [chapter.title for chapter in book.chapters] == ["Chapter 1", "Chapter 2", "Chapter 10"]
    assert account_of(folder, book).faults == ()
    assert not any("Next" in text for text in texts(book))
