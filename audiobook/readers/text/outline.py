"""Which of the lines that look like headings divide the book.

One line proves nothing: a chapter's number must rise, its heading stand apart, and something be told under it. Families
of headings ("Chapter N", "Part N", lone numerals, capitals …) are weighed as wholes, and the book's chapters are the
first of these that carries the book: chapters by name; scenes; numerals; parts; capitals. To them come the titles that
a contents list names, and titles that stand apart as the chapters do.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from audiobook.readers import headings
from audiobook.readers.headings import Heading
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text.apparatus import is_imprint, is_told
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.entries import Entry, key_of
from audiobook.readers.text.families import Body, choose_by_family, find_chain
from audiobook.readers.text.marks import Mark, find_counted, find_letters
from audiobook.readers.text.matching import match_entries

_LISTED_SHARE = 0.5  # of a contents list's entries, which the book repeats
_LEAST_UNDER_SIBLING = 40  # words under a title that stands apart as the chapters do
_LEAST_IN_FRONT = 60  # the same before the first chapter, where the lines of title pages stand apart, too
_PLENTY = 400  # words under a title, which no title page has
_LEAST_GAP = 3  # blank lines before such a title
_MOST_UNDER_PARENT = 60  # words between a title and the sections that it holds
_ALMOST_NOTHING = 5  # words between a title and the next one, which it holds then, whatever both are
_UNNUMBERED = frozenset({"promised", "capitals", "bare"})
_MAY_BE_PARENTS = _UNNUMBERED | set(headings.UPPER_FAMILIES)


class Division(NamedTuple):
    """A place where the book is divided."""

    at: int
    span: int
    heading: Heading
    is_part: bool  # it holds chapters rather than being one


class Outline(NamedTuple):
    """How the book is divided."""

    divisions: list[Division]  # in order
    listed: frozenset[int]  # the places of those that a contents list names


class Listed(NamedTuple):
    """What the contents lists say of the marks."""

    marks: frozenset[Mark]  # that an entry names
    is_trusted: bool  # the book repeats most of the entries

    def leaves(self) -> list[Mark]:
        """The marks that may be chapters."""
        return sorted(mark for mark in self.marks if mark.heading.family not in headings.UPPER_FAMILIES)


def divide(marks: Sequence[Mark], blocks: Sequence[Block], layout: Layout, entries: Sequence[Entry] = ()) -> Outline:
    """The divisions of the book; none where it has no headings that can be trusted."""
    body = Body(blocks)
    families: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        families[mark.heading.family].append(mark)
    families["alphabet"], families["counted"] = find_letters(blocks), find_counted(blocks)
    listed = _match(entries, marks)
    chapters = _choose(families, listed, body, layout)
    if not chapters:
        return Outline([], frozenset())
    chapters = sorted({*chapters, *_find_siblings(chapters, marks, body, listed)})
    named = [mark for mark in families[headings.NAMED] if _is_named_division(mark, chapters, body, listed)]
    parts = _find_parts(chapters, families, marks, body) + _find_parents(sorted({*chapters, *named}), body, named)
    parts = _drop_title_pages(parts, sorted({*chapters, *named}), body)
    return Outline(_assemble(chapters, named, parts), frozenset(mark.at for mark in listed.marks))


def _assemble(chapters: Iterable[Mark], named: Iterable[Mark], parts: Sequence[Mark]) -> list[Division]:
    """All divisions in order, each block in one only: a part before a chapter, a chapter before a named division."""
    places: dict[int, Division] = {}
    for group, is_part in ((parts, True), (chapters, False), (named, False)):
        for mark in group:
            places.setdefault(mark.at, Division(*mark, is_part=is_part))
    found: list[Division] = []
    for at in sorted(places):
        if not found or at >= found[-1].at + found[-1].span:
            found.append(places[at])
    return found


def _match(entries: Sequence[Entry], marks: Sequence[Mark]) -> Listed:
    chain = match_entries(entries, marks)
    parted = _part_titles(entries, marks, chain)
    if len(parted) > len(entries):
        entries, chain = parted, match_entries(parted, marks)
    found = frozenset(marks[n] for n in chain.values())
    leaves = {e for e, entry in enumerate(entries) if not entry.is_upper}
    matched = leaves & set(chain)
    return Listed(found, len(matched) >= 2 and len(matched) >= _LISTED_SHARE * len(leaves))


def _part_titles(entries: Sequence[Entry], marks: Sequence[Mark], chain: Mapping[int, int]) -> list[Entry]:
    """The entries, with a title on the line beneath a number made an entry of its own where no heading has both."""
    alone = {key_of(mark.heading.label) for mark in marks if mark.heading.number is None}
    found: list[Entry] = []
    for n, entry in enumerate(entries):
        named = n in chain and marks[chain[n]].heading.title
        if entry.is_joined and not named and entry.title in alone:
            found += [entry._replace(title=""), entry._replace(family="", number=None)]
        else:
            found.append(entry)
    return found


def _choose(families: Mapping[str, list[Mark]], listed: Listed, body: Body, layout: Layout) -> list[Mark]:
    """The marks that are the book's chapters."""
    by_family = choose_by_family(families, body, layout, listed.marks if listed.is_trusted else frozenset())
    if not listed.is_trusted:
        return by_family
    leaves = _drop_swallowed(listed.leaves(), by_family)
    if not leaves:
        return by_family
    looks = [mark for mark in by_family if mark.heading.family in _UNNUMBERED]
    by_family = [mark for mark in by_family if mark not in looks or mark.at > leaves[0].at]
    named = [mark for mark in leaves if mark.heading.family == headings.NAMED]
    if len(named) == len(leaves):
        return sorted({*by_family, *leaves})
    own = {mark.heading.family for mark in by_family}
    agreed = sum(mark in listed.marks for mark in by_family) >= 0.3 * len(by_family)
    if agreed or own & {"chapter", "scene"} or _are_nested(by_family, leaves, body):
        return sorted({*by_family, *leaves})
    return leaves


def _drop_swallowed(leaves: Sequence[Mark], chapters: Sequence[Mark]) -> list[Mark]:
    """The listed marks without those that are the title of another chapter."""
    taken = {at for mark in chapters for at in range(mark.at + 1, mark.at + mark.span)}
    return [mark for mark in leaves if mark.at not in taken]


def _are_nested(inner: Sequence[Mark], outer: Sequence[Mark], body: Body) -> bool:
    """Whether the inner marks divide outer ones that are too long to be chapters."""
    return bool(inner) and body.median(outer) > body.NOVELLA


def _find_siblings(chapters: Sequence[Mark], marks: Sequence[Mark], body: Body, listed: Listed) -> list[Mark]:
    """Titles without a number that stand apart as the chapters do, with text under them: a preface, an interlude."""
    gaps = sorted(body.blocks[mark.at].gap for mark in chapters if mark.at)
    least = max(_LEAST_GAP, gaps[len(gaps) // 4] if gaps else _LEAST_GAP)
    taken = {at for mark in chapters for at in range(mark.at, mark.at + mark.span)}
    first, last = chapters[0].at, chapters[-1].at
    found = []
    for n, mark in enumerate(marks):
        if mark.at in taken or mark.heading.family not in _UNNUMBERED or body.blocks[mark.at].gap < least:
            continue
        between = first < mark.at < last
        if mark.at > first and listed.is_trusted and mark not in listed.marks:
            continue
        if find_unread_reason(mark.heading.label) and between:
            continue
        end = marks[n + 1].at if n + 1 < len(marks) else len(body.blocks)
        least_words = _LEAST_UNDER_SIBLING if mark.at > first else _LEAST_IN_FRONT
        words = body.words(mark.at + mark.span, end)
        if words >= least_words and (words >= _PLENTY or _is_told(mark, end, body)):
            found.append(mark)
    return found


def _is_told(mark: Mark, end: int, body: Body) -> bool:
    """Whether a paragraph of some length is under a title, rather than the short lines of a title page."""
    under = mark.at + mark.span
    return any(is_told(block) for block in body.blocks[under : min(end, under + 3)])


def _is_named_division(mark: Mark, chapters: Sequence[Mark], body: Body, listed: Listed) -> bool:
    """Whether a prologue, an index … is a division: it is by itself, and unread matter is before or after the story."""
    if any(chapter.at <= mark.at < chapter.at + chapter.span for chapter in chapters):
        return False
    if chapters[0].at < mark.at < chapters[-1].at:
        if find_unread_reason(mark.heading.label) or (listed.is_trusted and _speaks_of_notes(mark)):
            return False
    elif mark.at < chapters[0].at and _is_of_title_page(mark, body):
        return False
    return mark.at == 0 or body.blocks[mark.at].gap != 0


def _speaks_of_notes(mark: Mark) -> bool:
    return key_of(mark.heading.label).startswith("notes ")


def _is_of_title_page(mark: Mark, body: Body) -> bool:
    """Whether a line like "Introduction by …" is on a title page: an imprint is under it, and nothing is told."""
    under = body.blocks[mark.at + mark.span : mark.at + mark.span + 3]
    return any(is_imprint(block) for block in under) and not any(is_told(block) for block in under)


def _find_parts(
    chapters: Sequence[Mark],
    families: Mapping[str, list[Mark]],
    marks: Sequence[Mark],
    body: Body,
) -> list[Mark]:
    """The marks that hold chapters: upper families, and others with nothing told before their first chapter."""
    chosen = Counter(mark.heading.family for mark in chapters)
    parts = [mark for family in headings.UPPER_FAMILIES if family not in chosen for mark in families[family]]
    for family in (*headings.TITLED_NUMERALS, *headings.NUMERALS):
        chain = find_chain(families[family], [])
        if family not in chosen and holds(chain, chapters):
            parts += chain
    parts += _find_parents(chapters, body)
    for family in chosen:
        outer = [mark for mark in chapters if mark.heading.family == family]
        inner = [mark for mark in chapters if mark.heading.family != family and mark.heading.number is not None]
        if family in headings.CHAPTER_FAMILIES and len(inner) > len(outer) and _restarts_under(outer, inner):
            parts += outer
    return parts + _find_nameless_parts(chapters, marks)


def _restarts_under(outer: Sequence[Mark], inner: Sequence[Mark]) -> bool:
    """Whether the inner numbers begin anew under each outer heading: the stories of each day."""
    firsts = [mark.at for mark in inner if mark.heading.number == 1]
    return len(outer) >= 2 and len(firsts) == len(outer) and all(a.at < b for a, b in zip(outer, firsts, strict=True))


def _drop_title_pages(parts: Sequence[Mark], chapters: Sequence[Mark], body: Body) -> list[Mark]:
    """The parts without those on title pages, where a volume is named with a printer and not right above a chapter."""
    first = chapters[0].at
    kept: list[Mark] = []
    for mark in sorted(parts, reverse=True):
        after = kept[-1].at if kept and kept[-1].at < first else first
        between = body.blocks[mark.at + mark.span : after] if mark.at < first else ()
        words = body.words(mark.at + mark.span, after) if between else 0
        if words <= _MOST_UNDER_PARENT and not any(is_imprint(block) for block in between):
            kept.append(mark)
    return kept[::-1]


def holds(outer: Sequence[Mark], inner: Sequence[Mark]) -> bool:
    """Whether at least two of the outer marks hold inner marks of their own, and most do."""
    if len(outer) < 2:
        return False
    starts = [mark.at for mark in outer]
    holding = {sum(1 for start in starts if start <= mark.at) for mark in inner} - {0}
    return len(holding) >= max(2, 0.7 * len(outer))


def _find_parents(chapters: Sequence[Mark], body: Body, among: Sequence[Mark] | None = None) -> list[Mark]:
    """The chosen marks that only head the chapters behind them: nothing, or next to nothing, is told between."""
    found = []
    for mark, after in pairwise(chapters):
        if among is not None and (mark not in among or after.heading.number != 1):
            continue
        words = body.words(mark.at + mark.span, after.at)
        same = mark.heading.family == after.heading.family
        if words <= _ALMOST_NOTHING and (not same or mark.heading.number is None):
            found.append(mark)
        elif not same and words <= _MOST_UNDER_PARENT and mark.heading.family in _MAY_BE_PARENTS:
            opens = after.heading.number in {1, None} or after.heading.family == headings.NAMED
            found += [mark] if opens else []
    return found


def _find_nameless_parts(chapters: Sequence[Mark], marks: Sequence[Mark]) -> list[Mark]:
    """Titles without a number directly before a first chapter: parts whose number was lost, tales in sections."""
    known = [mark for mark in marks if mark.heading.family not in _UNNUMBERED]
    taken = {at for mark in (*known, *chapters) for at in range(mark.at, mark.at + mark.span)}
    by_place = {mark.at: mark for mark in marks if mark.heading.family in _UNNUMBERED}
    before = [chapter.at - 1 for chapter in chapters if chapter.heading.number == 1]
    found = [by_place[at] for at in before if at not in taken and at in by_place]
    if found and found[0].at == chapters[0].at - 1 and len(found) == 1:
        return []  # the title of the book
    return [Mark(mark.at, 1, Heading(family="part", number=None, label=mark.heading.label)) for mark in found]
