"""The layouts in which EPUBs are made: each is a small book, with the chapters and the omissions that are right."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from audiobook.readers import account_of, read_book
from tests.readers.epubs import Epub, ncx, page, prose

SPEECH = "<p>“It rains,” said Oona, and shut the door behind her.</p><p>“Let it,” said Tom.</p>"


def told(n: int = 3) -> str:
    """The text of a chapter: narration and speech."""
    return prose(n) + SPEECH


def tree(*items: object) -> str:
    """A nav with nested lists: ("Title", "href") for an entry, and a list after it for what it holds."""
    return page(f'<nav epub:type="toc"><ol>{_list(items)}</ol></nav>')


def _list(items: object) -> str:
    out = ""
    for item in items:  # type: ignore[attr-defined]
        if isinstance(item, list):
            out = out.removesuffix("</li>") + f"<ol>{_list(item)}</ol></li>"
        else:
            title, href = item
            out += f'<li><a href="{href}">{title}</a></li>' if href else f"<li><span>{title}</span></li>"
    return out


def typed(kind: str, body: str) -> str:
    return page(f'<section epub:type="{kind}">{body}</section>')


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A book, the titles of its chapters, and why parts of it are left out."""

    book: Epub
    titles: list[str]
    reasons: set[str] = field(default_factory=set)
    never: tuple[str, ...] = ()  # words that no chapter has
    heads: dict[str, list[str]] = field(default_factory=dict)  # title → its headings


FACTS = "<dc:title>The Lamp</dc:title><dc:creator>Ann Lee</dc:creator><dc:language>en</dc:language>"


def gutenberg() -> Layout:
    """Project Gutenberg's EPUB 3: a header and a footer, files cut before h2, contents as a table of links."""
    links = "".join(f'<tr><td><a href="c{n}.xhtml">CHAPTER {n}. Rain {n}</a></td></tr>' for n in range(1, 6))
    front = (
        '<section class="pg-boilerplate pgheader" id="pg-header"><h2>The Project Gutenberg eBook of The Lamp</h2>'
        "<p>This ebook is for the use of anyone anywhere.</p></section>"
        '<h1 id="t">The Lamp</h1><h2 class="no-break">by Ann Lee</h2><p class="center">LONDON<br/>SMITH &amp; SONS<br/>1894</p>'  # noqa: E501
        f"<h2 id='c'>Contents</h2><table>{links}</table>"
    )
    pages = {"f.xhtml": page(front)}
    for n in range(1, 6):
        pages[f"c{n}.xhtml"] = page(
            f'<div class="chapter"><h2><a id="chap{n}"></a>CHAPTER {n}.<br/>Rain {n}</h2>{told()}</div>'
        )
    pages["z.xhtml"] = page(
        "<p>THE END</p><h3>Transcriber’s Note</h3><p>Spelling was kept as printed. Obvious errors were mended.</p>"
        '<section class="pg-boilerplate pgfooter" id="pg-footer"><p>*** END OF THE PROJECT GUTENBERG EBOOK</p></section>'  # noqa: E501
    )
    toc = tree(
        ("The Project Gutenberg eBook of The Lamp", "f.xhtml"), ("The Lamp", "f.xhtml#t"), ("Contents", "f.xhtml#c"),
        *((f"CHAPTER {n}. Rain {n}", f"c{n}.xhtml#chap{n}") for n in range(1, 6)),
    )  # fmt: skip
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS),
        titles=[f"CHAPTER {n}. Rain {n}" for n in range(1, 6)],
        reasons={"Project Gutenberg licence", "title page", "table of contents", "transcriber's note"},
        never=("SONS", "anyone anywhere", "Obvious errors"),
    )


def standard_ebooks() -> Layout:
    """Standard Ebooks: imprint, dedication, half-title, parts with chapters, endnotes, colophon, uncopyright."""
    pages = {
        "titlepage.xhtml": typed("titlepage", "<h1>The Lamp</h1><p>By Ann Lee</p>"),
        "imprint.xhtml": typed("imprint", "<p>This ebook is the product of many hours of hard work.</p>"),
        "preface.xhtml": typed("preface", f"<h2 epub:type='title'>Preface</h2>{told()}"),
        "half.xhtml": typed("halftitlepage", "<h2 epub:type='fulltitle'>The Lamp</h2>"),
    }
    entries: list[object] = []
    for part in ("I", "II"):
        pages[f"part-{part}.xhtml"] = typed(
            "part", f"<hgroup><h2>Part {part}</h2><p epub:type='title'>Rain</p></hgroup>"
        )
        inner = []
        for n in ("I", "II", "III"):
            name = f"c-{part}-{n}.xhtml"
            pages[name] = typed("chapter", f"<h3 epub:type='ordinal z3998:roman'>{n}</h3>{told()}")
            inner.append((n, name))
        entries += [(f"Part {part}: Rain", f"part-{part}.xhtml"), inner]
    pages["endnotes.xhtml"] = typed("endnotes", "<h2>Endnotes</h2><ol><li id='n1'><p>A note on lamps.</p></li></ol>")
    pages["colophon.xhtml"] = typed("colophon", "<h2>Colophon</h2><p>The cover is by nobody.</p>")
    pages["uncopyright.xhtml"] = typed("copyright-page", "<h2>Uncopyright</h2><p>May you do good and not evil.</p>")
    toc = tree(
        ("Titlepage", "titlepage.xhtml"), ("Imprint", "imprint.xhtml"), ("Preface", "preface.xhtml"),
        ("The Lamp", "half.xhtml"), entries, ("Endnotes", "endnotes.xhtml"), ("Colophon", "colophon.xhtml"),
        ("Uncopyright", "uncopyright.xhtml"),
    )  # fmt: skip
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS),
        titles=["Preface", *(f"Part {p}: Rain: {n}" for p in ("I", "II") for n in ("I", "II", "III"))],
        reasons={"title page", "copyright notice", "notes", "table of contents"},
        never=("hard work", "good and not evil", "note on lamps"),
        heads={"Part I: Rain: I": ["Part I", "Rain", "I"]},
    )


def calibre_split() -> Layout:
    """Calibre: a book cut into files by size, paragraphs instead of headings, a poor NCX."""
    pages = {
        "titlepage.xhtml": page("<div><svg><image href='cover.jpg'/></svg></div>"),
        "index_split_000.html": page("<p class='calibre1'><b>The Lamp</b></p><p class='calibre2'>Ann Lee</p>"),
        "index_split_001.html": page(
            "<p class='calibre2'>Copyright © 1999 Ann Lee</p><p>All rights reserved. ISBN 0-00-000000-0</p>"
        ),
    }
    for n in range(1, 5):
        pages[f"index_split_00{n + 1}.html"] = page(
            f"<p class='calibre3'><b class='calibre4'>Chapter {n}</b></p><p class='calibre3'></p>{told()}"
        )
    pages["index_split_006.html"] = page(told(1))
    return Layout(
        book=Epub(pages=pages, ncx=ncx(("Start", "titlepage.xhtml")), metadata=FACTS),
        titles=[f"Chapter {n}" for n in range(1, 5)],
        reasons={"title page", "copyright notice"},
        never=("ISBN", "Ann Lee"),
    )


def word_styles() -> Layout:
    """A word processor's EPUB: headings are paragraphs with a class."""
    pages = {
        "s1.xhtml": page("<p class='Title'>The Lamp</p><p class='Subtitle'>A Novel</p><p class='Author'>Ann Lee</p>"),
        "s2.xhtml": page(
            "".join(
                f"<p class='Heading1'>{title}</p>{told()}" for title in ("The Wet Week", "The Dry Day", "The End of It")
            )
        ),
    }
    return Layout(
        book=Epub(pages=pages, metadata=FACTS),
        titles=["The Wet Week", "The Dry Day", "The End of It"],
        reasons={"title page"},
        never=("A Novel",),
    )


def technical() -> Layout:
    """A technical book: chapters with sections, each an entry of the contents; an index; about the authors."""
    pages = {
        "toc01.html": page(
            "<h1>Table of Contents</h1>" + "".join(f"<p><a href='ch0{n}.html'>{n}. Rain</a></p>" for n in range(1, 6))
        )
    }
    entries: list[object] = []
    for n in range(1, 4):
        body = f"<h1>Chapter {n}. Rain {n}</h1>{prose(1)}"
        inner = []
        for m in range(1, 3):
            body += (
                f"<div class='sect1'><h2 id='s{n}{m}'>Drop {n}.{m}</h2>{prose(2)}<h3>A Small Point</h3>{prose(1)}</div>"
            )
            inner.append((f"Drop {n}.{m}", f"ch0{n}.html#s{n}{m}"))
        pages[f"ch0{n}.html"] = page(body)
        entries += [(f"{n}. Rain {n}", f"ch0{n}.html"), inner]
    pages["ix01.html"] = page("<h1>Index</h1>" + "".join(f"<p>rain, {n}, {n + 7}</p>" for n in range(30)))
    pages["author.html"] = page(f"<h1>About the Author</h1>{prose(1)}")
    toc = tree(*entries, ("Index", "ix01.html"), ("About the Author", "author.html"))
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS),
        titles=[f"Drop {n}.{m}" for n in range(1, 4) for m in range(1, 3)],
        reasons={"table of contents", "index", "about the author and the publisher"},
    )


def poems() -> Layout:
    """A collection of poems: sections that hold poems, and a poem in parts."""
    stanza = "<div class='stanza'><p>The rain it raineth every day,</p><p>and every night it rains.</p></div>" * 8
    pages = {
        "s1.xhtml": page("<h2>Songs of Rain</h2>"),
        "p1.xhtml": page(f"<h3>To a Gutter</h3>{stanza}"),
        "p2.xhtml": page(f"<h3>The Lamp</h3><h4 id='a'>I</h4>{stanza}<h4 id='b'>II</h4>{stanza}"),
        "s2.xhtml": page("<h2>Songs of Sun</h2>"),
        "p3.xhtml": page(f"<h3>To a Roof</h3>{stanza}"),
    }
    toc = tree(
        ("Songs of Rain", "s1.xhtml"), [("To a Gutter", "p1.xhtml"), ("The Lamp", "p2.xhtml"), [("I", "p2.xhtml#a"), ("II", "p2.xhtml#b")]],  # noqa: E501
        ("Songs of Sun", "s2.xhtml"), [("To a Roof", "p3.xhtml")],
    )  # fmt: skip
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS.replace("The Lamp", "Poems")),
        titles=["To a Gutter", "The Lamp: I", "The Lamp: II", "To a Roof"],
        heads={"To a Gutter": ["Songs of Rain", "To a Gutter"], "To a Roof": ["Songs of Sun", "To a Roof"]},
    )


def one_file() -> Layout:
    """All chapters in one file: anchors before, in, after the heading and in the paragraph after it; one missing, one doubled."""  # noqa: E501
    body = (
        f"<h1>The Lamp</h1><p>Ann Lee</p><a id='one'></a><h2>I</h2>{told()}<h2 id='two'>II</h2>{told()}"
        f"<h2>III</h2><p><a id='three'></a>It rained.</p>{told()}<p>So it went.<a id='four'></a></p><h2>IV</h2>{told()}"
        f"<h2>V</h2><a id='five'></a>{told()}<h2>VI</h2>{told()}<h2 id='two'>VII</h2>{told()}"
    )
    names = ("one", "two", "three", "four", "five", "lost")
    numbers = ("I", "II", "III", "IV", "V", "VI")
    toc = ncx(
        *((number, f"all.xhtml#{name}") for number, name in zip(numbers, names, strict=True)),
        ("VII", "all.xhtml#seven"),
    )
    return Layout(
        book=Epub(pages={"all.xhtml": page(body)}, ncx=toc, metadata=FACTS),
        titles=["I", "II", "III", "IV", "V", "VI", "VII"],
        reasons={"title page"},
        heads={n: [n] for n in ("I", "III", "IV", "V", "VI", "VII")},
    )


def canterbury() -> Layout:
    """Tales with a prologue each, grouped; some tales in parts."""
    pages = {"g1.xhtml": page("<h2>Group A</h2>"), "g2.xhtml": page("<h2>Group B</h2>")}
    for name, title in (("k", "The Knight’s Tale"), ("m", "The Miller’s Tale"), ("l", "The Lawyer’s Tale")):
        parts = "".join(f"<h4 id='{name}{n}'>Part {n}</h4>{told()}" for n in ("I", "II")) if name == "k" else told()
        pages[f"{name}p.xhtml"] = page(f"<h3>The Prologue of {title}</h3>{told()}")
        pages[f"{name}.xhtml"] = page(f"<h3>{title}</h3>{parts}")
    order = ("g1", "kp", "k", "mp", "m", "g2", "lp", "l")
    toc = tree(
        ("Group A", "g1.xhtml"),
        [
            ("The Prologue of The Knight’s Tale", "kp.xhtml"), ("The Knight’s Tale", "k.xhtml"),
            [("Part I", "k.xhtml#kI"), ("Part II", "k.xhtml#kII")],
            ("The Prologue of The Miller’s Tale", "mp.xhtml"), ("The Miller’s Tale", "m.xhtml"),
        ],
        ("Group B", "g2.xhtml"), [("The Prologue of The Lawyer’s Tale", "lp.xhtml"), ("The Lawyer’s Tale", "l.xhtml")],
    )  # fmt: skip
    return Layout(
        book=Epub(pages={f"{n}.xhtml": pages[f"{n}.xhtml"] for n in order}, nav=toc, metadata=FACTS),
        titles=[
            "The Prologue of The Knight’s Tale", "The Knight’s Tale: Part I", "The Knight’s Tale: Part II",
            "The Prologue of The Miller’s Tale", "The Miller’s Tale", "The Prologue of The Lawyer’s Tale", "The Lawyer’s Tale",  # noqa: E501
        ],
    )  # fmt: skip


def anthology() -> Layout:
    """An anthology without contents: titles of one level, authors under them of another."""
    names = (("The Wet Dog", "Tom Roe"), ("A Dry Cat", "Eve Poe"), ("Two Birds", "Jan Coe"))
    pages = {
        f"s{n}.xhtml": page(f"<h1>{title}</h1><h2>by {author}</h2>{told()}") for n, (title, author) in enumerate(names)
    }
    return Layout(
        book=Epub(pages=pages, metadata="<dc:title>Beasts</dc:title><dc:language>en</dc:language>"),
        titles=[title for title, _ in names],
        heads={"Two Birds": ["Two Birds", "by Jan Coe"]},
    )


def only_ncx_parts() -> Layout:
    """An NCX that lists only the parts; the chapters are headings in them."""
    parts = {
        f"p{n}.xhtml": page(
            f"<h1>PART {n}</h1>" + "".join(f"<h2>CHAPTER {m}</h2><h3>Rain {m}</h3>{told()}" for m in (1, 2, 3))
        )
        for n in (1, 2)
    }
    return Layout(
        book=Epub(pages=parts, ncx=ncx(("PART 1", "p1.xhtml"), ("PART 2", "p2.xhtml")), metadata=FACTS),
        titles=[f"PART {n}: CHAPTER {m}: Rain {m}" for n in (1, 2) for m in (1, 2, 3)],
        heads={"PART 2: CHAPTER 1: Rain 1": ["PART 2", "CHAPTER 1", "Rain 1"]},
    )


def no_contents() -> Layout:
    """No contents at all: parts, chapters with a title on a line of its own, an unlinked list of contents, adverts."""
    lines = "".join(f"<p>{title}</p>" for title in ("The Wet Week 1", "The Dry Day 9", "The Last Night 20"))
    pages = {
        "a.xhtml": page(f"<h1>THE LAMP</h1><p>BY ANN LEE</p><p>LONDON, 1894</p><h2>CONTENTS</h2>{lines}"),
        "b.xhtml": page(f"<h2>THE WET WEEK</h2>{told()}"),
        "c.xhtml": page(f"<h2>THE DRY DAY</h2>{told()}"),
        "d.xhtml": page(f"<h2>THE LAST NIGHT</h2>{told()}"),
        "e.xhtml": page("<h2>BY THE SAME AUTHOR</h2><p>The Lamp Goes Out. 6s.</p><p>A Wick. Crown 8vo, cloth, 3s.</p>"),
    }
    return Layout(
        book=Epub(pages=pages, metadata=FACTS),
        titles=["THE WET WEEK", "THE DRY DAY", "THE LAST NIGHT"],
        reasons={"title page", "table of contents", "advertisement"},
        never=("LONDON", "Crown 8vo"),
    )


def hidden_nav() -> Layout:
    """A nav in the spine whose sections are hidden, and a page list."""
    toc = page(
        '<nav epub:type="toc"><h1>Contents</h1><ol><li><a href="a.xhtml">One</a><ol hidden="hidden"><li>'
        '<a href="a.xhtml#x">A hidden section</a></li></ol></li><li><a href="b.xhtml">Two</a></li></ol></nav>'
        '<nav epub:type="page-list" hidden="hidden"><ol><li><a href="a.xhtml#p1">1</a></li></ol></nav>'
    )
    pages = {
        "a.xhtml": page(f"<h1>One</h1>{told()}<h2 id='x'>A hidden section</h2>{told()}"),
        "b.xhtml": page(f"<h1>Two</h1>{told()}"),
    }
    return Layout(book=Epub(pages=pages, nav=toc, metadata=FACTS), titles=["One", "Two"], reasons={"table of contents"})


def capitals() -> Layout:
    """Titles in capitals in the contents, and in mixed case in the text."""
    pages = {f"c{n}.xhtml": page(f"<h2>The Wet Week {n}</h2>{told()}") for n in (1, 2)}
    toc = tree(*((f"THE WET WEEK {n}", f"c{n}.xhtml") for n in (1, 2)))
    return Layout(book=Epub(pages=pages, nav=toc, metadata=FACTS), titles=["The Wet Week 1", "The Wet Week 2"])


def second_lines() -> Layout:
    """The real title on the second line: a heading below, a paragraph with a class, an hgroup, two lines of one heading."""  # noqa: E501
    pages = {
        "a.xhtml": page(f"<h1>01</h1><p class='sub'>The Wet Week</p>{told()}"),
        "b.xhtml": page(f"<h2>02</h2><h3>The Dry Day</h3>{told()}"),
        "c.xhtml": page(f"<hgroup><h2>03</h2><p>The Long Night</p></hgroup>{told()}"),
        "d.xhtml": page(f"<h2>04<br/>THE SHORT MORNING</h2>{told()}"),
        "e.xhtml": page(f"<h2>05</h2>{told()}"),
    }
    toc = tree(*((f"0{n}", f"{name}.xhtml") for n, name in enumerate("abcde", 1)))
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS),
        titles=["01: The Wet Week", "02: The Dry Day", "03: The Long Night", "04: THE SHORT MORNING", "05"],
    )


def repeated_titles() -> Layout:
    """The book's title above each chapter, and chapters' titles said twice."""
    pages = {f"c{n}.xhtml": page(f"<h1>The Lamp</h1><h2>Chapter {n}</h2><p>Chapter {n}</p>{told()}") for n in (1, 2, 3)}
    toc = tree(*((f"Chapter {n}", f"c{n}.xhtml") for n in (1, 2, 3)))
    return Layout(
        book=Epub(pages=pages, nav=toc, metadata=FACTS),
        titles=["Chapter 1", "Chapter 2", "Chapter 3"],
        reasons={"repeated title"},
        heads={"Chapter 2": ["Chapter 2"], "Chapter 3": ["Chapter 3"]},
    )


def archive() -> Layout:
    """The Archive of Our Own: tags before the work, chapters, an afterword."""
    tags = (
        "<div id='preface'><p class='message'><b>The Lamp</b><br/>Posted originally on the <a href='x'>Archive of Our Own</a> "  # noqa: E501
        "at http://archiveofourown.org/works/1.</p><dl class='tags'><dt>Rating:</dt><dd>General Audiences</dd>"
        "<dt>Fandom:</dt><dd>Lamps</dd><dt>Additional Tags:</dt><dd>Rain, Fluff</dd><dt>Stats:</dt><dd>Words: 900</dd></dl>"  # noqa: E501
        "<h1>The Lamp</h1><div class='byline'>by annlee</div></div>"
    )
    pages = {
        "a.xhtml": page(tags),
        "b.xhtml": page(f"<h2 class='toc-heading'>Chapter 1: Rain</h2>{told()}"),
        "c.xhtml": page(f"<h2 class='toc-heading'>Chapter 2: Sun</h2>{told()}"),
        "d.xhtml": page(
            "<div id='afterword'><h2>Afterword</h2><p>Please drop by the Archive and comment: archiveofourown.org</p></div>"  # noqa: E501
        ),
    }
    toc = ncx(
        ("Preface", "a.xhtml"), ("Chapter 1: Rain", "b.xhtml"), ("Chapter 2: Sun", "c.xhtml"), ("Afterword", "d.xhtml")
    )
    return Layout(
        book=Epub(pages=pages, ncx=toc, metadata=FACTS),
        titles=["Chapter 1: Rain", "Chapter 2: Sun"],
        reasons={"archive tags"},
        never=("Fluff", "drop by"),
    )


def unordered() -> Layout:
    """Entries of the contents in another order than the text, and a heading that no entry names."""
    pages = {f"c{n}.xhtml": page(f"<h2>Chapter {n}</h2>{told()}") for n in (1, 2, 3)}
    pages["i.xhtml"] = page(f"<h2>An Interlude of Rain</h2>{told()}")
    toc = ncx(("Chapter 3", "c3.xhtml"), ("Chapter 1", "c1.xhtml"), ("Chapter 2", "c2.xhtml"))
    order = ("c1.xhtml", "c2.xhtml", "i.xhtml", "c3.xhtml")
    return Layout(
        book=Epub(pages={name: pages[name] for name in order}, ncx=toc, metadata=FACTS),
        titles=["Chapter 1", "Chapter 2", "An Interlude of Rain", "Chapter 3"],
    )


def volumes() -> Layout:
    """Volumes that hold books that hold chapters, numbered anew each time."""
    pages: dict[str, str] = {}
    entries: list[object] = []
    for v in ("I", "II"):
        books: list[object] = []
        for b in ("First", "Second"):
            inner = []
            for c in ("I", "II"):
                name = f"{v}{b}{c}.xhtml"
                head = (f"<h1>Volume {v}</h1>" if b == "First" and c == "I" else "") + (
                    f"<h2>Book the {b}</h2>" if c == "I" else ""
                )
                pages[name] = page(f"{head}<h3 id='x'>{c}</h3>{told()}")
                inner.append((c, f"{name}#x"))
            books += [(f"Book the {b}", f"{v}{b}I.xhtml"), inner]
        entries += [(f"Volume {v}", f"{v}FirstI.xhtml"), books]
    return Layout(
        book=Epub(pages=pages, nav=tree(*entries), metadata=FACTS),
        titles=[
            f"Volume {v}: Book the {b}: {c}" for v in ("I", "II") for b in ("First", "Second") for c in ("I", "II")
        ],
        heads={"Volume II: Book the First: I": ["Volume II", "Book the First", "I"]},
    )


LAYOUTS: tuple[Callable[[], Layout], ...] = (
    gutenberg, standard_ebooks, calibre_split, word_styles, technical, poems, one_file, canterbury, anthology,
    only_ncx_parts, no_contents, hidden_nav, capitals, second_lines, repeated_titles, archive, unordered, volumes,
)  # fmt: skip


@pytest.mark.parametrize("make", LAYOUTS, ids=lambda make: make.__name__)
def test_a_layout_gives_its_chapters_and_leaves_out_its_matter(tmp_path: Path, make: Callable[[], Layout]) -> None:
    layout = make()
    path = layout.book.write(tmp_path)
    book = read_book(path)
    assert [chapter.title for chapter in book.chapters] == layout.titles
    assert layout.reasons <= {skipped.reason for skipped in book.skipped}
    text = "\n".join(p.text for chapter in book.chapters for p in chapter.paragraphs)
    assert [words for words in layout.never if words in text] == []
    for chapter in book.chapters:
        headings = [p.text for p in chapter.paragraphs if p.kind == "heading"]
        assert layout.heads.get(chapter.title, headings) == headings
    assert account_of(path, book).faults == ()
