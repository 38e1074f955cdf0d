"""What is read from a Word document, and what is left out of it."""

from pathlib import Path
from typing import Any

import pytest

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from tests.readers.docxs import STYLES, Docx, paragraph, run
from tests.readers.epubs import PNG

_CHAPTERS = paragraph("The Quay", "heading1") + "{}" + paragraph("The Ferry", "heading1") + paragraph("The end.")


def read(path: Path) -> Book:
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def first(tmp_path: Path, body: str, **parts: Any) -> list[str]:
    """The paragraphs of the first of two chapters, without its heading."""
    book = read(Docx(body=_CHAPTERS.format(body), **parts).write(tmp_path))
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    return [p.text for p in book.chapters[0].paragraphs[1:]]


def reasons(tmp_path: Path) -> dict[str, str]:
    path = tmp_path / "book.docx"
    return {part.reason: part.opening for part in account_of(path, read_book(path)).skipped}


def test_title_authors_and_language_are_those_of_the_metadata(tmp_path: Path) -> None:
    core = "<dc:title>T</dc:title><dc:creator>Ann Lee; Bo Day</dc:creator><dc:language>fr</dc:language>"
    facts = read(Docx(body=_CHAPTERS.format(""), core=core).write(tmp_path)).facts
    assert (facts.title, facts.authors, facts.language) == ("T", ("Ann Lee", "Bo Day"), "fr")


def test_a_title_page_names_the_book_where_the_metadata_do_not(tmp_path: Path) -> None:
    body = paragraph("The Lamp", "Title") + paragraph("Ann Lee", "Author") + _CHAPTERS.format(paragraph("It rained."))
    book = read(Docx(body=body, core="").write(tmp_path))
    assert book.facts.title == "The Lamp"
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    assert "title page" in reasons(tmp_path)


def test_chapters_in_the_style_of_a_title_are_chapters(tmp_path: Path) -> None:
    body = "".join(paragraph(title, "Title") + paragraph("It rained.") for title in ("One", "Two", "Three"))
    assert [c.title for c in read(Docx(body=body).write(tmp_path)).chapters] == ["One", "Two", "Three"]


def test_a_paragraph_with_an_outline_level_is_a_heading(tmp_path: Path) -> None:
    heading = '<w:outlineLvl w:val="0"/>'
    body = "".join(paragraph(t, properties=heading) + paragraph("It rained.") for t in ("The Quay", "The Ferry"))
    assert [c.title for c in read(Docx(body=body).write(tmp_path)).chapters] == ["The Quay", "The Ferry"]


def test_a_style_inherits_the_level_of_the_heading_that_it_is_based_on(tmp_path: Path) -> None:
    own = '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="heading1"/></w:style>'
    body = "".join(paragraph(title, "Mine") + paragraph("It rained.") for title in ("The Quay", "The Ferry"))
    assert [c.title for c in read(Docx(body=body, styles=STYLES + own).write(tmp_path)).chapters][1] == "The Ferry"


def test_insertions_are_read_and_deletions_are_not(tmp_path: Path) -> None:
    inserted, deleted = f"<w:ins>{run('late')}</w:ins>", "<w:del><w:r><w:delText>early</w:delText></w:r></w:del>"
    assert first(tmp_path, paragraph(run("It was ") + inserted + deleted + run("."))) == ["It was late."]
    assert reasons(tmp_path)["deleted text"] == "early"


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next(tmp_path: Path) -> None:
    body = paragraph("First half ", properties="<w:rPr><w:del/></w:rPr>") + paragraph("second half.")
    assert first(tmp_path, body) == ["First half second half."]


def test_a_moved_passage_is_read_where_it_went(tmp_path: Path) -> None:
    moved = f"<w:moveFrom>{run('Away. ')}</w:moveFrom>{run('Here. ')}<w:moveTo>{run('Away.')}</w:moveTo>"
    assert first(tmp_path, paragraph(moved)) == ["Here. Away."]


def test_notes_are_left_out_with_their_marks(tmp_path: Path) -> None:
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r>'
    note = f'<w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2">{paragraph("Of stone.")}</w:footnote>'
    end = f'<w:endnote w:id="1">{paragraph("Of iron.")}</w:endnote>'
    body = paragraph(run("The quay") + marks + run(" was wet."))
    assert first(tmp_path, body, footnotes=note, endnotes=end) == ["The quay was wet."]
    assert {"note reference", "notes"} <= set(reasons(tmp_path))


def test_comments_and_page_headers_are_left_out(tmp_path: Path) -> None:
    comments = f'<w:comment w:id="0">{paragraph("Too long?")}</w:comment>'
    body = paragraph(f'<w:commentRangeStart w:id="0"/>{run("It rained.")}<w:commentRangeEnd w:id="0"/>')
    assert first(tmp_path, body, comments=comments, header=paragraph("Draft 3")) == ["It rained."]
    assert reasons(tmp_path) == {"comment": "Too long?", "page header": "Draft 3"}


def test_italics_and_bold_are_emphasis_also_from_a_style(tmp_path: Path) -> None:
    own = '<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    body = paragraph(
        run("It ") + run("was", '<w:rStyle w:val="E"/>') + run(" not", '<w:b w:val="0"/>') + run(" so", "<w:b/>")
    )
    found = read(Docx(body=_CHAPTERS.format(body), styles=STYLES + own).write(tmp_path)).chapters[0].paragraphs[1]
    assert [found.text[a:b].strip() for a, b in found.emphasis] == ["was", "so"]


def test_a_generated_table_of_contents_is_left_out(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    listed = paragraph(field.format("begin") + code + field.format("separate") + run("The Quay 1"))
    listed += paragraph("The Ferry 9") + paragraph(run("The End 10") + field.format("end"))
    body = listed + paragraph("Maps 12", "toc1") + _CHAPTERS.format(paragraph("It rained."))
    book = read(Docx(body=body).write(tmp_path))
    texts = [p.text for c in book.chapters for p in c.paragraphs]
    assert texts == ["The Quay", "It rained.", "The Ferry", "The end."]


def test_the_number_of_a_numbered_heading_is_read(tmp_path: Path) -> None:
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Chapter %1"/></w:lvl>'
    )
    numbering = f'<w:abstractNum w:abstractNumId="4">{level}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num>'
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = "".join(paragraph(t, "heading1", number) + paragraph("It rained.") for t in ("The Quay", "The Ferry"))
    book = read(Docx(body=body, numbering=numbering).write(tmp_path))
    assert [chapter.title for chapter in book.chapters] == ["Chapter I: The Quay", "Chapter II: The Ferry"]


def test_text_boxes_are_read_once_after_their_paragraph(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:shape>{box}</v:shape></w:pict></mc:Fallback>"
    both = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>{old}"
    body = paragraph(f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>{run('It rained.')}")
    assert first(tmp_path, body) == ["It rained.", "In a box."]


def test_page_breaks_lines_and_section_breaks_between_paragraphs_are_scene_breaks(tmp_path: Path) -> None:
    line = paragraph('<w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r>')
    page = paragraph('<w:r><w:br w:type="page"/></w:r>')
    body = paragraph("One.") + line + paragraph("Two.") + page + paragraph("Three.", properties="<w:sectPr/>")
    book = read(Docx(body=_CHAPTERS.format(body + paragraph("Four."))).write(tmp_path))
    kinds = [(p.kind, p.text) for p in book.chapters[0].paragraphs[1:]]
    between = ("break", "")
    assert kinds == [
        ("prose", "One."),
        between,
        ("prose", "Two."),
        between,
        ("prose", "Three."),
        between,
        ("prose", "Four."),
    ]


def test_hidden_text_and_page_numbers_in_the_text_are_left_out(tmp_path: Path) -> None:
    field = f'<w:fldSimple w:instr=" PAGE ">{run("12")}</w:fldSimple>'
    assert first(tmp_path, paragraph(run("It rained.") + run(" Secret.", "<w:vanish/>") + field)) == ["It rained."]


def test_soft_hyphens_hard_hyphens_and_tabs_are_read_as_characters(tmp_path: Path) -> None:
    body = paragraph(
        "<w:r><w:t>be</w:t><w:softHyphen/><w:t>fore</w:t><w:tab/><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t></w:r>"
    )
    assert first(tmp_path, body) == ["before co-op"]


def test_the_picture_before_any_text_is_the_cover(tmp_path: Path) -> None:
    picture = paragraph('<w:r><w:drawing><a:blip r:embed="cover.png"/></w:drawing></w:r>')
    made = Docx(body=picture + _CHAPTERS.format(picture), members={"word/media/cover.png": PNG})
    cover = read(made.write(tmp_path)).cover
    assert cover is not None
    assert cover.data == PNG


def test_a_document_without_headings_is_divided_by_its_plain_lines(tmp_path: Path) -> None:
    body = "".join(
        paragraph(line) + paragraph("It rained all day, and nobody came.") for line in ("CHAPTER I", "CHAPTER II")
    )
    book = read(Docx(body=body, core="").write(tmp_path))
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I", "CHAPTER II"]


def test_pasted_lines_are_joined_to_paragraphs_and_keep_their_emphasis(tmp_path: Path) -> None:
    lines = [
        "It rained all day over the quay, and nobody came to see",
        "the ferry or the man who waited for it in the rain of",
    ]
    body = "".join(paragraph(line) for line in ("CHAPTER I", "", *(lines * 12), "", "CHAPTER II", "", *(lines * 12)))
    body = body.replace(run(lines[0]), run(lines[0][:3]) + run(lines[0][3:9], "<w:i/>") + run(lines[0][9:]))
    book = read(Docx(body=body, core="").write(tmp_path))
    assert [len(chapter.paragraphs) for chapter in book.chapters] == [2, 2]
    found = book.chapters[1].paragraphs[1]
    assert found.text == " ".join(lines * 12)
    assert [found.text[a:b] for a, b in found.emphasis] == ["rained"] * 12


@pytest.mark.parametrize("name", ["book.docx", "book.txt", "book.epub", "book"])
def test_a_word_document_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    body = _CHAPTERS.format(paragraph("It rained."))
    assert len(read(Docx(body=body).write(tmp_path, name)).chapters) == 2
