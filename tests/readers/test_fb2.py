"""What is read from a FictionBook, and what is left out of it."""

import base64
import zipfile
from pathlib import Path

import pytest

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.readers.epubs import PNG
from tests.readers.fb2s import fb2, section, write


def read(path: Path) -> Book:
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


TWO = section("The Quay", "It rained.") + section("The Ferry", "The end.")


def test_title_authors_and_language_are_those_of_the_description(tmp_path: Path) -> None:
    info = (
        "<author><first-name>Лев</first-name><middle-name>Н.</middle-name><last-name>Толстой</last-name></author>"
        "<author><nickname>bo</nickname></author><book-title>Война</book-title><lang>ru</lang>"
    )
    facts = read(write(tmp_path / "b.fb2", f"<body>{TWO}</body>", info=info)).facts
    assert (facts.title, facts.authors, facts.language) == ("Война", ("Лев Н. Толстой", "bo"), "ru")


def test_every_section_without_sections_in_it_is_a_chapter(tmp_path: Path) -> None:
    part = "<section><title><p>Part {}</p></title>{}</section>"
    inside = section("One", "It rained. " * 300) + section("Two", "It snowed. " * 300)
    book = read(write(tmp_path / "b.fb2", f"<body>{part.format('I', inside)}{part.format('II', inside)}</body>"))
    assert titles(book) == ["Part I: One", "Part I: Two", "Part II: One", "Part II: Two"]


def test_the_lines_of_a_title_are_one_title_and_two_headings(tmp_path: Path) -> None:
    long = "<section><title><p>Chapter 1</p><p>The Quay</p></title><p>It rained.</p></section>"
    book = read(write(tmp_path / "b.fb2", f"<body>{long}{section('Chapter 2', 'The end.')}</body>"))
    assert titles(book) == ["Chapter 1: The Quay", "Chapter 2"]
    assert [p.text for p in book.chapters[0].paragraphs] == ["Chapter 1", "The Quay", "It rained."]


def test_the_title_of_the_body_is_a_title_page(tmp_path: Path) -> None:
    book = read(write(tmp_path / "b.fb2", f"<body><title><p>Ann Lee</p><p>The Crossing</p></title>{TWO}</body>"))
    assert titles(book) == ["The Quay", "The Ferry"]


def test_notes_and_the_description_are_left_out(tmp_path: Path) -> None:
    body = section("The Quay", 'The quay<a l:href="#n1" type="note">[1]</a> was <emphasis>wet</emphasis>.')
    note = '<section id="n1"><title><p>1</p></title><p>Of stone.</p></section>'
    notes = f'<body name="notes"><title><p>Notes</p></title>{note}</body>'
    info = "<annotation><p>A fine book.</p></annotation><book-title>T</book-title>"
    path = write(tmp_path / "b.fb2", f"<body>{body}{section('The Ferry', 'The end.')}</body>{notes}", info=info)
    found = read(path).chapters[0].paragraphs[1]
    assert found.text == "The quay was wet."
    assert [found.text[a:b] for a, b in found.emphasis] == ["wet"]
    reasons = {part.reason for part in account_of(path, read_book(path)).skipped}
    assert reasons == {"note reference", "notes", "description of the book"}


def test_poems_epigraphs_subtitles_and_empty_lines_are_read(tmp_path: Path) -> None:
    inside = (
        "<epigraph><p>The sea!</p><text-author>Anon</text-author></epigraph><p>It rained.</p><subtitle>* * *</subtitle>"
        "<p>It snowed.</p><empty-line/><p>It cleared.</p><p>It froze.</p><p>It thawed.</p>"
        "<poem><stanza><v>One</v><v>Two</v></stanza><stanza><v>Three</v><v>Four</v></stanza></poem>"
    )
    body = f"<section><title><p>The Quay</p></title>{inside}</section>{section('The Ferry', 'The end.')}"
    found = read(write(tmp_path / "b.fb2", f"<body>{body}</body>")).chapters[0].paragraphs[1:]
    assert [(p.kind, p.text) for p in found] == [
        ("prose", "The sea!"), ("prose", "Anon"), ("prose", "It rained."), ("break", "* * *"), ("prose", "It snowed."),
        ("break", ""), ("prose", "It cleared."), ("prose", "It froze."), ("prose", "It thawed."),
        ("verse", "One\nTwo"), ("verse", "Three\nFour"),
    ]  # fmt: skip


def test_the_cover_is_the_picture_of_the_cover_page(tmp_path: Path) -> None:
    info = '<coverpage><image l:href="#c.png"/></coverpage><book-title>T</book-title>'
    picture = f'<binary id="c.png" content-type="image/png">{base64.b64encode(PNG).decode()}</binary>'
    cover = read(write(tmp_path / "b.fb2", f"<body>{TWO}</body>", info=info, binaries=picture)).cover
    assert cover is not None
    assert cover.data == PNG


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_the_declared_encoding_counts(tmp_path: Path, encoding: str) -> None:
    body = section("Глава первая", "Шёл дождь.") + section("Глава вторая", "Конец.")
    assert titles(read(write(tmp_path / "b.fb2", f"<body>{body}</body>", encoding=encoding)))[1] == "Глава вторая"


@pytest.mark.parametrize("name", ["b.fb2.zip", "b.fbz", "b.zip", "b"])
def test_a_zipped_fictionbook_is_read(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / name, "w") as archive:
        archive.writestr("book.fb2", fb2(f"<body>{TWO}</body>"))
    assert titles(read(tmp_path / name)) == ["The Quay", "The Ferry"]


def test_bold_lines_are_headings_where_no_section_has_a_title(tmp_path: Path) -> None:
    body = section("", "<strong>The Quay</strong>", "It rained.") + section(
        "", "<strong>The Ferry</strong>", "The end."
    )
    assert titles(read(write(tmp_path / "b.fb2", f"<body>{body}</body>"))) == ["The Quay", "The Ferry"]
