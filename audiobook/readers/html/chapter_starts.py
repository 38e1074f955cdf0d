"""Finds where chapters begin: by the contents, by headings, or by pages."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from audiobook.readers import headings
from audiobook.readers.assembling import Start
from audiobook.readers.html.contents import Entry
from audiobook.readers.html.flow import Piece
from audiobook.readers.titles import one_line, word_count

_CONTAINER_WORDS = 150  # under an entry before its first child, where the entry is a part rather than a chapter
_LEAST_CHILD_WORDS = 800  # a child of an untitled container that is a chapter rather than a section
_FILE_NAMES = (".html", ".xhtml", ".htm", ".xml")


@dataclass(frozen=True, slots=True)
class Flow:
    """Every piece of the book in reading order, and where pages and anchors are."""

    pieces: tuple[Piece, ...]
    pages: Mapping[str, int]  # member → its first piece
    anchors: Mapping[tuple[str, str], int]
    gone: frozenset[tuple[str, str]]  # anchors inside what is not read

    def place(self, name: str, anchor: str) -> int | None:
        """The piece a link leads to; the page's first where the anchor is not there; None outside the flow."""
        if (name, anchor) in self.gone:
            return None
        return self.anchors.get((name, anchor), self.pages.get(name))


def find_by_contents(entries: Sequence[Entry], flow: Flow) -> list[Start]:
    """A start for every entry of the contents that is a chapter, or a part holding some."""
    placed = [(entry, flow.place(entry.name, entry.anchor)) for entry in entries]
    known = [(entry, at) for entry, at in _place_unlinked(placed) if at is not None]
    sums = list(accumulate((word_count(piece.text) for piece in flow.pieces), initial=0))
    starts: list[Start] = []
    closed = -1  # depth of the chapter whose sections are skipped
    for n, (entry, at) in enumerate(known):
        if closed >= 0 and entry.depth > closed:
            continue
        children = _find_children(known, n)
        is_part = _is_named_part(entry.title) or (
            bool(children) and (not entry.name or _is_container(entry, at, children, sums))
        )
        closed = entry.depth if children and not is_part else -1
        starts.append(Start(at=at, title=entry.title, is_part=is_part))
    return starts


def _is_named_part(title: str) -> bool:
    heading = headings.recognise(title)
    return heading is not None and heading.family in headings.UPPER_FAMILIES


def _place_unlinked(placed: Sequence[tuple[Entry, int | None]]) -> list[tuple[Entry, int | None]]:
    """The entries, with those without a link at the place of their first child."""
    done: list[tuple[Entry, int | None]] = []
    below: dict[int, int | None] = {}  # depth → the place of the nearest entry there, coming from the end
    for entry, at in reversed(placed):
        place = at if entry.name else below.get(entry.depth + 1)
        below = {depth: known for depth, known in below.items() if depth < entry.depth} | {entry.depth: place}
        done.append((entry, place))
    return done[::-1]


def _find_children(known: Sequence[tuple[Entry, int]], n: int) -> list[int]:
    """The places where the descendants of an entry begin, and where the last one ends."""
    depth = known[n][0].depth
    children: list[int] = []
    for entry, at in known[n + 1 :]:
        if entry.depth <= depth:
            return [*children, at] if children else []
        children.append(at)
    return children


def _is_container(entry: Entry, at: int, children: Sequence[int], sums: Sequence[int]) -> bool:
    heading = headings.recognise(entry.title)
    family = heading.family if heading else ""
    if family in headings.UPPER_FAMILIES:
        return True
    own = sums[max(children[0], at)] - sums[at]
    if family in headings.CHAPTER_FAMILIES or own > _CONTAINER_WORDS or len(children) < 2:
        return False
    within = sums[max(children[-1], children[0])] - sums[children[0]]
    return within >= _LEAST_CHILD_WORDS * max(1, len(children) - 1)


def find_by_headings(flow: Flow, *, below_parts: bool = False) -> list[Start]:
    """A start for every heading of the highest level that comes more than once, and for those above it.

    With `below_parts`, a level whose headings are mostly parts ("PART I") counts as above the chapters.
    """
    levels = Counter(piece.level for piece in flow.pieces if piece.level)
    chosen = next((level for level in sorted(levels) if levels[level] >= 2), min(levels, default=0))
    while below_parts and max(levels, default=0) > chosen and _are_parts(flow, chosen):
        chosen = min(level for level in levels if level > chosen)
    listed = [n for n, piece in enumerate(flow.pieces) if 0 < piece.level <= chosen] if below_parts else []
    listed = [n for n in listed if not _is_continued(flow.pieces, n)]
    return [
        Start(
            at=n,
            title=read_heading_title(flow.pieces, n, listed),
            is_part=piece.level < chosen or _is_named_part(one_line(piece.text)),
        )
        for n, piece in enumerate(flow.pieces)
        if 0 < piece.level <= chosen and not _is_continued(flow.pieces, n)
    ]


def _are_parts(flow: Flow, level: int) -> bool:
    """Whether most headings of a level name parts."""
    there = [piece for piece in flow.pieces if piece.level == level]
    return sum(_is_named_part(one_line(piece.text)) for piece in there) * 2 > len(there)


def _is_continued(pieces: Sequence[Piece], n: int) -> bool:
    """Whether a heading continues the one directly before it: "Chapter I" / "The Title" on one level."""
    return n > 0 and pieces[n - 1].level == pieces[n].level and _is_bare_label(pieces[n - 1].text)


def _is_bare_label(text: str) -> bool:
    heading = headings.recognise(one_line(text))
    return heading is not None and not heading.title and heading.family != headings.NAMED


def find_by_pages(flow: Flow) -> list[Start]:
    """A start for every page."""
    return [
        Start(at=at, title=read_heading_title(flow.pieces, at))
        for at in sorted(set(flow.pages.values()))
        if at < len(flow.pieces)
    ]


def find_unlisted_pages(flow: Flow, listed: Sequence[Start], deepest: int) -> list[Start]:
    """Starts for pages that open with a heading but are not in the contents."""
    known = {start.at for start in listed}
    found = []
    for at in sorted(set(flow.pages.values())):
        opening = flow.pieces[at : at + 2]
        if at in known or not opening or any(at + n in known for n in range(len(opening))):
            continue
        level = next((piece.level for piece in opening if piece.level), 0)
        if 0 < level <= deepest:
            found.append(Start(at=at, title=read_heading_title(flow.pieces, at)))
    return found


def read_heading_title(pieces: Sequence[Piece], at: int, listed: Collection[int] = ()) -> str:
    """The title from the headings at a place, label and title joined; empty without a heading within three pieces.

    A heading at one of the places in `listed` begins something itself, so it is not the title of the one before it.
    """
    for n in range(at, min(at + 3, len(pieces))):
        if not pieces[n].level:
            continue
        lines = [one_line(line) for line in pieces[n].text.split("\n") if line.strip()]
        if n + 1 < len(pieces) and n + 1 not in listed and pieces[n + 1].level and len(lines) == 1:
            lines.append(one_line(pieces[n + 1].text))
        if len(lines) > 1 and _is_bare_label(lines[0]):
            return f"{lines[0].rstrip(' .:')}: {' '.join(lines[1:])}"
        return one_line(pieces[n].text)
    return ""


def choose_title(title: str, pieces: Sequence[Piece], at: int, listed: Collection[int]) -> str:
    """The title from the contents, unless it is a file name, or a bare number and the page has the full title."""
    found = read_heading_title(pieces, at, listed)
    if not title or title.casefold().endswith(_FILE_NAMES):
        return found
    more = found and len(found) > len(title) and _is_bare_label(title)
    return found if more and found.casefold().startswith(title.casefold().rstrip(" .:")) else title
