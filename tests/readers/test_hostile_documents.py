"""Office documents that are broken or malicious: one clear sentence each, in bounded time."""

import contextlib
import random
import time
import zipfile
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.readers import account_of, read_book
from tests.readers.docxs import Docx, paragraph, run
from tests.readers.odts import Odt

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def complaint(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert "\n" not in caught.value.message
    assert str(path) in (caught.value.where or "")
    assert caught.value.hint
    return caught.value


def wrote(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["book.doc", "book.docx", "book.txt"])
def test_an_old_word_document_is_refused_with_the_way_out(tmp_path: Path, name: str) -> None:
    error = complaint(wrote(tmp_path / name, _OLD))
    assert ".doc" in error.message
    assert ".docx" in (error.hint or "")


def test_a_document_with_a_password_is_refused(tmp_path: Path) -> None:
    data = _OLD + "EncryptedPackage".encode("utf-16-le")
    assert "password" in complaint(wrote(tmp_path / "book.docx", data)).message


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.8, 0.99])
def test_a_truncated_document_is_called_damaged(tmp_path: Path, share: float) -> None:
    data = Docx(body=paragraph("It rained.") * 50).write(tmp_path).read_bytes()
    assert "damaged" in complaint(wrote(tmp_path / "cut.docx", data[: int(len(data) * share)])).message


def test_flipped_bytes_in_a_document_never_escape_as_anything_but_a_book_error(tmp_path: Path) -> None:
    data = Docx(body=paragraph("It rained.") * 20).write(tmp_path).read_bytes()
    for at in range(0, len(data), 23):
        path = wrote(tmp_path / "flipped.docx", data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(BookError):
            read_book(path)


def test_a_zip_bomb_named_as_a_document_is_refused_quickly(tmp_path: Path) -> None:
    started = time.process_time()
    assert "zip bomb" in complaint(Docx(body=paragraph(run("a" * 60_000_000))).write(tmp_path)).message
    assert time.process_time() - started < 10


def test_entities_in_a_document_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>'
    made = Docx(body="", document=bomb).write(tmp_path)
    assert "entities" in complaint(made).message


def test_a_document_nested_too_deep_is_refused(tmp_path: Path) -> None:
    inner = "<w:ins>" * 300 + run("deep") + "</w:ins>" * 300
    assert "nested too deep" in complaint(Docx(body=paragraph(inner)).write(tmp_path)).message


def test_a_document_nested_deep_is_read(tmp_path: Path) -> None:
    body = paragraph("<w:ins>" * 200 + run("deep") + "</w:ins>" * 200)
    tables = "<w:tbl><w:tr><w:tc>" * 70 + paragraph("deeper") + "</w:tc></w:tr></w:tbl>" * 70
    path = Docx(body=body + tables).write(tmp_path)
    book = read_book(path)
    assert account_of(path, book).faults == ()
    assert [p.text for p in book.chapters[0].paragraphs] == ["deep", "deeper"]


@pytest.mark.parametrize(
    "styles",
    [
        "".join(f'<w:style w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>' for a, b in ("ab", "ba")),
        "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(5000)),
    ],
    ids=["circle", "chain"],
)
def test_styles_based_on_each_other_without_end_are_read(tmp_path: Path, styles: str) -> None:
    body = "".join(paragraph("It rained.", f"s{n}") for n in range(5000)) + paragraph("It rained.", "a")
    started = time.process_time()
    assert read_book(Docx(body=body, styles=styles).write(tmp_path)).chapters
    assert time.process_time() - started < 5


def test_more_tags_than_any_document_has_are_refused(tmp_path: Path) -> None:
    path = Docx(body=random.Random(1).randbytes(1_000_000).hex() + "<w:p/>" * 3_000_001).write(tmp_path)
    started = time.process_time()
    assert "tags" in complaint(path).message
    assert time.process_time() - started < 5


def test_more_paragraphs_than_any_document_has_are_refused(tmp_path: Path) -> None:
    path = Docx(body=random.Random(1).randbytes(10_000).hex() + "<w:p/>" * 250_001).write(tmp_path)
    started = time.process_time()
    assert "paragraphs" in complaint(path).message
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "text",
    [
        "{" * 3000 + "x", "{" * 200_000, "{\\b x}" * 100_000, "\\'e9" * 300_000, "\\u9999?" * 200_000,
        "\\par" * 60_000 + " x", "{\\footnote x" * 1500 + "}" * 1500, "{\\*\\x" * 1000 + "}" * 1000,
        "{\\stylesheet" + "{\\s1\\sbasedon1 a;}" * 50_000 + "}x", "\\cell" * 60_000 + " x", "\\row" * 200_000 + " x",
        "\\fonttbl" * 9000, "\\upr" * 9000, "\\shptxt" * 9000, "{\\shp\\shptxt\\shptxt x}", "\\page" * 60_000 + "x",
        "\\bin9 " * 200_000, "\\bin999999999 x",
    ],
    ids=lambda text: text[:9],
)  # fmt: skip
def test_rich_text_made_of_control_words_takes_no_time(tmp_path: Path, text: str) -> None:
    path = wrote(tmp_path / "a.rtf", ("{\\rtf1 Once. " + text + "}").encode("cp1252"))
    started = time.process_time()
    with contextlib.suppress(BookError):
        assert account_of(path, read_book(path)).faults == ()
    assert time.process_time() - started < 12


def test_a_rich_text_document_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = wrote(tmp_path / "a.rtf", b"{\\rtf1 " + b"{" * 3000 + b"x" + b"}" * 3001)
    assert "nested too deep" in complaint(path).message


def test_a_rich_text_document_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    assert "cut off" in complaint(wrote(tmp_path / "a.rtf", b"{\\rtf1 It rained.")).message


@pytest.mark.parametrize(
    "text",
    ["<section>" * 3000 + "<p>x</p>", "<p>" * 500_000, "<binary id='a'>" * 50_000, "<a " * 200_000, "&a;" * 200_000],
    ids=lambda text: text[:9],
)
def test_a_fictionbook_made_of_tags_takes_no_time(tmp_path: Path, text: str) -> None:
    path = wrote(tmp_path / "a.fb2", f"<FictionBook><body><p>Once.</p>{text}</body></FictionBook>".encode())
    started = time.process_time()
    with contextlib.suppress(BookError):
        read_book(path)
    assert time.process_time() - started < 10


def test_entities_of_a_fictionbook_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = wrote(tmp_path / "a.fb2", f"{bomb}<FictionBook><body><p>Once &b; more.</p></body></FictionBook>".encode())
    assert "aaaa" not in read_book(path).chapters[0].paragraphs[0].text


def test_a_zip_file_of_several_fictionbooks_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.fb2.zip", "w") as archive:
        archive.writestr("one.fb2", "<FictionBook/>")
        archive.writestr("two.fb2", "<FictionBook/>")
    assert "2 books" in complaint(tmp_path / "a.fb2.zip").message


def test_an_opendocument_with_a_password_is_refused(tmp_path: Path) -> None:
    manifest = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    assert "password" in complaint(Odt(body="<text:p>x</text:p>", manifest=manifest).write(tmp_path)).message


def test_an_opendocument_nested_deep_is_read_or_refused(tmp_path: Path) -> None:
    for depth, is_read in ((100, True), (400, False)):
        inner = "<text:section>" * depth + "<text:p>x</text:p>" + "</text:section>" * depth
        path = Odt(body=inner).write(tmp_path)
        if is_read:
            assert read_book(path).chapters[0].paragraphs[0].text == "x"
        else:
            assert "nested too deep" in complaint(path).message
