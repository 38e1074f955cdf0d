"""The records of a Palm database, and the headers in its first record: what a Kindle book says of itself.

The layout is documented on the MobileRead wiki (PDB, MOBI, EXTH). The file is not trusted: every offset is checked.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import BookError
from audiobook.readers.sources import check_readable, read_head

LARGEST = 256 * 2**20  # bytes of a file
_NONE = 0xFFFFFFFF
_BOUNDARY = 121  # the record of EXTH that says where the second book of a file begins
_UTF8 = 65001
_AGAIN = "download or copy it again"
_FREE = "only books without copy protection can be read; buy or borrow it without, or as plain text"


class DamagedError(Exception):
    """Something in the file cannot be as it is. `read_records` and the reader turn it into a BookError."""


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file."""

    data: bytes
    offsets: tuple[int, ...]  # of each record, and the end of the last
    where: str

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> bytes:
        """A record. Raises DamagedError where there is none."""
        if not 0 <= number < len(self):
            raise DamagedError(f"record {number} is missing")
        return self.data[self.offsets[number] : self.offsets[number + 1]]


def read_records(path: Path) -> Records:
    """The records of a file. Raises BookError where it is no Palm database, or is cut off."""
    check_readable(path, LARGEST)
    data = read_head(path, LARGEST)
    check_kind(data[:100], str(path))
    count = struct.unpack_from(">H", data, 76)[0] if len(data) >= 78 else 0
    if not count or 78 + 8 * count > len(data):
        raise damaged(str(path))
    offsets = [struct.unpack_from(">L", data, 78 + 8 * n)[0] for n in range(count)]
    if any(a > b for a, b in zip(offsets, [*offsets[1:], len(data)], strict=True)):
        raise damaged(str(path))
    return Records(data, (*offsets, len(data)), str(path))


def damaged(where: str) -> BookError:
    """The error of a file that is damaged."""
    return BookError("the Kindle book is damaged or cut off", where=where, hint=_AGAIN)


def check_kind(head: bytes, where: str) -> None:
    """Raises BookError for Kindle formats that are not read, and for files that are no Kindle book."""
    if head.startswith(b"TPZ"):
        kind = "Topaz"
    elif head.startswith((b"CONT", b"\xeaDRMION\xee")):
        kind = "KFX"
    elif head[60:68] == b"BOOKMOBI":
        return
    else:
        raise damaged(where)
    hint = "get the book as AZW3, MOBI or EPUB, without copy protection"
    raise BookError(f"this is a Kindle book in the format {kind}, which is not read", where=where, hint=hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the first record of a book says."""

    first: int  # the number of that record; the numbers below count from it
    compression: int
    text_length: int
    text_records: int
    version: int  # 8: KF8 (AZW3); below: old MOBI
    encoding: str
    extra_flags: int  # what is appended to each text record
    huff: int
    huff_count: int
    contents: int | None  # the index of the table of contents
    pictures: int  # the first record with a picture, counted from the first record of the file
    flows: int | None
    fragments: int | None
    skeletons: int | None
    guide: int | None
    title: str
    stated: dict[int, list[bytes]]  # EXTH: type → values

    def texts(self, kind: int) -> list[str]:
        """The values of a type as texts."""
        return [value.decode(self.encoding, "replace").strip() for value in self.stated.get(kind, [])]


def read_header(records: Records) -> Header:
    """The header of the newer of the books in a file. Raises BookError for protected books, DamagedError."""
    header = _read_header(records, 0)
    boundary = header.stated.get(_BOUNDARY)
    if header.version != 8 and boundary and len(boundary[0]) == 4:
        second = struct.unpack(">L", boundary[0])[0]
        if 0 < second < len(records) and records[second - 1][:8] == b"BOUNDARY":
            return _read_header(records, second, pictures=header.pictures)
    return header


def _read_header(records: Records, first: int, pictures: int = 0) -> Header:
    data = records[first]
    if len(data) < 132 or data[16:20] != b"MOBI":
        raise DamagedError("the header is missing")
    compression, _, length, count, _, encryption = struct.unpack_from(">HHLHHH", data)
    if encryption:
        raise BookError("the book is DRM-protected (Kindle)", where=records.where, hint=_FREE)
    size, _, code, _, version = struct.unpack_from(">LLLLL", data, 20)
    encoding = "utf-8" if code == _UTF8 else "cp1252"

    def number(offset: int) -> int:
        return int(struct.unpack_from(">L", data, offset)[0]) if offset + 4 <= min(size + 16, len(data)) else _NONE

    def index(offset: int) -> int | None:
        return None if number(offset) == _NONE else number(offset)

    start, name = number(84), number(88)
    return Header(
        first=first,
        compression=compression,
        text_length=length,
        text_records=count,
        version=version,
        encoding=encoding,
        extra_flags=number(240) & 0xFFFF if size >= 228 else 0,
        huff=number(112),
        huff_count=number(116),
        contents=index(244),
        pictures=pictures or number(108),
        flows=index(192) if version == 8 else None,
        fragments=index(248) if version == 8 else None,
        skeletons=index(252) if version == 8 else None,
        guide=index(260) if version == 8 else None,
        title=data[start : start + min(name, 2000)].decode(encoding, "replace").strip("\0 "),
        stated=_read_exth(data, 16 + size) if number(128) & 0x40 else {},
    )


def _read_exth(data: bytes, at: int) -> dict[int, list[bytes]]:
    stated: dict[int, list[bytes]] = {}
    if data[at : at + 4] != b"EXTH" or at + 12 > len(data):
        return stated
    count = struct.unpack_from(">L", data, at + 8)[0]
    at += 12
    for _ in range(count):
        if at + 8 > len(data):
            break
        kind, size = struct.unpack_from(">LL", data, at)
        if size < 8:
            break
        stated.setdefault(kind, []).append(data[at + 8 : at + size])
        at += size
    return stated


def text_records(records: Records, header: Header) -> Iterator[bytes]:
    """The compressed text records, without what is appended to them."""
    for number in range(1, header.text_records + 1):
        data = records[header.first + number]
        yield data[: len(data) - _measure_trailer(data, header.extra_flags)]


def _measure_trailer(data: bytes, flags: int) -> int:
    """The length of what is appended to a text record."""
    end = len(data)
    for bit in range(1, 16):
        if flags >> bit & 1 and end > 0:
            end -= min(_read_backwards(data, end), end)
    if flags & 1 and end > 0:
        end -= min((data[end - 1] & 3) + 1, end)
    return len(data) - end


def _read_backwards(data: bytes, end: int) -> int:
    """The number of variable length that ends at a place; its first byte has the highest bit set."""
    value = shift = 0
    for at in range(end - 1, max(end - 5, -1), -1):
        value |= (data[at] & 0x7F) << shift
        shift += 7
        if data[at] & 0x80:
            break
    return value
