"""The indexes of a Kindle book (INDX): its table of contents, and the parts of which its text is put together."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audiobook.readers.kindle.records import DamagedError, Header, Records

_MOST_ENTRIES = 200_000


class _Tag(NamedTuple):
    """How a value stands in the entries of an index."""

    number: int
    values: int  # for each entry
    mask: int
    is_end: bool  # of a control byte


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An entry of an index: its text, and its values by tag."""

    text: bytes
    tags: dict[int, tuple[int, ...]]

    def value(self, tag: int, n: int = 0) -> int | None:
        """A value of a tag; None where there is none."""
        values = self.tags.get(tag, ())
        return values[n] if n < len(values) else None


@dataclass(frozen=True, slots=True)
class Index:
    """An index, and the strings that its entries point to."""

    entries: Sequence[IndexEntry]
    strings: dict[int, bytes]


def read_index(records: Records, header: Header, number: int | None) -> Index:
    """An index; an empty one where the book has none. Raises DamagedError."""
    if number is None:
        return Index((), {})
    try:
        return _read_index(records, header.first + number)
    except (struct.error, IndexError) as error:
        raise DamagedError("an index is damaged") from error


def _read_index(records: Records, number: int) -> Index:
    main = records[number]
    _check(main)
    (count,) = struct.unpack_from(">L", main, 24)
    (string_records,) = struct.unpack_from(">L", main, 52)
    tags, control_bytes = _read_tags(main)
    entries: list[IndexEntry] = []
    for n in range(number + 1, number + 1 + min(count, len(records))):
        data = records[n]
        _check(data)
        for entry in _split_entries(data):
            entries.append(_read_entry(entry, tags, control_bytes))
            if len(entries) > _MOST_ENTRIES:
                raise DamagedError("an index is longer than that of any book")
    strings: dict[int, bytes] = {}
    for n in range(min(string_records, 64)):
        for offset, text in _read_strings(records[number + 1 + count + n]):
            strings[n * 0x10000 + offset] = text
    return Index(entries, strings)


def _check(data: bytes) -> None:
    if data[:4] != b"INDX":
        raise DamagedError("an index is missing")


def _read_tags(main: bytes) -> tuple[list[_Tag], int]:
    start = struct.unpack_from(">L", main, 4)[0]
    if main[start : start + 4] != b"TAGX":
        raise DamagedError("an index has no table of tags")
    length, control_bytes = struct.unpack_from(">LL", main, start + 4)
    places = range(start + 12, min(start + length, len(main) - 3), 4)
    return [_Tag(main[at], main[at + 1], main[at + 2], main[at + 3] == 1) for at in places], min(control_bytes, 16)


def _split_entries(data: bytes) -> Iterator[bytes]:
    start, count = struct.unpack_from(">LL", data, 20)
    offsets = struct.unpack_from(f">{min(count, 0xFFFF)}H", data, start + 4)
    for a, b in zip(offsets, (*offsets[1:], start), strict=True):
        yield data[a:b]


def _read_entry(data: bytes, tags: Sequence[_Tag], control_bytes: int) -> IndexEntry:
    length = data[0]
    text = data[1 : 1 + length]
    controls, at = 1 + length, 1 + length + control_bytes
    wanted: list[tuple[_Tag, int, bool]] = []  # tag, how many values or bytes, whether bytes
    for tag in tags:
        if tag.is_end:
            controls += 1
            continue
        value = data[controls] & tag.mask
        if not value:
            continue
        if value == tag.mask and tag.mask.bit_count() > 1:
            size, at = _read_number(data, at)
            wanted.append((tag, size, True))
        else:
            wanted.append((tag, value >> ((tag.mask & -tag.mask).bit_length() - 1), False))
    found: dict[int, tuple[int, ...]] = {}
    for tag, size, is_bytes in wanted:
        values: list[int] = []
        end = at + size
        while at < end if is_bytes else len(values) < size * tag.values:
            value, at = _read_number(data, at)
            values.append(value)
        found[tag.number] = tuple(values)
    return IndexEntry(text, found)


def _read_number(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and the place after it. Its last byte has the highest bit set."""
    value = 0
    for n in range(at, at + 5):
        value = value << 7 | data[n] & 0x7F
        if data[n] & 0x80:
            return value, n + 1
    raise DamagedError("a number in an index does not end")


def _read_strings(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The strings of a record by their offset."""
    at = 0
    while at < len(data) and data[at]:
        try:
            length, start = _read_number(data, at)
        except IndexError:
            return
        yield at, data[start : start + length]
        at = start + length
