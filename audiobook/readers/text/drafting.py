"""Blocks and divisions → drafts of chapters and cuts. Every block is in exactly one of them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from audiobook.model.book import Facts, Note, Paragraph
from audiobook.readers import headings
from audiobook.readers.assembling import Draft, is_bare_label
from audiobook.readers.evidence import Section, SectionPlace, find_section_reason
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text import apparatus
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.edges import STRONG_REASONS, Stretch
from audiobook.readers.text.notes import Notes, find_references
from audiobook.readers.text.outline import Division
from audiobook.readers.text.paragraphs import paragraph, scene_break
from audiobook.readers.titles import one_line

_EPIGRAPH = 150  # words under a part's heading that still belong to its first chapter
_SUMMARY = 12  # words of a title from which it is a summary
_OPENING = "Opening"
_UPPER_RANKS = {family: rank for rank, family in enumerate(headings.UPPER_FAMILIES)}
_NAMELESS_RANK = len(_UPPER_RANKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A stretch of the source that is not read."""

    start: int
    end: int
    title: str
    reason: str


@dataclass(slots=True)
class Divided:
    """What became of a text."""

    facts: Facts
    drafts: list[Draft] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def cut_blocks(blocks: Sequence[Block], reason: str, title: str | None = None) -> Cut:
    """Successive blocks that are not read."""
    return Cut(start=blocks[0].start, end=blocks[-1].end, title=title or one_line(blocks[0].text)[:60], reason=reason)


def cut_apart(blocks: Sequence[Block], reason: str, others: Sequence[Cut], title: str | None = None) -> list[Cut]:
    """Blocks that are not read, as several cuts where something else that is not read stood between them."""
    starts = sorted(cut.start for cut in others)
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and bisect_left(starts, groups[-1][-1].end) == bisect_left(starts, block.start):
            groups[-1].append(block)
        else:
            groups.append([block])
    return [cut_blocks(group, reason, title if group is groups[0] else None) for group in groups]


@dataclass(frozen=True, slots=True)
class _Part:
    """A volume, a part or a tale whose chapters follow."""

    rank: int
    label: str
    family: str
    is_tale: bool  # it has a title without a number


def _find_places(divisions: Sequence[Division]) -> list[SectionPlace]:
    """The place of each division: before, among or behind those that tell the story."""
    told = [n for n, division in enumerate(divisions) if not _is_matter(division.heading)]
    first, last = (told[0], told[-1]) if told else (0, len(divisions))
    return ["front" if n < first else "back" if n > last else "body" for n in range(len(divisions))]


def _is_matter(heading: headings.Heading) -> bool:
    return heading.family == headings.NAMED or (
        heading.number is None and find_unread_reason(heading.label) is not None
    )


class Drafting:
    """Lays the blocks out as drafts."""

    def __init__(self, done: Divided, blocks: Sequence[Block], layout: Layout, notes: Notes) -> None:
        self._done = done
        self._blocks = blocks
        self._layout = layout
        self._kinds: dict[str, list[str]] = {}
        for body in notes.bodies:
            self._kinds.setdefault(body.mark, []).append(body.kind)
        self._unread: set[int] = set()  # blocks that are left out
        self._waiting: list[Paragraph] = []  # headings of parts, for the chapter that follows
        self._parts: list[_Part] = []

    def build(self, divisions: Sequence[Division], left_out: Iterable[Stretch], end: int) -> None:
        """Fill the drafts and cuts; the story ends before the block `end`."""
        for part in left_out:
            self._done.cuts += cut_apart(self._blocks[part.start : part.end], part.reason, self._done.cuts)
            self._unread.update(range(part.start, part.end))
        first = divisions[0].at if divisions else end
        opening = list(self._paragraphs(range(first)))
        if not divisions:
            self._add(self._done.facts.title, opening)
            return
        if opening:
            self._add(_OPENING, opening)
        ends = [*(division.at for division in divisions[1:]), end]
        often = Counter(division.heading.label.casefold() for division in divisions)
        places = _find_places(divisions)
        for division, until, place in zip(divisions, ends, places, strict=True):
            self._division(division, until, often[division.heading.label.casefold()], place)
        if self._waiting:
            self._add(self._parts[-1].label if self._parts else _OPENING, [])

    def _find_reason(self, division: Division, end: int, place: SectionPlace) -> str | None:
        """Why a division is not read: by its title, its place and its content."""
        heading = division.heading
        named = find_unread_reason(heading.label) if heading.number is None else None
        if named is None:
            return None
        if place != "body" and named in STRONG_REASONS and heading.family == headings.NAMED:
            return named
        texts = [block.text for block in self._blocks[division.at + division.span : end]]
        return find_section_reason(Section(title=heading.label, texts=texts, place=place))

    def _division(self, division: Division, end: int, often: int, place: SectionPlace) -> None:
        start = division.at + division.span
        heading = division.heading
        label = one_line(headings.strip_note_mark(heading.wording))
        titles = [p for block in self._blocks[division.at : start] for p in self._heading(block)]
        reason = None if division.is_part else self._find_reason(division, end, place)
        if reason:
            self._done.cuts += cut_apart(self._blocks[division.at : end], reason, self._done.cuts, label)
            return
        body = list(self._paragraphs(range(start, end)))
        if division.is_part:
            self._open_part(division)
            if sum(len(p.text.split()) for p in body) <= _EPIGRAPH:
                self._waiting += [*titles, *body]
                return
            self._add(label, [*titles, *body], within=tuple(part.label for part in self._parts[:-1]))
            return
        self._close_parts(division, is_only=often == 1)
        if self._parts and self._parts[-1].is_tale and self._waiting and not is_bare_label(label):
            label = f"{self._parts[-1].label}: {label}"  # the first section of a tale names the tale
        elif self._parts and often > 1 and len(heading.title.split()) > _SUMMARY:
            label = f"{self._parts[-1].label}: {label}"  # a summary tells chapters apart that have the same number
        self._add(label, [*titles, *body], within=(heading.within,) if heading.within else None)

    def _open_part(self, division: Division) -> None:
        family = division.heading.family
        rank = _UPPER_RANKS.get(family, _NAMELESS_RANK) if division.heading.number is not None else _NAMELESS_RANK
        while self._parts and self._parts[-1].rank >= rank:
            self._parts.pop()
        label = division.heading.label if family in _UPPER_RANKS else one_line(division.heading.wording)
        self._parts.append(_Part(rank, label, family, is_tale=division.heading.number is None))

    def _close_parts(self, division: Division, *, is_only: bool) -> None:
        """Leave the parts that do not hold this chapter: a tale beside the last one, an epilogue behind all."""
        family = division.heading.family
        if family == headings.NAMED and is_only:
            self._parts.clear()
        while self._parts and self._parts[-1].family == family and division.heading.number is None:
            self._parts.pop()

    def _heading(self, block: Block) -> Iterator[Paragraph]:
        """A heading's lines as one paragraph, its label and title parted where they stand on different lines."""
        first = headings.recognise(block.lines[0].text) if len(block.lines) > 1 else None
        if first and not first.title:
            yield from self._paragraph(Block(block.lines[:1], block.gap), is_heading=True)
            yield from self._paragraph(Block(block.lines[1:], 0), is_heading=True)
        else:
            yield from self._paragraph(block, is_heading=True)

    def _add(self, title: str, paragraphs: Sequence[Paragraph], within: tuple[str, ...] | None = None) -> None:
        held = tuple(part.label for part in self._parts) if within is None else within
        self._done.drafts.append(Draft(title=title, paragraphs=(*self._waiting, *paragraphs), within=held))
        self._waiting = []

    def _paragraphs(self, places: Iterable[int]) -> Iterator[Paragraph]:
        before: int | None = None
        read = (n for n in places if n not in self._unread)
        for is_break, group in groupby(read, key=lambda n: apparatus.is_scene_break(self._blocks[n])):
            if is_break:
                yield scene_break(tuple(self._blocks[n] for n in group))
                before = None
                continue
            for n in group:
                if before is not None and self._blocks[n].gap >= 2 * self._layout.paragraph_gap + 1:
                    yield scene_break()
                before = n
                yield from self._told(self._blocks[n])

    def _told(self, block: Block) -> Iterator[Paragraph]:
        """A paragraph of the story, or a heading within a chapter."""
        inner = len(block.lines) == 1 and block.gap > 0 and headings.recognise(block.lines[0].text)
        yield from self._paragraph(block, is_heading=bool(inner))

    def _paragraph(self, block: Block, *, is_heading: bool) -> Iterator[Paragraph]:
        """The paragraph of a block without the marks of notes and pages in it; none where nothing else is in it."""
        found = [(start, end, reason) for start, end, reason in apparatus.find_inline_marks(block)]
        found += [(r.start, r.end, "note reference") for r in find_references(block, self._kinds)]
        holes: list[tuple[int, int]] = []
        for start, end, reason in sorted(found):
            if not holes or start >= holes[-1][1]:
                holes.append((start, end))
                text = "".join(line.text[max(0, start - line.start) : max(0, end - line.start)] for line in block.lines)
                self._done.cuts.append(Cut(start=start, end=end, title=one_line(text), reason=reason))
        made = paragraph(block, self._layout, "heading" if is_heading else None, holes)
        if made is not None:
            yield made
