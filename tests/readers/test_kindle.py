"""Reading Kindle books made by Calibre, compressed in every way, protected, damaged and hostile."""

import contextlib
import struct
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.readers import account_of, read_book
from audiobook.readers.kindle.decompression import read_text, unpack_palmdoc
from audiobook.readers.kindle.records import DamagedError, Header, Records
from tests.readers.pdfs import Pdf

SAMPLES = Path(__file__).parent / "samples"
BOOKS = ("crossing.azw3", "crossing.mobi", "crossing-both.mobi")
STORY = ["Nobody was at the quay.", "“Is it far?” asked Oona.", "“An hour,” said Bram, and looked at the sky."]


def complaint(path: Path) -> BookError:
    with pytest.raises(BookError) as caught:
        read_book(path)
    assert caught.value.hint
    return caught.value


def palm(records: Sequence[bytes]) -> bytes:
    """A Palm database."""
    head = b"Book".ljust(32, b"\0") + bytes(28) + b"BOOKMOBI" + bytes(8) + struct.pack(">H", len(records))
    at = len(head) + 8 * len(records) + 2
    table = b""
    for record in records:
        table += struct.pack(">LL", at, 0)
        at += len(record)
    return head + table + b"\0\0" + b"".join(records)


def mobi(markup: bytes, *, compression: int = 1, encryption: int = 0, length: int | None = None) -> bytes:
    """An old MOBI book with one text record."""
    size = 232
    first = struct.pack(">HHLHHHH", compression, 0, len(markup) if length is None else length, 1, 4096, encryption, 0)
    head = bytearray(first + b"MOBI" + struct.pack(">LLLLL", size, 2, 65001, 1, 6) + bytes(size - 24))
    head[84:92] = struct.pack(">LL", len(head), 8)
    for at in (108, 112, 244):
        head[at : at + 4] = b"\xff\xff\xff\xff"
    return palm([bytes(head) + b"The Lamp", markup])


@pytest.mark.parametrize("name", BOOKS)
def test_books_made_by_calibre_are_read(name: str) -> None:
    book = read_book(SAMPLES / name)
    assert (book.facts.title, book.facts.authors, book.facts.stated_language) == ("The Crossing", ("Ann Other",), "en")
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Ferry"]
    for chapter in book.chapters:
        assert [p.text for p in chapter.paragraphs if p.kind != "heading"] == STORY
    assert [skipped.reason for skipped in book.skipped] == ["table of contents"]
    assert account_of(SAMPLES / name, book).faults == ()


def test_a_book_without_compression_and_contents_is_read(tmp_path: Path) -> None:
    told = "<p>Once there was a lamp that burned all night, and nobody knew who lit it.</p>" * 20
    path = tmp_path / "a.mobi"
    path.write_bytes(mobi(f"<html><body><h1>One</h1>{told}<mbp:pagebreak/><h1>Two</h1>{told}</body></html>".encode()))
    book = read_book(path)
    assert [chapter.title for chapter in book.chapters] == ["One", "Two"]
    assert book.facts.title == "The Lamp"


def test_palmdoc_repeats_text_and_puts_spaces_before_letters() -> None:
    assert unpack_palmdoc(b"the\xe3at\x80\x21 and \x02\xc3\xa9\xe1") == b"the cat cat and \xc3\xa9 a"


def test_repetitions_that_overlap_themselves_are_unpacked() -> None:
    assert unpack_palmdoc(b"a" + struct.pack(">H", 0x8000 | 1 << 3 | 7)) == b"a" * 11


def huffman(phrases: Sequence[tuple[bytes, bool]]) -> list[bytes]:
    """A dictionary in which the code of each phrase is one byte, counted down from 255."""
    short = b"".join(struct.pack(">L", 255 << 8 | 0x80 | 8) for _ in range(256))
    codes = b"HUFF" + struct.pack(">LLL", 24, 24, 24 + 1024) + bytes(8) + short + bytes(256)
    offsets, texts = b"", b""
    for text, is_plain in phrases:
        offsets += struct.pack(">H", 2 * len(phrases) + len(texts))
        texts += struct.pack(">H", len(text) | 0x8000 * is_plain) + text
    return [codes, b"CDIC" + struct.pack(">LLL", 16, len(phrases), 8) + offsets + texts]


def unpack(sections: Sequence[bytes], text: bytes, length: int) -> bytes:
    data = b"".join(sections)
    offsets = [0, len(sections[0]), len(data)]
    none = {"contents": None, "flows": None, "fragments": None, "skeletons": None, "guide": None}
    header = Header(
        first=0,
        compression=17480,
        text_length=length,
        text_records=1,
        version=6,
        encoding="utf-8",
        extra_flags=0,
        huff=0,
        huff_count=2,
        pictures=0,
        title="",
        stated={},
        **none,
    )
    return read_text(Records(data, tuple(offsets), "a"), header, [text])


def test_phrases_of_huffman_codes_are_unpacked_also_inside_phrases() -> None:
    sections = huffman([(b"lamp", True), (b"the ", True), (bytes([254, 255]), False)])
    assert unpack(sections, bytes([253, 254, 255]), 16) == b"the lampthe lamp"


def test_phrases_that_hold_themselves_are_damage() -> None:
    with pytest.raises(DamagedError):
        unpack(huffman([(bytes([254]), False), (bytes([255, 255]), False)]), bytes([255]), 10)


def test_a_phrase_that_is_missing_is_damage() -> None:
    with pytest.raises(DamagedError):
        unpack(huffman([(b"a", True)]), bytes([7]), 10)


def test_protected_kindle_books_are_called_so(tmp_path: Path) -> None:
    path = tmp_path / "a.azw"
    path.write_bytes(mobi(b"<p>Once.</p>", encryption=2))
    assert complaint(path).message == "the book is DRM-protected (Kindle)"


@pytest.mark.parametrize(("head", "name"), [(b"TPZ0", "Topaz"), (b"CONT\x02\x00", "KFX"), (b"\xeaDRMION\xee", "KFX")])
def test_other_formats_of_kindle_are_named(tmp_path: Path, head: bytes, name: str) -> None:
    path = tmp_path / "a.azw"
    path.write_bytes(head + bytes(2000))
    assert name in complaint(path).message


@pytest.mark.parametrize("name", BOOKS[:2])
def test_flipped_bytes_in_kindle_books_are_read_or_refused(tmp_path: Path, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    for at in range(60, len(data), 37):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with contextlib.suppress(BookError):
            read_book(path)


@pytest.mark.parametrize("length", [10, 2**31])
def test_a_text_of_another_length_than_stated_is_cut_or_refused(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.mobi"
    path.write_bytes(mobi(b"<p>Once upon a time there was a lamp.</p>", length=length))
    with contextlib.suppress(BookError):
        assert len(read_book(path).chapters) == 1


def test_a_bomb_in_palmdoc_is_refused_in_little_time(tmp_path: Path) -> None:
    packed = b"a" + struct.pack(">H", 0x8000 | 1 << 3 | 7) * 2_000_000
    path = tmp_path / "a.mobi"
    path.write_bytes(mobi(packed, compression=2, length=2**25))
    begun = time.process_time()
    assert "damaged" in complaint(path).message
    assert time.process_time() - begun < 10


def test_a_pdf_named_as_a_kindle_book_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = Pdf(pages=[[]]).write(tmp_path / "a.azw3")
    assert "PDF" in complaint(path).message
