"""The book's pieces in one row, and the places to which the entries of its contents lead."""

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from audiobook.readers import headings
from audiobook.readers.html.flow import Piece
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.sections.contents import Entry
from audiobook.readers.titles import one_line

_NEAR = 3  # pieces around an anchor among which the heading of its chapter is looked for
_MOST_COMPARED = 200  # headings of a page among which that of an entry without an anchor is looked for
_MOST_HEADINGS = 8  # headings directly before an anchor that may belong to its chapter
_NOT_LETTERS = re.compile(r"[\W_]+")
_PART_TYPES = frozenset({"part", "volume", "division"})


@dataclass(frozen=True, slots=True)
class Flow:
    """Every piece of the book in reading order, and where pages and anchors are."""

    pieces: tuple[Piece, ...]
    pages: Mapping[str, int]  # member → its first piece
    anchors: Mapping[tuple[str, str], int]
    gone: frozenset[tuple[str, str]]  # anchors inside what is not read
    ends: Mapping[str, int]  # member → the piece after its last
    page_starts: tuple[int, ...]  # the first pieces of the pages, in order

    def place(self, name: str, anchor: str) -> int | None:
        """The piece a link leads to; the page's first where the anchor is not there; None outside the flow."""
        if (name, anchor) in self.gone:
            return None
        return self.anchors.get((name, anchor), self.pages.get(name))

    def parts_pages(self, n: int, at: int) -> bool:
        """Whether a page begins between two pieces, or at the second."""
        return bisect_right(self.page_starts, n) < bisect_right(self.page_starts, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An entry of the contents whose place is known."""

    title: str
    depth: int
    at: int
    parents: tuple[str, ...]  # titles of the entries that hold it, the highest first
    has_children: bool


def place_entries(entries: Sequence[Entry], flow: Flow) -> list[Placed]:
    """The entries that lead into the flow, in the order of the contents."""
    places = _find_places(entries, flow)
    owned = {at for at in places if at is not None}
    placed: list[Placed] = []
    trail: list[Entry] = []
    for n, (entry, at) in enumerate(zip(entries, places, strict=True)):
        while trail and trail[-1].depth >= entry.depth:
            trail.pop()
        parents = tuple(one_line(above.title) for above in trail if above.title)
        trail.append(entry)
        if at is None:
            continue
        children = n + 1 < len(entries) and entries[n + 1].depth > entry.depth
        head = _move_to_heading(at, entry.title, flow, owned)
        placed.append(Placed(title=entry.title, depth=entry.depth, at=head, parents=parents, has_children=children))
    return placed


def nest_counted(placed: Sequence[Placed], flow: Flow) -> list[Placed]:
    """The entries, with those that count from 1 below the title before them where nothing is told under it.

    Flat contents, as old Kindle books have them, list the sections of a tale beside the tale.
    """
    found: list[Placed] = []
    holder: Placed | None = None
    count = 0  # the number of the last entry below the holder
    for entry in placed:
        number = _read_count(entry.title)
        if number == 1 and found and _may_hold(found[-1], entry, flow):
            holder, count = found[-1], 0
            found[-1] = replace(holder, has_children=True)
        if holder and number == count + 1 and entry.depth == holder.depth:
            count = number
            found.append(replace(entry, depth=entry.depth + 1, parents=(*entry.parents, one_line(holder.title))))
        else:
            holder = None
            found.append(entry)
    return found


def _read_count(title: str) -> int:
    """The number of an entry that is a numeral, or begins with one; 0 for other entries."""
    heading = headings.recognise(one_line(title))
    counted = {*headings.NUMERALS, *headings.TITLED_NUMERALS}
    return heading.number or 0 if heading and heading.family in counted else 0


def _may_hold(entry: Placed, first: Placed, flow: Flow) -> bool:
    """Whether an entry is a title with no number, no name of a part, and no text before the first section below it."""
    if entry.has_children or entry.depth != first.depth or not entry.at < first.at <= len(flow.pieces):
        return False
    title = one_line(entry.title)
    heading = headings.recognise(title)
    is_counted = heading is not None and (heading.number is not None or heading.family in headings.UPPER_FAMILIES)
    if is_counted or find_unread_reason(title) or not is_same_title(flow.pieces[entry.at].text, title):
        return False
    return all(piece.level or piece.kind == "break" for piece in flow.pieces[entry.at : first.at])


def _find_places(entries: Sequence[Entry], flow: Flow) -> list[int | None]:
    """The piece to which each entry leads; that of its first child where it leads nowhere itself."""
    heads = _list_page_headings(flow)
    found: list[int | None] = []
    used: set[int] = set()
    for entry in entries:
        at = flow.place(entry.name, entry.anchor) if entry.name else None
        if at is not None and (entry.name, entry.anchor) not in flow.anchors and (entry.anchor or at in used):
            at = _find_by_title(entry, heads.get(entry.name, ()), used, flow)
        if at is not None:
            used.add(at)
        found.append(at)
    below: dict[int, int | None] = {}  # depth → the place of the nearest entry there, coming from the end
    for n in range(len(entries) - 1, -1, -1):
        depth = entries[n].depth
        if found[n] is None and not entries[n].name:
            found[n] = below.get(depth + 1)
        below = {d: at for d, at in below.items() if d < depth} | {depth: found[n]}
    return found


def _find_by_title(entry: Entry, heads: Sequence[int], used: Collection[int], flow: Flow) -> int | None:
    """The heading that an entry means whose anchor is missing; else the beginning of the page, if it is free."""
    free = islice((n for n in heads if n not in used), _MOST_COMPARED)
    same = (n for n in free if is_same_title(flow.pieces[n].text, entry.title))
    page = flow.pages.get(entry.name)
    return next(same, None if page in used else page)


def _list_page_headings(flow: Flow) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, start in flow.pages.items():
        found[name] = [n for n in range(start, flow.ends.get(name, start)) if flow.pieces[n].level]
    return found


def _move_to_heading(at: int, title: str, flow: Flow, owned: set[int]) -> int:
    """The first heading of the chapter whose anchor stands at a piece: in it, after it, or at the end before it."""
    pieces = flow.pieces
    if at >= len(pieces):
        return at
    if not pieces[at].level and not is_same_title(pieces[at].text, title):
        near = [n for n in (at - 1, at + 1, at - 2, at + 2, at + 3) if 0 <= n < len(pieces)]
        same = (n for n in near if pieces[n].level and n not in owned and is_same_title(pieces[n].text, title))
        at = next(same, at)
    first = at
    for n in range(at - 1, max(-1, at - 1 - _MOST_HEADINGS), -1):
        if pieces[n].kind == "break":
            continue
        if not pieces[n].level or n in owned or not _belongs_below(n, at, flow):
            break
        first = n
    return first


def _belongs_below(n: int, at: int, flow: Flow) -> bool:
    """Whether a heading directly before a chapter is part of its headings: on the same page, or the name of a part."""
    return not flow.parts_pages(n, at) or is_part_heading(flow.pieces[n])


def is_part_heading(piece: Piece) -> bool:
    """Whether a heading names a part, a volume or an act."""
    heading = headings.recognise(one_line(piece.text))
    return bool(piece.types & _PART_TYPES) or (heading is not None and heading.family in headings.UPPER_FAMILIES)


def fold_title(text: str) -> str:
    """The letters and digits of a title, in lower case."""
    return _NOT_LETTERS.sub("", text).casefold()


def is_same_title(one: str, other: str) -> bool:
    """Whether two titles name the same section: equal letters, one inside the other's beginning, or the same number."""
    first, second = fold_title(one), fold_title(other)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if longer.startswith(shorter) and (len(shorter) > 3 or len(shorter) == len(longer)):
        return True
    if len(shorter) > 5 and longer.endswith(shorter):
        return True
    a, b = headings.recognise(one_line(one)), headings.recognise(one_line(other))
    if a is None or b is None or not a.number or a.number != b.number or (a.title and b.title):
        return False
    numerals = {*headings.NUMERALS, *headings.TITLED_NUMERALS}
    return a.family == b.family or bool({a.family, b.family} & numerals)
