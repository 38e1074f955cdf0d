"""Fuzz the readers of DOCX, OpenDocument, RTF, FictionBook and Fountain."""

from collections.abc import Callable
from pathlib import Path

from audiobook.errors import BookError
from audiobook.readers import account_of, read_book
from tests.conftest import ROOT
from tests.readers.docxs import Docx, paragraph, run
from tests.readers.odts import Odt, heading
from tests.readers.odts import paragraph as odt_paragraph
from tools.fuzz.epubs import mutate_epub
from tools.fuzz.mutation import HOSTILE, mutator
from tools.fuzz.parsers import Parser

_MADE = ROOT / "tests" / "readers" / "made"
_RTF = (
    *("{\\footnote ", "{\\*\\x ", "\\par "),
    *("\\pard", "\\s1 ", "\\outlinelevel0 ", "{\\field{\\*\\fldinst TOC}{\\fldrslt "),
    *("}}", "{", "}", "\\u8220?", "\\u-10179?", "\\'e9"),
    *("\\uc0", "\\uc9", "\\bin4 ", "\\cell", "\\row", "\\intbl ", "\\v "),
    *("{\\shp{\\*\\shpinst{\\shptxt ", "{\\upr{", "{\\*\\ud{"),
    *("{\\stylesheet{\\s1 heading 1;}}", "{\\info{\\title ", "\\deleted "),
    *("{\\listtext 1.\\tab}", "{\\header ", "{\\pict 89504e47"),
    *("\\ansicpg65001 ", "{\\fonttbl{\\f1\\fcharset204 x;}}", "\\f1 "),
    *("\\page ", "\\line ", "\\super ", "\\plain ", "{\\*\\bkmkstart x}", "{\\*\\annotation "),
)  # fmt: skip
_FB2 = (
    *("<section>", "</section>", "<title>", "</title>"),
    *("<p>", "</p>", '<a l:href="#n1" type="note">', "</a>", "<poem>"),
    *("<stanza>", "<v>", "</v>", '<body name="notes">'),
    *("</body>", "<empty-line/>", "<subtitle>", "<strong>", "<table>"),
    *('<binary id="c">', "</binary>", "<![CDATA[", "]]>"),
    *("&nbsp;", "<!DOCTYPE x [", "<image/>", "<description>", "<cite>"),
)  # fmt: skip
_FOUNTAIN = (
    *("INT. X - DAY\n\n", "OONA\n", "(beat)\n", "@x\n", "!x\n"),
    *("> x <\n", "CUT TO:\n\n", "# One\n", "= synopsis\n", "~la\n"),
    *("[[", "]]", "/*", "*/", "**", "_", "\\*", "Title: x\n", "  \n", "===\n", "^\n", ".SCENE #1#\n"),
)  # fmt: skip


def _reads(suffix: str) -> Callable[[bytes, Path], None]:
    def check(data: bytes, folder: Path) -> None:
        path = folder / f"case{suffix}"
        path.write_bytes(data)
        book = read_book(path)
        assert [chapter.number for chapter in book.chapters] == list(range(1, len(book.chapters) + 1))
        # The letters of broken markup look like text to the count: only what the reader did with the text is checked.
        assert not [fault for fault in account_of(path, book).faults if "could be made out" not in fault]

    return check


def _seeds(suffix: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted(_MADE.glob(f"*{suffix}"))]


def _docx_seeds() -> list[bytes]:
    body = paragraph("The Quay", "heading1") + paragraph(run("It ") + f"<w:ins>{run('rained')}</w:ins>", "Verse")
    table = f"<w:tbl><w:tr><w:tc>{paragraph('Bram')}</w:tc></w:tr></w:tbl>"
    numbered = paragraph("One", properties='<w:numPr><w:numId w:val="1"/></w:numPr>')
    made = Docx(body=body + table + numbered, footnotes=f'<w:footnote w:id="1">{paragraph("Note.")}</w:footnote>')
    return [made.write(_scratch(), "seed.docx").read_bytes(), *_seeds(".docx")]


def _odt_seeds() -> list[bytes]:
    body = heading("The Quay") + odt_paragraph("It <text:span>rained</text:span>.<text:line-break/>On.")
    return [Odt(body=body).write(_scratch(), "seed.odt").read_bytes(), *_seeds(".odt")]


def _scratch() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp(prefix="fuzz-documents-"))


def _fountain_seeds() -> list[bytes]:
    return ["".join(_FOUNTAIN).encode(), b"Title: X\n\nINT. A - DAY\n\nOONA\n(low)\nIs it far?\n\nShe goes.\n"]


def _text_parser(suffix: str, seeds: Callable[[], list[bytes]], words: tuple[str, ...]) -> Parser:
    mutate = mutator((*words, *HOSTILE), seeds())
    return Parser(seeds=seeds, mutate=mutate, run=_reads(suffix), declared=(BookError,))


PARSERS = {
    "docx": Parser(seeds=_docx_seeds, mutate=mutate_epub, run=_reads(".docx"), declared=(BookError,)),
    "odt": Parser(seeds=_odt_seeds, mutate=mutate_epub, run=_reads(".odt"), declared=(BookError,)),
    "rtf": _text_parser(".rtf", lambda: _seeds(".rtf"), _RTF),
    "fb2": _text_parser(".fb2", lambda: _seeds(".fb2"), _FB2),
    "fountain": _text_parser(".fountain", _fountain_seeds, _FOUNTAIN),
}
