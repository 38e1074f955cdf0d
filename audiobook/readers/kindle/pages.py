"""The text of a Kindle book → its pages as markup, with anchors where its contents and its links lead.

KF8 (AZW3) has a skeleton for each page, into which fragments are inserted; places are a fragment and an offset in it.
Old MOBI is one HTML text with page breaks; places are offsets of bytes.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from audiobook.readers.kindle.index import Index, IndexEntry, read_index
from audiobook.readers.kindle.records import DamagedError, Header, Records
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.titles import one_line

_MOST_PAGES = 20_000
_BREAK = re.compile(rb"<\s*mbp:pagebreak[^>]{0,200}>(?:\s{0,20}</mbp:pagebreak>)?", re.IGNORECASE)
_FLOW_LINK = re.compile(rb"kindle:pos:fid:([0-9A-Va-v]{1,12}):off:([0-9A-Va-v]{1,12})")
_FILE_LINK = re.compile(rb"""\bfilepos\s{0,9}=\s{0,9}["']?(\d{1,12})["']?""", re.IGNORECASE)
_REFERENCE = re.compile(rb"<reference\b[^>]{0,500}>", re.IGNORECASE)
_TYPE = re.compile(rb"""\btype\s{0,9}=\s{0,9}["']?([\w.-]{1,60})""", re.IGNORECASE)
_TITLE = re.compile(rb"""\btitle\s{0,9}=\s{0,9}["']([^"']{1,200})""", re.IGNORECASE)
_ID = re.compile(rb"""\sid\s{0,9}=\s{0,9}["']([^"'<>]{1,200})["']""")
_BODY = re.compile(rb"<body\b[^>]*>", re.IGNORECASE)
_ANCHOR = "kindle-place-"  # the beginning of the names of anchors that are inserted


class Place(NamedTuple):
    """A place in the pages."""

    page: int
    offset: int  # bytes


@dataclass(slots=True)
class Book:
    """The pages of a book as markup, and what leads into them."""

    pages: list[str]
    navigation: Navigation


@dataclass(slots=True)
class _Marked:
    """Pages in the making."""

    pages: list[bytes]
    place_of: Callable[[int, int], Place | None]  # of a fragment and an offset; or of 0 and an offset in the text
    anchors: dict[Place, str] = field(default_factory=dict)

    def link(self, place: Place | None) -> tuple[str, str]:
        """The page and the anchor of a place; empty where it leads nowhere."""
        if place is None:
            return "", ""
        if place not in self.anchors:
            own = _read_own_id(self.pages[place.page], _move_out_of_tag(self.pages[place.page], place.offset))
            self.anchors[place] = own or f"{_ANCHOR}{len(self.anchors)}"
        return page_name(place.page), self.anchors[place]


def page_name(number: int) -> str:
    """The name of a page."""
    return f"page-{number + 1}"


def read_pages(records: Records, header: Header, text: bytes) -> Book:
    """The pages of a book, its contents and landmarks. Raises DamagedError."""
    is_new = header.version == 8 and header.skeletons is not None
    marked = _read_new(records, header, text) if is_new else _read_old(text)
    landmarks = dict(_read_guide(records, header, marked)) if is_new else {}
    contents = [tuple(_read_contents(read_index(records, header, header.contents), header, marked, is_new=is_new))]
    replacement = _replace_new(marked) if is_new else _replace_old(marked)
    pattern = _FLOW_LINK if is_new else _FILE_LINK
    if not is_new:
        landmarks |= dict(_read_references(marked))
    linked = [pattern.sub(replacement, page) for page in _insert_anchors(marked, pattern)]
    pages = [page.decode(header.encoding, "replace") for page in linked]
    return Book(pages, Navigation(contents=tuple(contents), landmarks=landmarks))


def _read_new(records: Records, header: Header, text: bytes) -> _Marked:
    skeletons = read_index(records, header, header.skeletons).entries
    fragments = read_index(records, header, header.fragments).entries
    if len(skeletons) > _MOST_PAGES:
        raise DamagedError("the book has more pages than any book")
    pages: list[bytes] = []
    inserted: list[tuple[int, int]] = []  # of each fragment: its page, and where its first byte stands in it
    row = 0
    for number, skeleton in enumerate(skeletons):
        count, start, length = skeleton.value(1), skeleton.value(6), skeleton.value(6, 1)
        if count is None or start is None or length is None:
            raise DamagedError("a part of the text is missing")
        page, base = bytearray(text[start : start + length]), start + length
        for fragment in fragments[row : row + count]:
            at, size = int(fragment.text or b"0") - start, fragment.value(6, 1) or 0
            if not 0 <= at <= len(page):
                raise DamagedError("a part of the text has no place")
            page[at:at] = text[base : base + size]
            inserted.append((number, at))
            base += size
        row += count
        pages.append(bytes(page))

    def place_of(fragment: int, offset: int) -> Place | None:
        if fragment >= len(inserted):
            return None
        page, at = inserted[fragment]
        return Place(page, min(at + offset, len(pages[page])))

    return _Marked(pages, place_of)


def _read_old(text: bytes) -> _Marked:
    starts = [0, *(found.end() for found in _BREAK.finditer(text))][:_MOST_PAGES]
    pages = [_BREAK.sub(b"", text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]

    def place_of(_: int, offset: int) -> Place | None:
        if offset > len(text):
            return None
        page = bisect_right(starts, offset) - 1
        return Place(page, min(offset - starts[page], len(pages[page])))

    return _Marked(pages, place_of)


def _read_contents(index: Index, header: Header, marked: _Marked, *, is_new: bool) -> Iterator[Entry]:
    for entry in _in_order(index):
        label = index.strings.get(entry.value(3) or 0, b"").decode(header.encoding, "replace")
        if is_new:
            fragment, offset = entry.value(6), entry.value(6, 1)
            place = None if fragment is None else marked.place_of(fragment, offset or 0)
        else:
            at = entry.value(1)
            place = None if at is None else marked.place_of(0, at)
        name, anchor = marked.link(place)
        yield Entry(title=one_line(label), name=name, anchor=anchor, depth=min(entry.value(4) or 0, 40))


def _in_order(index: Index) -> Iterable[IndexEntry]:
    """The entries of the contents, each before those below it: the index has them level by level."""
    below: dict[int, list[int]] = defaultdict(list)
    top: list[int] = []
    for n, entry in enumerate(index.entries):
        parent = entry.value(21)
        if parent is not None and parent < n:
            below[parent].append(n)
        else:
            top.append(n)
    stack = top[::-1]
    while stack:
        n = stack.pop()
        yield index.entries[n]
        stack += below[n][::-1]


def _read_guide(records: Records, header: Header, marked: _Marked) -> Iterator[tuple[tuple[str, str], str]]:
    for entry in read_index(records, header, header.guide).entries:
        fragment = entry.value(6)
        place = None if fragment is None else marked.place_of(fragment, entry.value(6, 1) or 0)
        if place is not None:
            is_start = place.offset <= _body_start(marked.pages[place.page]) + _NEAR_TOP
            name, anchor = (page_name(place.page), "") if is_start else marked.link(place)
            yield (name, anchor), entry.text.decode(header.encoding, "replace")


_NEAR_TOP = 200  # bytes after the beginning of a page that are its top


def _body_start(page: bytes) -> int:
    found = _BODY.search(page)
    return found.end() if found else 0


def _read_references(marked: _Marked) -> Iterator[tuple[tuple[str, str], str]]:
    """The landmarks that old books have in their head."""
    for found in _REFERENCE.finditer(marked.pages[0][:20_000] if marked.pages else b""):
        kind, at = _TYPE.search(found[0]), _FILE_LINK.search(found[0])
        place = marked.place_of(0, int(at[1])) if at else None
        if kind and place is not None and place.page:
            name, anchor = (page_name(place.page), "") if place.offset <= _NEAR_TOP else marked.link(place)
            yield (name, anchor), kind[1].decode("ascii", "replace")


def _replace_new(marked: _Marked) -> "Callable[[re.Match[bytes]], bytes]":
    def replace(found: "re.Match[bytes]") -> bytes:
        name, anchor = marked.link(marked.place_of(_number(found[1]), _number(found[2])))
        return f"{name}#{anchor}".encode()

    return replace


def _replace_old(marked: _Marked) -> "Callable[[re.Match[bytes]], bytes]":
    def replace(found: "re.Match[bytes]") -> bytes:
        name, anchor = marked.link(marked.place_of(0, int(found[1])))
        return f'href="{name}#{anchor}"'.encode()

    return replace


def _number(digits: bytes) -> int:
    """A number of base 32."""
    return int(digits, 32)


def _insert_anchors(marked: _Marked, pattern: "re.Pattern[bytes]") -> list[bytes]:
    """The pages with an anchor at every place that something leads to."""
    is_new = pattern is _FLOW_LINK
    for page in marked.pages:
        for found in pattern.finditer(page):
            place = (
                marked.place_of(_number(found[1]), _number(found[2])) if is_new else marked.place_of(0, int(found[1]))
            )
            marked.link(place)
    wanted: dict[int, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in marked.anchors:
        at = _move_out_of_tag(marked.pages[place.page], place.offset)
        wanted[place.page][at].append(place)
    done: list[bytes] = []
    for number, page in enumerate(marked.pages):
        pieces, last = [], 0
        for at in sorted(wanted[number]):
            pieces += [page[last:at], _make_anchors(wanted[number][at], marked)]
            last = at
        done.append(b"".join((*pieces, page[last:])))
    return done


def _move_out_of_tag(page: bytes, offset: int) -> int:
    """The place at or before an offset that is not inside a tag, and inside the body."""
    opened = page.rfind(b"<", max(0, offset - 4000), offset)
    if opened >= 0 and page.find(b">", opened, offset) < 0:
        offset = opened
    return max(offset, _body_start(page))


def _read_own_id(page: bytes, at: int) -> str:
    """The id of the tag that begins at a place; empty where there is none."""
    end = page.find(b">", at, at + 4000)
    own = _ID.search(page[at : end + 1]) if page[at : at + 1] == b"<" and end >= 0 else None
    return own[1].decode("utf-8", "replace") if own else ""


def _make_anchors(places: list[Place], marked: _Marked) -> bytes:
    """Anchors for the places at an offset, but for those whose tag has an id already."""
    names = (marked.anchors[place] for place in places)
    return b"".join(b'<a id="' + name.encode() + b'"></a>' for name in names if name.startswith(_ANCHOR))
