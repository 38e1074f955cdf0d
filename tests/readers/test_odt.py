"""What is read from an OpenDocument text, and what is left out of it."""

from pathlib import Path
from typing import Any

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.readers.epubs import PNG
from tests.readers.odts import Odt, heading, paragraph

_CHAPTERS = heading("The Quay") + "{}" + heading("The Ferry") + paragraph("The end.")


def read(path: Path) -> Book:
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def first(tmp_path: Path, body: str, **parts: Any) -> list[str]:
    """The paragraphs of the first of two chapters, without its heading."""
    book = read(Odt(body=_CHAPTERS.format(body), **parts).write(tmp_path))
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    return [p.text for p in book.chapters[0].paragraphs[1:]]


def reasons(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "book.odt"
    return {part.reason: part.opening for part in account_of(path, read_book(path)).skipped}


def test_title_authors_and_language_are_those_of_the_metadata(tmp_path: Path) -> None:
    facts = read(Odt(body=_CHAPTERS.format("")).write(tmp_path)).facts
    assert (facts.title, facts.authors, facts.language) == ("The Crossing", ("Ann Lee",), "en-GB")


def test_the_language_of_the_default_style_counts_where_the_metadata_have_none(tmp_path: Path) -> None:
    style = (
        '<style:default-style style:family="paragraph">'
        '<style:text-properties fo:language="fr" fo:country="CA"/></style:default-style>'
    )
    assert read(Odt(body=_CHAPTERS.format(""), styles=style, meta="").write(tmp_path)).facts.language == "fr-CA"


def test_a_title_page_names_the_book_where_the_metadata_do_not(tmp_path: Path) -> None:
    body = paragraph("The Lamp", "Title") + _CHAPTERS.format(paragraph("It rained."))
    book = read(Odt(body=body, meta="").write(tmp_path))
    assert book.facts.title == "The Lamp"
    assert "title page" in reasons(tmp_path)


def test_deletions_and_comments_are_left_out(tmp_path: Path) -> None:
    changes = f"<text:tracked-changes><text:deletion>{paragraph('Early.')}</text:deletion></text:tracked-changes>"
    comment = f"<office:annotation><dc:creator>Bo</dc:creator>{paragraph('Too long?')}</office:annotation>"
    assert first(tmp_path, changes + paragraph(f"It <text:change/>rained{comment}.")) == ["It rained."]
    assert reasons(tmp_path) == {"deleted text": "Early.", "comment": "Bo Too long?"}


def test_notes_are_left_out_with_their_marks(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    marks = note.format("footnote", "1", paragraph("Of stone.")) + note.format("endnote", "i", paragraph("Of iron."))
    assert first(tmp_path, paragraph(f"The quay{marks} was wet.")) == ["The quay was wet."]
    assert {"note reference", "notes"} == set(reasons(tmp_path))


def test_italics_bold_and_hidden_text_come_from_the_styles(tmp_path: Path) -> None:
    style = '<style:style style:name="{}" style:family="text"><style:text-properties {}/></style:style>'
    automatic = style.format("T1", 'fo:font-style="italic"') + style.format("T2", 'fo:font-weight="bold"')
    automatic += style.format("T3", 'text:display="none"')
    span = '<text:span text:style-name="{}">{}</text:span>'
    body = paragraph(f"It {span.format('T1', 'was')} not {span.format('T2', 'so')}{span.format('T3', ' here')}")
    found = read(Odt(body=_CHAPTERS.format(body), automatic=automatic).write(tmp_path)).chapters[0].paragraphs[1]
    assert found.text == "It was not so"
    assert [found.text[a:b] for a, b in found.emphasis] == ["was", "so"]


def test_a_generated_table_of_contents_is_left_out(tmp_path: Path) -> None:
    listed = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Contents"
        "</text:index-title-template></text:table-of-content-source>"
        f"<text:index-body>{paragraph('The Quay 1') + paragraph('The Ferry 2')}</text:index-body>"
        "</text:table-of-content>"
    )
    book = read(Odt(body=listed + _CHAPTERS.format(paragraph("It rained."))).write(tmp_path))
    assert [p.text for c in book.chapters for p in c.paragraphs] == ["The Quay", "It rained.", "The Ferry", "The end."]
    assert reasons(tmp_path)["table of contents"] == "The Quay 1 The Ferry 2"


def test_the_number_of_a_numbered_heading_is_read(tmp_path: Path) -> None:
    level = '<text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Chapter "/>'
    outline = f"<text:outline-style>{level}</text:outline-style>"
    book = read(Odt(body=_CHAPTERS.format(paragraph("It rained.")), styles=outline).write(tmp_path))
    assert [chapter.title for chapter in book.chapters] == ["Chapter I: The Quay", "Chapter II: The Ferry"]


def test_text_boxes_lists_tables_and_spaces_are_read_in_their_order(tmp_path: Path) -> None:
    box = f"<draw:frame><draw:text-box>{paragraph('In a box.')}</draw:text-box></draw:frame>"
    items = "".join(f"<text:list-item>{paragraph(text)}</text:list-item>" for text in ("one", "two"))
    cells = "".join(f"<table:table-cell>{paragraph(text)}</table:table-cell>" for text in ("Bram", "60"))
    body = paragraph(f'It{box}<text:s text:c="3"/>rained<text:tab/>here.<text:soft-page-break/>')
    body += f"<text:list>{items}</text:list><table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert first(tmp_path, body) == ["It rained here.", "In a box.", "one", "two", "Bram", "60"]


def test_a_page_break_before_a_paragraph_is_a_scene_break(tmp_path: Path) -> None:
    automatic = (
        '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    body = paragraph("One.") + paragraph("Two.", "P1")
    book = read(Odt(body=_CHAPTERS.format(body), automatic=automatic).write(tmp_path))
    assert [p.kind for p in book.chapters[0].paragraphs] == ["heading", "prose", "break", "prose"]


def test_the_picture_before_any_text_is_the_cover(tmp_path: Path) -> None:
    picture = paragraph('<draw:frame><draw:image xlink:href="Pictures/c.png"/></draw:frame>')
    cover = read(Odt(body=picture + _CHAPTERS.format(""), members={"Pictures/c.png": PNG}).write(tmp_path)).cover
    assert cover is not None
    assert cover.data == PNG
