from pathlib import Path

import pytest

from audiobook.model.book import Book
from audiobook.readers import read_book
from tests.readers.epubs import PNG, Epub, nav, ncx, page, prose


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


def reasons(book: Book) -> set[str]:
    return {part.reason for part in book.skipped}


def texts(book: Book) -> str:
    return "\n".join(p.text for chapter in book.chapters for p in chapter.paragraphs)


def chapter(title: str) -> str:
    return page(f"<h1>{title}</h1>{prose()}")


def read_body(folder: Path, body: str) -> Book:
    return read_book(Epub(pages={"a.xhtml": page(f"<h1>One</h1>{body}")}).write(folder))


def test_facts_chapters_and_cover_of_an_epub_3(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={"a.xhtml": chapter("1"), "b.xhtml": chapter("2")},
            nav=nav(("The River", "a.xhtml"), ("The Hill", "b.xhtml")),
            manifest='<item id="c" href="c.png" media-type="image/png" properties="cover-image"/>',
            members={"OEBPS/c.png": PNG},
        ).write(tmp_path)
    )
    assert (book.facts.title, book.facts.authors, book.facts.language) == ("The Lamp", ("Ann Lee",), "en-GB")
    assert titles(book) == ["The River", "The Hill"]
    assert book.cover
    assert book.cover.media_type == "image/png"
    assert book.cover.data == PNG


def test_an_epub_2_takes_its_titles_from_the_ncx_and_its_cover_from_the_metadata(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={"a.html": chapter("1"), "b.html": chapter("2")},
            ncx=ncx(("The River", "a.html"), ("The Hill", "b.html")),
            metadata='<dc:title>T</dc:title><dc:creator opf:role="trl">X</dc:creator>'
            '<dc:creator opf:role="aut">Y</dc:creator>'
            '<meta name="cover" content="pic"/>',
            manifest='<item id="pic" href="c.png" media-type="image/png"/>',
            members={"OEBPS/c.png": PNG},
        ).write(tmp_path)
    )
    assert titles(book) == ["The River", "The Hill"]
    assert book.facts.authors == ("Y",)
    assert book.cover


def test_chapters_begin_at_anchors_inside_a_file_and_go_on_over_several(tmp_path: Path) -> None:
    whole = page(f"<h2 id='one'>One</h2>{prose()}<h2 id='two'>Two</h2>{prose()}")
    book = read_book(
        Epub(
            pages={"a.xhtml": whole, "b.xhtml": page(prose()), "c.xhtml": chapter("Three")},
            nav=nav(("One", "a.xhtml#one"), ("Two", "a.xhtml#two"), ("Three", "c.xhtml")),
        ).write(tmp_path)
    )
    assert titles(book) == ["One", "Two", "Three"]
    assert book.chapters[1].words > 1.8 * book.chapters[0].words


def test_a_page_the_contents_forgot_is_a_chapter_under_its_own_heading(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={"a.xhtml": chapter("One"), "b.xhtml": chapter("Interlude"), "c.xhtml": chapter("Two")},
            nav=nav(("One", "a.xhtml"), ("Two", "c.xhtml")),
        ).write(tmp_path)
    )
    assert titles(book) == ["One", "Interlude", "Two"]


def test_without_contents_headings_divide_the_book_and_without_headings_its_pages(tmp_path: Path) -> None:
    with_headings = Epub(pages={"a.xhtml": page(f"<h2>One</h2>{prose()}<h2>Two</h2>{prose()}")}).write(tmp_path)
    assert titles(read_book(with_headings)) == ["One", "Two"]
    without = Epub(pages={"a.xhtml": page(prose()), "b.xhtml": page(prose())}).write(tmp_path, "b.epub")
    assert titles(read_book(without)) == ["Chapter 1", "Chapter 2"]


def test_a_label_and_a_title_in_two_headings_make_one_title(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={
                "a.xhtml": page(f"<h2>Chapter I</h2><h3>The River</h3>{prose()}"),
                "b.xhtml": page(f"<h2>Chapter II<br/>The Hill</h2>{prose()}"),
            }
        ).write(tmp_path)
    )
    assert titles(book) == ["Chapter I: The River", "Chapter II: The Hill"]
    assert [p.text for p in book.chapters[1].paragraphs[:2]] == ["Chapter II", "The Hill"]


def test_parts_of_the_contents_go_with_their_first_chapter(tmp_path: Path) -> None:
    toc = page(
        '<nav epub:type="toc"><ol><li><a href="p.xhtml">Part One</a><ol><li><a href="a.xhtml">One</a></li>'
        '<li><a href="b.xhtml">Two</a></li></ol></li></ol></nav>'
    )
    book = read_book(
        Epub(
            pages={"p.xhtml": page("<h1>Part One</h1>"), "a.xhtml": chapter("One"), "b.xhtml": chapter("Two")}, nav=toc
        ).write(tmp_path)
    )
    assert titles(book) == ["One", "Two"]
    assert book.chapters[0].paragraphs[0].text == "Part One"


def test_parts_beside_their_chapters_in_the_contents_go_with_the_first_of_them(tmp_path: Path) -> None:
    pages = {"p.xhtml": page("<h1>Part One</h1>"), "a.xhtml": chapter("1"), "q.xhtml": page("<h1>Part Two</h1>")}
    entries = (("Part One", "p.xhtml"), ("1", "a.xhtml"), ("Part Two", "q.xhtml"), ("1", "b.xhtml"))
    book = read_book(Epub(pages={**pages, "b.xhtml": chapter("1")}, nav=nav(*entries)).write(tmp_path))
    assert titles(book) == ["Part One: 1", "Part Two: 1"]


def test_sections_beside_their_tale_in_flat_contents_go_with_the_tale(tmp_path: Path) -> None:
    tale = f"<h2 id='t'>The Mixer</h2><h3 id='i'>I</h3>{prose()}<h3 id='j'>II: He Moves</h3>{prose()}"
    entries = (
        ("Deep Waters", "a.xhtml"),
        ("The Mixer", "b.xhtml#t"),
        ("I", "b.xhtml#i"),
        ("II: He Moves", "b.xhtml#j"),
    )
    pages = {"a.xhtml": page(f"<h2>Deep Waters</h2>{prose()}"), "b.xhtml": page(tale), "c.xhtml": chapter("The Sea")}
    book = read_book(Epub(pages=pages, nav=nav(*entries, ("The Sea", "c.xhtml"))).write(tmp_path))
    assert titles(book) == ["Deep Waters", "The Mixer: I", "The Mixer: II: He Moves", "The Sea"]


def test_numbers_below_a_chapter_with_text_of_its_own_do_not_go_with_it(tmp_path: Path) -> None:
    pages = {"a.xhtml": chapter("The Road"), "b.xhtml": chapter("1"), "c.xhtml": chapter("2")}
    entries = (("The Road", "a.xhtml"), ("1", "b.xhtml"), ("2", "c.xhtml"))
    book = read_book(Epub(pages=pages, nav=nav(*entries)).write(tmp_path))
    assert titles(book) == ["The Road", "1", "2"]


def test_chapter_lines_stand_in_for_headings_where_a_book_has_none(tmp_path: Path) -> None:
    pages = {
        "a.xhtml": page(f"<p>Chapter 1</p>{prose()}"),
        "b.xhtml": page(prose()),
        "c.xhtml": page(f"<p>Chapter 2</p>{prose()}"),
    }
    assert titles(read_book(Epub(pages=pages).write(tmp_path))) == ["Chapter 1", "Chapter 2"]


def test_every_leaf_of_the_contents_is_a_chapter(tmp_path: Path) -> None:
    toc = page(
        '<nav epub:type="toc"><ol><li><a href="a.xhtml">Chapter 1</a><ol><li><a href="a.xhtml#s">A scene</a></li>'
        '<li><a href="a.xhtml#t">Another</a></li></ol></li><li><a href="b.xhtml">Chapter 2</a></li></ol></nav>'
    )
    body = f"<h1>Chapter 1</h1><h2 id='s'>A scene</h2>{prose()}<h2 id='t'>Another</h2>{prose()}"
    book = read_book(Epub(pages={"a.xhtml": page(body), "b.xhtml": chapter("Chapter 2")}, nav=toc).write(tmp_path))
    assert titles(book) == ["A scene", "Another", "Chapter 2"]
    assert book.chapters[0].paragraphs[0].text == "Chapter 1"


def test_front_and_back_matter_is_skipped_with_its_reason(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={
                "cover.xhtml": page("<img src='c.png' alt='The cover'/>"),
                "x1.xhtml": page("<section epub:type='titlepage'><h1>The Lamp</h1><p>Ann Lee</p></section>"),
                "x2.xhtml": page("<p>Copyright © 2020 Ann Lee</p><p>All rights reserved. ISBN 1</p>"),
                "x3.xhtml": page("<p>For my mother</p>"),
                "toc.xhtml": page("".join(f"<p><a href='a.xhtml#{n}'>Chapter {n}</a></p>" for n in range(9))),
                "pre.xhtml": chapter("Prologue"),
                "a.xhtml": chapter("Chapter 1"),
                "e.xhtml": chapter("Epilogue"),
                "i.xhtml": chapter("Index"),
                "about.xhtml": chapter("About the Author"),
                "also.xhtml": chapter("Also by Ann Lee"),
            },
            nav=nav(
                ("Prologue", "pre.xhtml"), ("Chapter 1", "a.xhtml"), ("Epilogue", "e.xhtml"), ("Index", "i.xhtml"),
                ("About the Author", "about.xhtml"), ("Also by Ann Lee", "also.xhtml"),
                landmarks={"dedication": "x3.xhtml", "bodymatter": "a.xhtml"},
            ),
        ).write(tmp_path)
    )  # fmt: skip
    assert titles(book) == ["Prologue", "Chapter 1", "Epilogue"]
    assert {
        "title page", "copyright notice", "dedication", "table of contents", "index",
        "about the author and the publisher", "advertisement",
    } <= reasons(book)  # fmt: skip
    assert "The cover" not in texts(book)


def test_the_epub_2_guide_names_matter_too(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={"t.html": page("<p>Some words here</p>"), "a.html": chapter("One"), "b.html": chapter("Two")},
            ncx=ncx(("One", "a.html"), ("Two", "b.html")),
            guide='<reference type="copyright-page" title="x" href="t.html"/>',
        ).write(tmp_path)
    )
    assert titles(book) == ["One", "Two"]
    assert reasons(book) == {"copyright notice"}


def test_a_page_outside_the_reading_order_is_skipped(tmp_path: Path) -> None:
    book = read_book(
        Epub(pages={"a.xhtml": chapter("One"), "n.xhtml": chapter("Sources of it")}, nonlinear=("n.xhtml",)).write(
            tmp_path
        )
    )
    assert titles(book) == ["One"]
    assert reasons(book) == {"outside the reading order"}


@pytest.mark.parametrize(
    "mark",
    [
        '<a epub:type="noteref" href="#n1">1</a>',
        '<a role="doc-noteref" href="#n1">*</a>',
        '<sup><a href="notes.xhtml#n1">1</a></sup>',
        '<a href="#n1"><sup>1</sup></a>',
        '<a href="#Footnote_1" class="fnanchor">[1]</a>',
        '<span epub:type="pagebreak" title="12">12</span>',
        '<span class="pagenum">12</span>',
        '<span hidden="hidden">x</span>',
        '<span aria-hidden="true">x</span>',
        '<span style="color:red; display: none">x</span>',
        '<img src="a.png" alt="a picture"/>',
        "<!-- a comment --><script>x()</script>",
    ],
)
def test_what_is_not_spoken_leaves_no_trace(tmp_path: Path, mark: str) -> None:
    book = read_body(tmp_path, f"<p>She said it{mark} twice.</p>{prose(1)}")
    assert book.chapters[0].paragraphs[1].text == "She said it twice."


def test_notes_at_the_end_of_a_page_are_skipped(tmp_path: Path) -> None:
    book = read_body(tmp_path, f"{prose(2)}<aside epub:type='footnote' id='n1'><p>A note.</p></aside><p>On.</p>")
    assert "A note." not in texts(book)
    assert [p.text for p in book.chapters[0].paragraphs][-1] == "On."
    assert reasons(book) == {"notes"}


def test_ruby_keeps_the_words_and_drops_their_reading(tmp_path: Path) -> None:
    book = read_body(tmp_path, "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby> she wrote.</p>")
    assert book.chapters[0].paragraphs[1].text == "漢字 she wrote."


def test_emphasis_is_recorded_by_offset(tmp_path: Path) -> None:
    book = read_body(tmp_path, "<p>  It was \n <em>very <b>late</b></em>, he <i>thought</i>.</p>")
    paragraph = book.chapters[0].paragraphs[1]
    assert paragraph.text == "It was very late, he thought."
    assert [paragraph.text[a:b] for a, b in paragraph.emphasis] == ["very late", "thought"]


@pytest.mark.parametrize(
    "line", ["<hr/>", "<p>* * *</p>", "<p>⁂</p>", "<div class='scene-break'></div>", "<p>&#160;</p>"]
)
def test_scene_breaks_are_kept(tmp_path: Path, line: str) -> None:
    book = read_body(tmp_path, f"{prose(6)}{line}{prose(6)}")
    assert [p.kind for p in book.chapters[0].paragraphs].count("break") == 1


def test_empty_paragraphs_between_all_paragraphs_are_no_breaks(tmp_path: Path) -> None:
    book = read_body(tmp_path, "".join(f"<p>{n} and so on.</p><p>&#160;</p>" for n in range(9)))
    assert {p.kind for p in book.chapters[0].paragraphs} == {"heading", "prose"}


def test_verse_keeps_its_lines_and_long_lines_parted_by_br_are_paragraphs(tmp_path: Path) -> None:
    long = "He walked along the river for a long time, thinking of nothing at all but the lamp. "
    book = read_body(
        tmp_path,
        f"<p>Roses are red,<br/>Violets are blue.</p><div class='poem'><div>One line</div><div>and another</div></div>"
        f"<p>{long}<br/>{long}</p>",
    )
    assert [(p.kind, p.text.split("\n")) for p in book.chapters[0].paragraphs[1:]] == [
        ("verse", ["Roses are red,", "Violets are blue."]),
        ("verse", ["One line", "and another"]),
        ("prose", [long.strip()]),
        ("prose", [long.strip()]),
    ]


def test_tag_soup_and_undefined_entities_are_read(tmp_path: Path) -> None:
    soup = "<html><body><h1>One</h1><p>Caf&eacute;&nbsp;open &mdash; <b>now<p>And &unknown; more & more<br>yes</body>"
    book = read_book(Epub(pages={"a.xhtml": soup}).write(tmp_path))
    assert "Café open — now" in texts(book)
    assert "more & more" in texts(book)


def test_links_with_percent_signs_other_case_and_dots_are_followed(tmp_path: Path) -> None:
    book = read_book(
        Epub(
            pages={"My Page.xhtml": chapter("1"), "b.xhtml": chapter("2")},
            hrefs={"My Page.xhtml": "./My%20Page.xhtml", "b.xhtml": "../OEBPS/B.XHTML"},
            nav=nav(("One", "My%20Page.xhtml"), ("Two", "B.XHTML")),
            mimetype=False,
        ).write(tmp_path)
    )
    assert titles(book) == ["One", "Two"]


def test_a_missing_page_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    made = Epub(pages={"a.xhtml": chapter("One"), "b.xhtml": chapter("Two")}, hrefs={"b.xhtml": "gone.xhtml"})
    book = read_book(made.write(tmp_path))
    assert titles(book) == ["One"]
    assert reasons(book) == {"missing from the EPUB", "outside the reading order"}  # b.xhtml lies there all the same


def test_project_gutenbergs_words_are_left_out_of_its_epubs(tmp_path: Path) -> None:
    head = "<p>The Project Gutenberg eBook of The Lamp</p><p>*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***</p>"
    foot = "<p>*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***</p><p>Licence words.</p>"
    book = read_book(
        Epub(
            pages={"a.xhtml": page(f"{head}<h2>I</h2>{prose()}"), "b.xhtml": page(f"<h2>II</h2>{prose()}{foot}")}
        ).write(tmp_path)
    )
    assert titles(book) == ["I", "II"]
    assert "Gutenberg" not in texts(book)
    assert "Licence" not in texts(book)
    assert {"Project Gutenberg header", "Project Gutenberg licence"} <= reasons(book)


@pytest.mark.parametrize(("name", "chapters"), [("wasteland.epub", 5), ("childrens-literature.epub", 20)])
def test_the_public_samples_are_read(shared: Path, name: str, chapters: int) -> None:
    book = read_book(shared / "data" / "epub" / name)
    assert len(book.chapters) == chapters
    assert book.cover
    assert book.facts.authors
