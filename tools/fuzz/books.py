"""Fuzz the readers of books, and the analysis of books."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from audiobook.attribution.analyze import write_script
from audiobook.errors import BookError
from audiobook.model.book import Book, Paragraph
from audiobook.model.script_json import script_from_json, script_to_json
from audiobook.readers import account_of, read_book, read_text
from tests.conftest import ROOT
from tests.readers.epubs import PNG, Epub, nav, ncx, page, prose
from tools.fuzz.epubs import WORDS, mutate_epub
from tools.fuzz.mutation import HOSTILE, mutator
from tools.fuzz.parsers import Parser, cases

_WORDS = (
    *("CHAPTER I\n\n", "Chapter One: The Lamp\n\n", "CONTENTS\n\n", "PART TWO\n\n", "I\n\n", "1.\n\n"),
    *("BOOK THE FIRST\n\n"),
    *("* * *\n\n", "_italic_", "[1]", "[Illustration: x]", "*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\n"),
    *("THE END\n\n"),
    *("*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\n", "by A. Writer\n\n", "    indented\n", "\t", "-----\n"),
    *("12\n", "-\n"),
    *("“Yes,” said Emma. ", "“No,” he said, “", "” she asked.\n\n", "‘", "’", "— Oui, dit-il.\n\n"),
    *("EMMA: Hello.\n\n", "Mr. Holmes ", "Dear Sir,\n\n"),
    *("in Oaks Hall ", "A proud ", "of mirrors:\n\n", "the Miss Halls ", "my aunt "),
)  # fmt: skip
_MARKS = (
    *("# ", "## One\n\n", "###### ", "\n===\n", "\n---\n", "> ", "> > > ", "- ", "1. ", "    ", "```\n", "~~~\n"),
    *("***", "**", "__", "_", "*"),
    *("[", "](", ")", "![", "[^1]", "[^1]: ", "[a]: http://x\n", "<", ">", "<!--", "-->", "<div>\n", "&amp;", "&#0;"),
    *("&#x110000;", "\\", "`", "``"),
    *("| a | b |\n|---|---|\n", "~~", "---\ntitle: x\n---\n", "+++\ntitle = 'x'\n+++\n", "% title\n", "<a@b.c>"),
    *("  \n", "\\\n", "title: [", "author: "),
)  # fmt: skip


_PAGE = (
    *('<nav role="navigation">', "</nav>", "<main>", "</main>", "<article>", "<aside>", "<header>", "<footer>"),
    *('<a href="one.html">', '<a href="case.html">', '<a href="two.html#x">', '<a href="../x">', "</a>", "<form>"),
    *('<meta charset="utf-16">', '<meta charset="shift_jis">', '<meta name="dc.title" content="', "<title>"),
    *("</title>", '<script type="application/ld+json">{"@type": "Book", "name": ["', '"]}</script>', "<script>"),
    *('class="comments"', 'class="toc"', 'class="MsoTitle"', 'align="center"><b>', 'class="nav"', 'role="main"'),
    *("<o:p>", "</aside>", "<template>"),
    *('lang="', "<frameset>", "<plaintext>", "<textarea>", "<svg>", "<math>", "<table>", "<td>", "<body>", "</html>"),
    *('<img src="data:image/png;base64,', "<!-- saved from url=", "<![endif]-->", "<head>", "</head>", "<noscript>"),
)  # fmt: skip


def _check(book: Book, source: str | None) -> None:
    assert [c.number for c in book.chapters] == sorted({c.number for c in book.chapters})
    for chapter in book.chapters:
        assert chapter.title.strip()
        assert chapter.title.isprintable() or "\n" not in chapter.title
        for paragraph in chapter.paragraphs:
            _check_paragraph(paragraph, source)


def _check_paragraph(paragraph: Paragraph, source: str | None) -> None:
    for start, end in paragraph.emphasis:
        assert 0 <= start < end <= len(paragraph.text)
    for run in paragraph.runs if source is not None else ():
        here = paragraph.text[run.text : run.text + run.length]
        there = (source or "")[run.source : run.source + run.length]
        other = [pair for pair in zip(here, there, strict=True) if not _is_same(*pair)]
        assert not other, f"{other[:5]!r}: {here[:80]!r} is not what stands in the source: {there[:80]!r}"


def _is_same(here: str, there: str) -> bool:
    """Whether a character equals the one in the source. Control characters of the source become white space."""
    return here == there or (here.isspace() and not (there.isprintable() and not there.isspace()))


def _plain(data: bytes, folder: Path) -> None:
    path = folder / "case.txt"
    path.write_bytes(data)
    book = read_book(path)
    _check(book, read_text(path))


def _markdown(data: bytes, folder: Path) -> None:
    path = folder / "case.md"
    path.write_bytes(data)
    book = read_book(path)
    _check(book, read_text(path))


def _epub(data: bytes, folder: Path) -> None:
    path = folder / "case.epub"
    path.write_bytes(data)
    _check(read_book(path), None)


def _html(data: bytes, folder: Path) -> None:
    path = folder / "case.html"
    path.write_bytes(data)
    (folder / "one.html").write_bytes(data[::-1] if len(data) % 2 else data)
    (folder / "two.html").write_bytes(_TWO)
    book = read_book(path)
    _check(book, None)
    # The letters of a broken tag look like text to the count: only what the reader did with the text is checked.
    assert not [fault for fault in account_of(path, book).faults if "could be made out" not in fault]


_TWO = b'<h1>Two</h1><p>Then.</p><a href="one.html">One</a> <a href="case.html">Case</a> <a href="two.html">Two</a>'


def _analysis(data: bytes, folder: Path) -> None:
    path = folder / ("case.md" if data[:1] in b"#*_-" else "case.txt")
    path.write_bytes(data)
    book = read_book(path)
    script = write_script(book, source="case")
    for chapter, told in zip(book.chapters, script.chapters, strict=True):
        said = "".join(line.text for line in told.lines)
        assert "".join(said.split()) == "".join("".join(p.text for p in chapter.paragraphs).split())
    assert script_from_json(json.loads(json.dumps(script_to_json(script)))) == script


def _plain_seeds() -> list[bytes]:
    text = (ROOT / "seeds" / "the-lighthouse-post.txt").read_bytes()
    wide = text[:1500].decode().encode("utf-16")
    return [text, text[:3000], wide, wide[2:], text[:900].decode().encode("cp1252", "replace"), *cases("quotations")]


def _markdown_seeds() -> list[bytes]:
    text = (ROOT / "seeds" / "the-marrow-affair.md").read_bytes()
    every = b"\n\n".join(word.encode() + b"text here" for word in _MARKS)
    return [text, text[:2000], every, b"".join(word.encode() for word in _MARKS), *cases("quotations")[:10]]


def _epub_seeds() -> list[bytes]:
    small = {"a.xhtml": page(f"<h1>One</h1>{prose(2)}"), "b.xhtml": page(f"<h1>Two</h1>{prose(2)}")}
    entries = (("One", "a.xhtml"), ("Two", "b.xhtml"))
    cover = '<item id="cover" href="c.png" media-type="image/png" properties="cover-image"/>'
    rich = page(
        '<h1>I</h1><p class="poem">A<br/>B</p><p>Word<sup><a href="#n1">1</a></sup> and <i>more</i>.</p>'
        "<hr/><table><tr><td>x</td></tr></table><pre>a\nb</pre>"
        '<aside epub:type="footnote" id="n1">Note.</aside><ol><li>l</li></ol>'
    )
    made = [
        Epub(pages=small, nav=nav(*entries)),
        Epub(pages=small, ncx=ncx(*entries), guide='<reference type="toc" href="a.xhtml"/>'),
        Epub(pages={"a.xhtml": rich}, manifest=cover, members={"OEBPS/c.png": PNG}),
        Epub(pages=small, nonlinear=("b.xhtml",), nav=nav(*entries, landmarks={"bodymatter": "a.xhtml"})),
    ]
    with TemporaryDirectory() as folder:
        written = [epub.write(Path(folder), f"{n}.epub").read_bytes() for n, epub in enumerate(made)]
    return [*written, (ROOT / "seeds" / "the-night-tram.epub").read_bytes()]


def _html_seeds() -> list[bytes]:
    listing = b'<title>T</title><ol><li><a href="one.html">One</a></li><li><a href="two.html">Two</a></li></ol>'
    return [*cases("html"), listing, b"<!DOCTYPE html>" + " ".join(_PAGE).encode(), *cases("quotations")[:3]]


def _analysis_seeds() -> list[bytes]:
    return [case[:6000] for case in cases("attribution", "genders", "quotations", "seeds")]


_TEXT = mutator((*_WORDS, *HOSTILE), _plain_seeds())

PARSERS = {
    "plain": Parser(seeds=_plain_seeds, mutate=_TEXT, run=_plain, declared=(BookError,)),
    "markdown": Parser(
        seeds=_markdown_seeds, mutate=mutator((*_MARKS, *_WORDS), _markdown_seeds()),
        run=_markdown, declared=(BookError,),
    ),
    "epub": Parser(seeds=_epub_seeds, mutate=mutate_epub, run=_epub, declared=(BookError,)),
    "html": Parser(
        seeds=_html_seeds, mutate=mutator((*_PAGE, *WORDS), _html_seeds()), run=_html, declared=(BookError,)
    ),
    "analysis": Parser(
        seeds=_analysis_seeds, mutate=mutator(_WORDS, _analysis_seeds()), run=_analysis, declared=(BookError,)
    ),
}  # fmt: skip
