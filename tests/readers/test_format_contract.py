"""What every row of the table of formats promises, and that a row is all that a new format needs."""

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Book, Facts, Paragraph, Run
from audiobook.model.request import BuildRequest
from audiobook.readers import account_of, formats, read_book
from audiobook.readers.assembling import Draft, assemble
from audiobook.readers.formats import FORMATS, Format, format_of, read_as_one_document, read_text
from audiobook.readers.omissions import skip_stretch
from audiobook.services import build, contents
from tests.readers import fb2s, odts
from tests.readers.docxs import Docx, paragraph
from tests.readers.epubs import Epub, nav, page
from tests.readers.pdfs import Pdf, Setter

_STORY = ("Nobody was at the quay.", "“Is it far?” asked Oona.", "“An hour,” said Bram, and looked at the sky.")


def _plain(path: Path) -> Path:
    chapters = (f"CHAPTER {number}\n\n" + "\n\n".join(_STORY) for number in ("I", "II"))
    path.write_text("\n\n\n".join(chapters) + "\n", encoding="utf-8")
    return path


def _markdown(path: Path) -> Path:
    chapters = (f"## {title}\n\n" + "\n\n".join(_STORY) for title in ("The Quay", "The Ferry"))
    path.write_text("# The Crossing\n\n" + "\n\n".join(chapters) + "\n", encoding="utf-8")
    return path


def _epub(path: Path) -> Path:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _STORY)
    pages = {"a.xhtml": page(f"<h1>The Quay</h1>{body}"), "b.xhtml": page(f"<h1>The Ferry</h1>{body}")}
    return Epub(pages=pages, nav=nav(("The Quay", "a.xhtml"), ("The Ferry", "b.xhtml"))).write(path.parent, path.name)


def _html(path: Path) -> Path:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _STORY)
    head = "<head><title>The Crossing</title></head>"
    chapters = "".join(f"<h2>{title}</h2>{body}" for title in ("The Quay", "The Ferry"))
    text = f"<!DOCTYPE html><html lang='en'>{head}<body><h1>The Crossing</h1>{chapters}</body></html>"
    path.write_text(text, encoding="utf-8")
    return path


def _docx(path: Path) -> Path:
    chapters = (paragraph(title, "heading1") + "".join(map(paragraph, _STORY)) for title in ("The Quay", "The Ferry"))
    return Docx(body="".join(chapters)).write(path.parent, path.name)


def _odt(path: Path) -> Path:
    told = "".join(map(odts.paragraph, _STORY))
    body = "".join(odts.heading(title) + told for title in ("The Quay", "The Ferry"))
    return odts.Odt(body=body).write(path.parent, path.name)


def _fb2(path: Path) -> Path:
    body = "".join(fb2s.section(title, *_STORY) for title in ("The Quay", "The Ferry"))
    if path.name.endswith(".fb2"):
        return fb2s.write(path, f"<body>{body}</body>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("crossing.fb2", fb2s.fb2(f"<body>{body}</body>"))
    return path


def _rtf(path: Path) -> Path:
    story = "".join(rf"\pard {paragraph}\par " for paragraph in _STORY)
    body = "".join(rf"\pard\outlinelevel0 {title}\par {story}" for title in ("The Quay", "The Ferry"))
    path.write_bytes((r"{\rtf1\ansi\ansicpg1252 " + body + "}").encode("cp1252"))
    return path


def _fountain(path: Path) -> Path:
    scene = "Nobody is at the quay.\n\nOONA\nIs it far?\n\nBRAM (O.S.)\n(looking at the sky)\nAn hour.\n\n"
    scenes = (f"# {title}\n\n{scene}" for title in ("The Quay", "The Ferry"))
    path.write_text("Title: The Crossing\n\n" + "".join(scenes), encoding="utf-8")
    return path


def _pdf(path: Path) -> Path:
    setter = Setter(gap=6)
    for title in ("The Quay", "The Ferry"):
        setter.heading(title)
        for text in _STORY:
            setter.paragraph(text)
    return Pdf(pages=setter.pages, info={"Title": "The Crossing"}).write(path)


def _kindle(path: Path) -> Path:
    sample = "crossing.azw3" if path.suffix == ".azw3" else "crossing.mobi"
    path.write_bytes((Path(__file__).parent / "samples" / sample).read_bytes())
    return path


GOOD: dict[str, Callable[[Path], Path]] = {
    "plain text": _plain,
    "Markdown": _markdown,
    "HTML": _html,
    "EPUB": _epub,
    "DOCX": _docx,
    "OpenDocument": _odt,
    "Fountain": _fountain,
    "FictionBook": _fb2,
    "RTF": _rtf,
    "PDF": _pdf,
    "Kindle": _kindle,
}
"""A book of two chapters in every format: who adds a row to the table adds its sample here."""

NOT_A_BOOK = {
    "a PDF": b"%PDF-1.7 \x00\x01",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(90),
    "a cut zip": b"PK\x03\x04" + bytes(90),
    "noise": random.Random(1).randbytes(4000),
    "zeros": bytes(4000),
}

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


@pytest.fixture
def good(form: Format, tmp_path: Path) -> Path:
    return GOOD[form.name](tmp_path / f"crossing{form.suffixes[0]}")


def refusal(path: Path, attempt: Callable[[Path], object]) -> BookError:
    with pytest.raises(BookError) as caught:
        attempt(path)
    return caught.value


def complaints_of(path: Path) -> tuple[str, ...]:
    """What does not add up in the account of a file; nothing of one that is refused with a hint."""
    try:
        return account_of(path, read_book(path)).faults
    except BookError as error:
        return () if error.hint else (f"no hint: {error}",)


def build_of(path: Path) -> object:
    return build(BuildRequest(book=path, engine="tone", jobs=1))


@every_format
def test_a_good_file_is_recognised_by_every_suffix_of_its_format(form: Format, tmp_path: Path) -> None:
    found = [format_of(GOOD[form.name](tmp_path / f"crossing{suffix}")) for suffix in form.suffixes]
    assert found == [form] * len(form.suffixes)


@every_format
def test_a_good_file_is_read_and_its_account_balances(form: Format, good: Path) -> None:
    book = read_book(good)
    assert [len(chapter.paragraphs) for chapter in book.chapters] == [4, 4]
    account = account_of(good, book)
    assert account.faults == ()
    assert account.words > sum(len(paragraph.split()) for paragraph in _STORY)


@every_format
def test_the_listing_and_the_build_have_the_same_chapters(form: Format, good: Path) -> None:
    listed = contents(good)
    result = build(BuildRequest(book=good, engine="tone", jobs=1))
    assert result.report.exit_code == 0
    assert [mark.title for mark in result.marks] == [chapter.title for chapter in listed.chapters]


@every_format
def test_a_file_cut_off_anywhere_is_read_whole_or_refused_with_a_hint(form: Format, good: Path) -> None:
    whole = good.read_bytes()
    for tenths in range(1, 10):
        good.write_bytes(whole[: len(whole) * tenths // 10])
        assert complaints_of(good) == ()


@every_format
@pytest.mark.parametrize("data", [b"", *NOT_A_BOOK.values()], ids=["an empty file", *NOT_A_BOOK])
@pytest.mark.parametrize("attempt", [contents, build_of])
def test_what_is_no_book_is_refused_with_a_hint_by_the_listing_and_the_build(
    form: Format, data: bytes, attempt: Callable[[Path], object], tmp_path: Path
) -> None:
    path = tmp_path / f"crossing{form.suffixes[0]}"
    path.write_bytes(data)
    error = refusal(path, attempt)
    assert error.exit_code == 3
    assert error.hint, error.message
    assert str(path) in (error.where or "")


def test_every_suffix_belongs_to_one_format() -> None:
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


# A format of our own: after the sign "%lines", every line is a paragraph, and "= " begins a chapter.

_SIGN = "%lines\n"


def _read_lines(path: Path) -> Book:
    chapters: list[tuple[str, list[Paragraph]]] = []
    start = len(_SIGN)
    for line in read_text(path).removeprefix(_SIGN).splitlines(keepends=True):
        text = line.strip("= \n")
        run = Run(text=0, source=start + line.index(text), length=len(text))
        if line.startswith("= ") or not chapters:
            chapters.append((text, []))
        chapters[-1][1].append(Paragraph(text=text, kind="heading" if line.startswith("= ") else "prose", runs=(run,)))
        start += len(line)
    drafts = [Draft(title=title, paragraphs=tuple(paragraphs)) for title, paragraphs in chapters]
    return assemble(Facts(title="Lines"), drafts, [skip_stretch(_SIGN, 0, "front matter")], str(path))


LINES = Format(
    name="one line a paragraph",
    suffixes=(".lines",),
    signature=lambda head: "yes" if head.startswith(_SIGN.encode()) else "no",
    read=_read_lines,
    documents=read_as_one_document,
)


@pytest.fixture(params=["crossing.lines", "crossing.txt", "crossing"])
def lines_book(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, LINES))
    path = tmp_path / str(request.param)
    told = "\n".join(f"= {title}\n" + "\n".join(_STORY) for title in ("The Quay", "The Ferry"))
    path.write_text(_SIGN + told + "\n", encoding="utf-8")
    return path


def test_a_format_that_is_one_row_is_listed_and_built(lines_book: Path) -> None:
    assert [chapter.title for chapter in contents(lines_book).chapters] == ["The Quay", "The Ferry"]
    result = build(BuildRequest(book=lines_book, engine="tone", jobs=1))
    assert result.report.exit_code == 0
    assert [mark.title for mark in result.marks] == ["The Quay", "The Ferry"]
    assert result.report.ledger.balanced


def test_a_format_that_is_one_row_is_named_and_refused_as_the_others_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "FORMATS", (*FORMATS, LINES))
    path = tmp_path / "crossing.lines"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(90))
    error = refusal(path, contents)
    assert error.message == "this is a PNG picture, not one line a paragraph"
    assert "one line a paragraph (.lines)" in (error.hint or "")


@pytest.mark.parametrize("name", ["crossing.txt", "crossing.md", "crossing", "crossing.epub.html"])
def test_a_web_page_is_known_by_its_content_whatever_its_name(tmp_path: Path, name: str) -> None:
    book = read_book(_html(tmp_path / name))
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]


DEEP = {
    "lists.md": "The end of a tale.\n\n" + "".join("  " * n + "- a word\n" for n in range(40)) + "\nThe end.\n",
    "quotations.md": "> " * 90 + "“Come,” said Oona.\n\nThe end.\n",
}


@pytest.mark.parametrize("name", DEEP)
def test_what_is_nested_deep_is_read_to_the_end(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(DEEP[name], encoding="utf-8")
    book = read_book(path)
    assert book.chapters[-1].paragraphs[-1].text == "The end."
    assert account_of(path, book).faults == ()


@pytest.mark.parametrize("element", ["div", "em", "ul", "table"])
def test_elements_nested_deep_in_a_web_document_are_read_to_the_end(tmp_path: Path, element: str) -> None:
    deep = f"<{element}>" * 300 + "a word of the deep" + f"</{element}>" * 300
    path = Epub(pages={"a.xhtml": page(f"<h1>One</h1><p>Once.</p>{deep}<p>The end.</p>")}).write(tmp_path)
    book = read_book(path)
    assert account_of(path, book).faults == ()
    assert "a word of the deep" in [paragraph.text for paragraph in book.chapters[0].paragraphs]
    assert book.chapters[0].paragraphs[-1].text == "The end."


@pytest.mark.parametrize("depth", [200, 5000])
def test_what_is_nested_deeper_than_can_be_read_is_refused(tmp_path: Path, depth: int) -> None:
    path = tmp_path / "deep.md"
    path.write_text("> " * depth + "“Come,” said Oona.\n\nThe end.\n", encoding="utf-8")
    assert "nested deeper" in refusal(path, read_book).message
