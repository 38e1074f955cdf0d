"""Finds where chapters and parts begin: by the contents, by headings, or by pages."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from audiobook.readers import headings
from audiobook.readers.html.flow import Piece
from audiobook.readers.matter import UNREAD_TYPES, find_unread_reason
from audiobook.readers.sections.contents import Navigation
from audiobook.readers.sections.places import Flow, Placed, is_part_heading, is_same_title, nest_counted, place_entries
from audiobook.readers.sections.section_titles import join_title, read_heading_lines
from audiobook.readers.titles import one_line, word_count

_PART_WORDS = 150  # directly under a heading, up to which it may be a part that holds chapters
_LIST_LEVEL = 2  # headings up to this level begin a chapter on a page that the contents do not name
_LEAST_PART_WORDS = 5000  # of a section, and a quarter of the book, that may be a part under another name
_FAR_MORE = 3  # times as many headings as entries of the contents: these name only the parts
_LEAST_HEADINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStart:
    """A piece with which a section begins: a chapter, a part, or front or back matter."""

    at: int
    title: str = ""  # as the contents have it; empty where only the text has it
    parents: tuple[str, ...] = ()  # titles of the parts that hold it, the highest first
    is_part: bool = False
    reason: str = ""  # why it is not read, where the book says so
    is_loose: bool = False  # begins no chapter: front or back matter, or else a continuation of the section before it


def find_starts(flow: Flow, navigation: Navigation, *, is_loose: bool) -> list[SectionStart]:
    """Where everything begins, in order, one start a place.

    `is_loose`: a book that nobody laid out as one, whose contents may be any list of links.
    """
    placed = nest_counted(_choose_contents(flow, navigation), flow)
    found = _make_starts(placed, flow)
    by_headings = _find_by_headings(flow)
    listed = sum(not start.is_part for start in found)
    chapters = sum(not start.is_part for start in by_headings)
    if listed < 2 and chapters > listed:
        found = _merge(by_headings, [])
    elif chapters >= max(_LEAST_HEADINGS, _FAR_MORE * listed) and not is_loose:
        found = _merge(by_headings, found)
    if found:
        found = _split_leaves(found, flow)
        found = _merge(found, list(_find_unlisted_pages(flow, found)))
        found = _merge(found, list(_find_matter(flow, found)))
    else:
        found = [SectionStart(at=at) for at in sorted(set(flow.page_starts)) if at < len(flow.pieces)]
    return _merge(list(_find_declared(flow, navigation)), found)


def _merge(first: Sequence[SectionStart], second: Sequence[SectionStart]) -> list[SectionStart]:
    """Both in order; at one place that of the first."""
    places = {start.at: start for start in [*reversed(second), *reversed(first)]}
    return [places[at] for at in sorted(places)]


def _choose_contents(flow: Flow, navigation: Navigation) -> list[Placed]:
    """The better of the book's tables of contents: that which leads to more places in the text."""
    best: list[Placed] = []
    for entries in navigation.contents:
        placed = place_entries(entries, flow)
        if _count_titled(placed) > _count_titled(best):
            best = placed
    return best


def _count_titled(placed: Sequence[Placed]) -> int:
    return len({entry.at for entry in placed if entry.title})


def _make_starts(placed: Sequence[Placed], flow: Flow) -> list[SectionStart]:
    """A start for every entry: a part where it holds others and has little text of its own, else a chapter."""
    sums = list(accumulate((0 if piece.level else word_count(piece.text) for piece in flow.pieces), initial=0))
    places = sorted({entry.at for entry in placed})
    starts: dict[int, SectionStart] = {}
    part: tuple[int, str] | None = None  # depth and title of a part that stands beside its chapters in the contents
    for entry in placed:
        end = places[after] if (after := bisect_left(places, entry.at + 1)) < len(places) else len(flow.pieces)
        own = sums[end] - sums[entry.at]
        is_named = _is_named_part(entry.title) or is_part_heading(flow.pieces[entry.at]) if entry.at < end else False
        is_part = own <= _PART_WORDS and (entry.has_children or (is_named and own == 0))
        if (part and entry.depth < part[0]) or (part and is_named):
            part = None
        parents = entry.parents if part is None or entry.depth > part[0] else (*entry.parents, part[1])
        if is_named and not entry.has_children and (own <= _PART_WORDS):
            part = (entry.depth, entry.title)
        start = SectionStart(at=entry.at, title=entry.title, parents=parents, is_part=is_part)
        known = starts.get(entry.at)
        if known is None or known.is_part or _fits_better(start, known, flow):
            starts[entry.at] = start
    return [starts[at] for at in sorted(starts)]


def _fits_better(start: SectionStart, known: SectionStart, flow: Flow) -> bool:
    """Whether of two entries that lead to one place, the second has the title that stands there."""
    there = flow.pieces[start.at].text if start.at < len(flow.pieces) else ""
    return not start.is_part and is_same_title(there, start.title) and not is_same_title(there, known.title)


def _is_named_part(title: str) -> bool:
    heading = headings.recognise(one_line(title))
    return heading is not None and heading.family in headings.UPPER_FAMILIES


def _find_by_headings(flow: Flow) -> list[SectionStart]:
    """A start for every heading of the level of chapters, and of the levels above it, each with the parts above it."""
    ranks = {n: _rank(piece) for n, piece in enumerate(flow.pieces) if piece.level}
    stacks = list(_list_stacks(flow.pieces, ranks))
    if not stacks:
        return []
    chosen = _choose_rank(stacks, ranks, flow)
    starts: list[SectionStart] = []
    above: dict[int, str] = {}  # rank → the title of the part there
    for stack in stacks:
        top = min(ranks[n] for n in stack)
        if top > chosen:
            continue
        above = {rank: title for rank, title in above.items() if rank < top}
        lowest = max(rank for n in stack if (rank := ranks[n]) <= chosen)
        parts = [n for n in stack if ranks[n] < lowest]
        above |= {ranks[n]: one_line(flow.pieces[n].text) for n in parts}
        is_part = top < chosen and not parts and _count_below(stack, flow) == 0
        starts.append(SectionStart(at=stack[0], parents=tuple(above[rank] for rank in sorted(above)), is_part=is_part))
        if top < chosen and not parts and (is_part or _is_named_part(one_line(flow.pieces[stack[0]].text))):
            above[top] = join_title(read_heading_lines([flow.pieces[n] for n in stack]))
    return starts


def _rank(piece: Piece) -> int:
    """The level of a heading, with the names of parts above other headings of their level."""
    return 2 * piece.level - _is_named_part(one_line(piece.text))


def _list_stacks(pieces: Sequence[Piece], ranks: Mapping[int, int]) -> Iterator[list[int]]:
    """Headings that follow one another without text between, each group as its places.

    A heading of a higher rank than the one before it begins another group.
    """
    stack: list[int] = []
    for n, piece in enumerate(pieces):
        if piece.level and not (stack and ranks[n] < ranks[stack[-1]]):
            stack.append(n)
        elif piece.level:
            yield stack
            stack = [n]
        elif stack and piece.kind != "break":
            yield stack
            stack = []
    if stack:
        yield stack


def _count_below(stack: Sequence[int], flow: Flow) -> int:
    """The words of text directly under a group of headings."""
    words = 0
    for piece in flow.pieces[stack[-1] + 1 :]:
        if piece.level or words > _PART_WORDS:
            break
        words += word_count(piece.text)
    return words


def _choose_rank(stacks: Sequence[Sequence[int]], ranks: Mapping[int, int], flow: Flow) -> int:
    """The rank of chapters: the highest that comes more than once and does not mostly hold parts."""
    tops = [(min(ranks[n] for n in stack), stack) for stack in stacks]
    often = Counter(ranks[n] for _, stack in tops for n in stack if n == stack[0] or ranks[n] > ranks[stack[0]])
    chosen = next((rank for rank in sorted(often) if often[rank] >= 2), min(often))
    while True:
        there = [stack for rank, stack in tops if rank == chosen]
        below = [rank for stack in there if (rank := _find_rank_below(stack, chosen, ranks, flow)) is not None]
        if len(below) * 2 <= len(there):
            return chosen
        chosen = Counter(below).most_common(1)[0][0]


def _find_rank_below(stack: Sequence[int], rank: int, ranks: Mapping[int, int], flow: Flow) -> int | None:
    """The rank of the headings in a part: of the first one below its own, with no text between.

    None for a heading without the name of a part, and for a part without headings.
    """
    if not _is_named_part(one_line(flow.pieces[stack[0]].text)):
        return None
    if inside := [ranks[n] for n in stack[1:] if ranks[n] > rank]:
        return min(inside)
    words = 0
    for n in range(stack[-1] + 1, len(flow.pieces)):
        if flow.pieces[n].level:
            return ranks[n] if ranks[n] > rank else None
        words += word_count(flow.pieces[n].text)
        if words > _PART_WORDS:
            return None
    return None


def _split_leaves(starts: Sequence[SectionStart], flow: Flow) -> list[SectionStart]:
    """The starts, and those of chapters that the contents do not name: numbered headings inside a part."""
    ends = [*(start.at for start in starts), len(flow.pieces)][1:]
    sums = list(accumulate((word_count(piece.text) for piece in flow.pieces), initial=0))
    found: list[SectionStart] = []
    for start, end in zip(starts, ends, strict=True):
        is_large = sums[end] - sums[start.at] > max(_LEAST_PART_WORDS, sums[-1] // 4)
        inside = _list_labels(start, end, flow) if is_large or _is_named_part(start.title) else []
        if len(inside) < 2:
            found.append(start)
            continue
        own = sum(word_count(piece.text) for piece in flow.pieces[start.at : inside[0]] if not piece.level)
        found.append(replace(start, is_part=own <= _PART_WORDS))
        parents = (*start.parents, start.title or one_line(flow.pieces[start.at].text))
        found += [SectionStart(at=n, parents=parents) for n in inside if n > start.at]
    return found


def _list_labels(start: SectionStart, end: int, flow: Flow) -> list[int]:
    return [n for n in range(start.at, end) if flow.pieces[n].level and _is_chapter_label(flow.pieces[n], start)]


def _is_chapter_label(piece: Piece, start: SectionStart) -> bool:
    """Whether a heading inside a section is that of a chapter by its own words."""
    heading = headings.recognise(one_line(piece.text))
    if heading is None or is_same_title(piece.text, start.title):
        return False
    if heading.family in headings.CHAPTER_FAMILIES:
        return True
    return _is_named_part(start.title) and heading.family in {*headings.NUMERALS, *headings.TITLED_NUMERALS}


def _find_unlisted_pages(flow: Flow, known: Sequence[SectionStart]) -> Iterator[SectionStart]:
    """Starts for pages that open with a heading but are not in the contents."""
    places = [start.at for start in known]
    levels = [flow.pieces[at].level for at in places if at < len(flow.pieces) and flow.pieces[at].level]
    deepest = max(_LIST_LEVEL, Counter(levels).most_common(1)[0][0]) if levels else _LIST_LEVEL
    for at in flow.page_starts:
        opening = flow.pieces[at : at + 2]
        before = bisect_left(places, at)
        if not opening or (before < len(places) and places[before] - at < len(opening)):
            continue
        level = next((piece.level for piece in opening if piece.level), 0)
        if 0 < level <= deepest:
            parents = known[before - 1].parents if before else ()
            yield SectionStart(at=at, parents=parents)
        else:
            yield SectionStart(at=at, is_loose=True)


def _find_matter(flow: Flow, known: Sequence[SectionStart]) -> Iterator[SectionStart]:
    """Starts for headings that name front or back matter; before the first chapter, for every heading."""
    first = next((start.at for start in known if not start.is_loose), 0)
    for n, piece in enumerate(flow.pieces):
        if piece.level and (n < first or find_unread_reason(one_line(piece.text))):
            yield SectionStart(at=n, is_loose=True)


def _find_declared(flow: Flow, navigation: Navigation) -> Iterator[SectionStart]:
    """Starts for anchors that the landmarks or the guide declare as unread."""
    for (name, anchor), kind in navigation.landmarks.items():
        at = flow.anchors.get((name, anchor)) if anchor else None
        if at is not None and kind in UNREAD_TYPES:
            yield SectionStart(at=at, reason=UNREAD_TYPES[kind])
