"""Notes, alternative texts, powers, breaks, code and damaged documents in EPUBs."""

import zipfile
from pathlib import Path

import pytest

from audiobook.model.book import Book
from audiobook.readers import account_of, read_book
from audiobook.readers.notes import include_notes
from tests.readers.epubs import WORDS, Epub, nav, page, prose


def read(tmp_path: Path, *bodies: str, **facts: str) -> Book:
    """The book whose documents have these bodies. Every word of it is accounted for."""
    pages = {f"c{n}.xhtml": page(body) for n, body in enumerate(bodies, 1)}
    path = Epub(pages=pages, **facts).write(tmp_path)  # type: ignore[arg-type]
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def texts(book: Book) -> list[str]:
    return [p.text for chapter in book.chapters for p in chapter.paragraphs if p.kind != "heading"]


def reasons(book: Book) -> set[str]:
    return {skipped.reason for skipped in book.skipped}


REFERENCE = "<h1>One</h1><p>The old mill{} stood on the hill.</p>"


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('<a id="r" href="#n"><sup>1</sup></a>', '<p class="fn"><a id="n" href="#r"><sup>1</sup></a> A mill.</p>'),
        ('<sup><a id="r" href="#n">1</a></sup>', '<hr/><p id="n"><a href="#r">1.</a> A mill.</p>'),
        ('<a id="r" href="#n">[A]</a>', '<p><a id="n"></a><a href="#r">[A]</a> A mill.</p>'),
        ('<a id="r" href="#n">*</a>', '<p><a id="n" href="#r">*</a> A mill.</p>'),
        ('<a id="r" href="#n">†</a>', '<div id="n"><p><a href="#r">†</a> A mill.</p></div>'),
        ('<sup id="r"><a href="#n5">1</a></sup>', '<h3>Notes</h3><p id="n5">1. A mill.</p>'),
        ('<sup><a href="#n">1</a></sup>', '<section epub:type="footnotes"><ol><li id="n"><p>A mill. <a href="#r">↩</a></p></li></ol></section>'),  # noqa: E501
        ('<a class="noteref" id="r" href="#n">1</a>', '<p class="footnote" id="n">1 A mill.</p>'),
        ('<a role="doc-noteref" id="r" href="#n">1</a>', '<aside role="doc-footnote" id="n"><p>A mill.</p></aside>'),
        ('<a epub:type="noteref" id="r" href="#n">1</a>', '<aside epub:type="footnote" id="n"><p>1. A mill.</p></aside>'),  # noqa: E501
    ],
)  # fmt: skip
def test_a_note_of_any_form_is_left_out_and_kept_with_the_place_of_its_mark(
    tmp_path: Path, mark: str, note: str
) -> None:
    book = read(tmp_path, REFERENCE.format(mark) + "<p>It rained.</p>" + note)
    assert texts(book) == ["The old mill stood on the hill.", "It rained."]
    assert [p.text for c in book.chapters for p in c.paragraphs if p.kind == "heading"] == ["One"]
    assert "notes" in reasons(book)
    (kept,) = book.notes
    assert [p.text for p in kept.paragraphs] == ["A mill."]
    assert kept.after == len("The old mill")
    read_aloud = include_notes(book, "inline")
    assert texts(read_aloud) == ["The old mill stood on the hill.", "A mill.", "It rained."]
    assert account_of(tmp_path / "book.epub", read_aloud).faults == ()


def test_notes_in_a_document_of_their_own_are_kept_with_all_their_paragraphs(tmp_path: Path) -> None:
    notes = (
        "<h2>Notes</h2><div id='n1'><p><a href='c1.xhtml#r1'>1</a> A mill.</p><p>It is old.</p></div>"
        "<p id='n2'><a href='c1.xhtml#r2'>2</a> A hill.</p>"
    )
    marks = "<a id='r1' href='c2.xhtml#n1'>1</a> and <a id='r2' href='c2.xhtml#n2'>2</a>"
    book = read(tmp_path, REFERENCE.format(marks), notes)
    assert [chapter.title for chapter in book.chapters] == ["One"]
    assert [[p.text for p in note.paragraphs] for note in book.notes] == [["A mill.", "It is old."], ["A hill."]]


def test_a_numbered_paragraph_to_which_a_text_refers_is_no_note(tmp_path: Path) -> None:
    book = read(tmp_path, "<h1>Rules</h1><p>See <a href='#p2'>2</a>.</p><p id='p1'>1. Sit.</p><p id='p2'>2. Stand.</p>")
    assert texts(book)[1:] == ["1. Sit.", "2. Stand."]
    assert book.notes == ()


def test_powers_and_indices_are_kept_and_raised_letters_are_read(tmp_path: Path) -> None:
    body = (
        "<h1>Sums</h1><p>H<sub>2</sub>O, πr<sup>2</sup>, 10<sup>6</sup>, 10<sup>-3</sup>, the 20<sup>th</sup> day.</p>"
    )
    assert texts(read(tmp_path, body)) == ["H₂O, πr², 10⁶, 10⁻³, the 20th day."]


def test_a_raised_number_behind_a_word_is_the_mark_of_a_note(tmp_path: Path) -> None:
    book = read(tmp_path, "<h1>One</h1><p>The mill<sup>1</sup> stood.</p>")
    assert texts(book) == ["The mill stood."]
    assert "note reference" in reasons(book)


def test_the_alternative_text_of_a_formula_is_read_and_its_symbols_are_left_out(tmp_path: Path) -> None:
    formula = '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a squared"><mi>a</mi><mn>2</mn></math>'
    book = read(tmp_path, f"<h1>Sums</h1><p>She wrote {formula} twice.</p>")
    assert texts(book) == ["She wrote a squared twice."]
    assert "formula" in reasons(book)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<p><img src="t.png" alt="T"/>he wind blew.</p>', "The wind blew."),
        ('<p><span class="dropcap"><img src="t.png" alt="“T"/></span>he wind,” he said.</p>', "“The wind,” he said."),
        ('<p>So <img src="e.png" class="math" alt="x = 2"/> it was.</p>', "So x = 2 it was."),
    ],
)
def test_a_picture_that_stands_for_text_is_read(tmp_path: Path, body: str, text: str) -> None:
    assert texts(read(tmp_path, f"<h1>One</h1>{body}")) == [text]


def test_the_text_of_another_picture_is_listed_as_left_out(tmp_path: Path) -> None:
    book = read(
        tmp_path, '<h1>One</h1><p>It rained.</p><p><img src="i.png" alt="Rain on a roof"/></p><p>And so on.</p>'
    )
    assert texts(book) == ["It rained.", "And so on."]
    assert [s.words for s in book.skipped if s.reason == "illustration"] == [4]


def test_a_heading_that_is_a_picture_is_read_and_names_its_chapter(tmp_path: Path) -> None:
    book = read(tmp_path, f'<h2><img src="a.png" alt="Chapter I"/></h2>{prose()}')
    assert [chapter.title for chapter in book.chapters] == ["Chapter I"]


@pytest.mark.parametrize(
    "mark",
    [
        '<p class="scene-break">Two.</p>',
        '<div class="sep"><img src="o.png" alt="ornament"/></div><p>Two.</p>',
        '<p><img src="fleuron.png" alt=""/></p><p>Two.</p>',
    ],
)
def test_scene_breaks_are_known_by_their_class_or_their_ornament(tmp_path: Path, mark: str) -> None:
    book = read(tmp_path, f"<h1>Breaks</h1><p>One.</p>{mark}")
    assert [(p.kind, p.text) for p in book.chapters[0].paragraphs[1:]] == [
        ("prose", "One."),
        ("break", ""),
        ("prose", "Two."),
    ]


def test_code_is_left_out_with_the_reason(tmp_path: Path) -> None:
    book = read(
        tmp_path, '<h1>A form</h1><p>Write:</p><pre><code>print("“Hello”")</code></pre><p>Then <code>run</code> it.</p>'
    )
    assert texts(book) == ["Write:", "Then run it."]
    assert "code" in reasons(book)


def test_text_behind_the_end_of_a_document_is_read(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": page(f"<h1>One</h1>{prose()}") + "<p>After the end.</p>",
        "b.xhtml": page(f"<h1>Two</h1>{prose()}") + page("<p>Another document.</p>"),
    }
    book = read_book(Epub(pages=pages).write(tmp_path))
    assert [chapter.paragraphs[-1].text for chapter in book.chapters] == ["After the end.", "Another document."]


def test_a_few_bytes_of_another_encoding_are_mended(tmp_path: Path) -> None:
    path = Epub(pages={"a.xhtml": page("<h1>One</h1><p>It’s Zoë’s mill, “the old one”.</p><p>CAFE</p>")}).write(
        tmp_path
    )
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["OEBPS/a.xhtml"] = members["OEBPS/a.xhtml"].replace(b"CAFE", b"caf\xe9 \x93quoted\x94")
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert texts(read_book(path)) == ["It’s Zoë’s mill, “the old one”.", "café “quoted”"]


def test_a_zip_file_with_backslashes_lists_each_document_once(tmp_path: Path) -> None:
    path = Epub(pages={"a.xhtml": page(f"<h1>One</h1>{prose()}")}, nav=nav(("One", "a.xhtml"))).write(tmp_path)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("OEBPS/", "OEBPS\\"), data)
    book = read_book(path)
    assert reasons(book) == {"table of contents"}
    assert account_of(path, book).faults == ()


@pytest.mark.parametrize("tag", ["div", "x", "ul", "blockquote", "b"])
@pytest.mark.parametrize("depth", [255, 3000])
def test_text_is_read_however_deep_it_is_nested(tmp_path: Path, tag: str, depth: int) -> None:
    body = f"<h1>One</h1><p>Before.</p>{f'<{tag}>' * depth}Deep words.{f'</{tag}>' * depth}<p>After.</p>"
    assert texts(read(tmp_path, body)) == ["Before.", "Deep words.", "After."]


def test_a_picture_book_that_names_its_hero_on_each_page_is_read(tmp_path: Path) -> None:
    pages = [f"<p>Pond was green, and {n} frogs sat in Pond.</p>" for n in range(2, 8)]
    book = read(tmp_path, *pages, metadata="<dc:title>Pond</dc:title><dc:language>en</dc:language>")
    assert len(texts(book)) == len(pages)


@pytest.mark.parametrize("title", ["Use your copyright", "Maps", "Credits", "Thanks", "Notes", "Sources", "Cover"])
def test_a_chapter_in_the_body_is_read_whatever_its_title(tmp_path: Path, title: str) -> None:
    told = (
        f"<p>{WORDS}</p>" * 6
        + "<p>“All rights reserved,” said Tom.</p><p>“Copyright?” said Oona.</p><p>“Mine,” he said.</p>"
    )
    book = read(tmp_path, *(f"<h1>{name}</h1>{told}" for name in ("The Mill", title, "The Hill")))
    assert [chapter.title for chapter in book.chapters] == ["The Mill", title, "The Hill"]


def test_a_table_is_read_row_by_row_with_the_headings_of_its_columns(tmp_path: Path) -> None:
    rows = (
        "<thead><tr><th>Mayor</th><th>Years</th><th>Party</th></tr></thead>"
        '<tr><td>John Clark</td><td>1801</td><td>Whig</td></tr><tr><td>" "</td><td><p>1806</p></td><td>"</td></tr>'
    )
    book = read(tmp_path, f"<h1>Mayors</h1><p>They were:</p><table>{rows}</table><p>So it went.</p>")
    assert texts(book) == [
        "They were:",
        "Mayor: John Clark; Years: 1801; Party: Whig",
        "Mayor: John Clark; Years: 1806; Party: Whig",
        "So it went.",
    ]
    assert "table heading" in reasons(book)


def test_a_table_without_headings_is_read_row_by_row(tmp_path: Path) -> None:
    rows = "<tr><td>Coal</td><td>£3</td></tr><tr><td>Rope</td><td></td></tr><tr><td>Bread</td><td>1s.<br/>6d.</td></tr>"
    book = read(tmp_path, f"<h1>Things</h1><table>{rows}</table>")
    assert texts(book) == ["Coal; £3", "Rope", "Bread; 1s. 6d."]


def test_a_table_that_lays_out_a_page_is_read_as_paragraphs(tmp_path: Path) -> None:
    cell = f"<td><p>{WORDS}</p><p>{WORDS}</p></td>"
    book = read(tmp_path, f"<h1>One</h1><table><tr>{cell}{cell}</tr><tr>{cell}{cell}</tr></table>")
    assert len(texts(book)) == 8
