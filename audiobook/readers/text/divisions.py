"""The book's text → drafts of chapters and skipped stretches. Every block is in exactly one of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from audiobook.model.book import Facts, Paragraph
from audiobook.readers import headings
from audiobook.readers.assembling import Draft
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text import apparatus as marks
from audiobook.readers.text import contents, title_page
from audiobook.readers.text.apparatus import page_numbers, rejoin_words
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.entries import Entry
from audiobook.readers.text.marks import Promised, find_marks
from audiobook.readers.text.outline import Division, divide
from audiobook.readers.text.paragraphs import paragraph, scene_break
from audiobook.readers.titles import one_line

_MOST = 4  # headings in a row without a blank line: volume, book, part, chapter


def detach_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with each "CHAPTER I" line separated from the text directly below it."""
    for block in blocks:
        rest = block
        for _ in range(_MOST):
            heading = headings.recognise(rest.lines[0].text) if len(rest.lines) > 1 else None
            if heading is None or not _stands_alone(heading, rest):
                break
            yield Block(rest.lines[:1], rest.gap)
            rest = Block(rest.lines[1:], 0)
        yield rest


def _stands_alone(heading: headings.Heading, block: Block) -> bool:
    """Whether the first line is a heading by itself: a label without a title, or one whose title is complete."""
    if heading.family.startswith("titled") or heading.family == headings.NAMED:
        return False
    rest = " ".join(line.text for line in block.lines[1:])
    if heading.family in headings.NUMERALS:
        return headings.is_capitals(rest) and len(block.lines) <= 3
    if not heading.title:
        return True
    return len(rest.split()) > 40 or rest[:1] in "\"“'‘"


_EPIGRAPH = 150  # words under a part's heading that still belong to its first chapter
_FRONT = 40  # words before the first heading that make a chapter of their own
_TAIL = 30  # blocks at the end among which transcribers leave notes
_OPENING = "Opening"


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


def divide_text(blocks: Sequence[Block], layout: Layout, fallback_title: str) -> Divided:
    """Chapters and cuts of the blocks of a book, its facts from the blocks before the first chapter."""
    cuts: list[Cut] = []
    kept, entries = _cut_contents(_cut_unread(blocks, cuts), cuts)
    promised = Promised(
        titles=frozenset(entry.title for entry in entries if entry.title),
        alone=frozenset(entry.title for entry in entries if entry.number is None),
    )
    divisions = divide(find_marks(kept, layout, promised), kept, layout, entries)
    first = divisions[0].at if divisions else len(kept)
    page = _cut_title_page(kept[:first], whole=not divisions)
    facts = title_page.facts_of(kept[:page] or kept[: min(first, 1)] * bool(divisions), fallback_title)
    done = Divided(facts=facts, cuts=cuts)
    _Builder(done, kept, layout).build(page, divisions)
    done.cuts = list(_merge_nested(cuts))
    return done


def _merge_nested(cuts: Sequence[Cut]) -> Iterator[Cut]:
    """The cuts in order, without those inside another (a picture within a contents list)."""
    end = -1
    for cut in sorted(cuts, key=lambda cut: (cut.start, -cut.end)):
        if cut.end > end:
            yield cut
            end = cut.end


def _cut_unread(blocks: Sequence[Block], cuts: list[Cut]) -> list[Block]:
    pages = page_numbers(blocks)
    cuts += [_cut([blocks[n]], "page number") for n in sorted(pages)]
    blocks = rejoin_words(blocks, pages) if pages else blocks
    kept = []
    for n, block in enumerate(blocks):
        reason = marks.find_block_reason(block)
        if reason is None and (n < _TAIL or n >= len(blocks) - _TAIL) and marks.is_transcribers(block):
            reason = "transcriber's note"
        if reason:
            cuts.append(_cut([block], reason))
        else:
            kept.append(block)
    return kept


def _cut_contents(blocks: list[Block], cuts: list[Cut]) -> tuple[list[Block], list[Entry]]:
    kept: list[Block] = []
    listings = contents.find_contents(blocks)
    at = 0
    for listing in listings:
        kept += blocks[at : listing.start]
        cuts.append(_cut(blocks[listing.start : listing.end], listing.reason))
        at = listing.end
    return kept + blocks[at:], list(contents.entries_of(listings))


def _cut(blocks: Sequence[Block], reason: str, title: str | None = None) -> Cut:
    return Cut(start=blocks[0].start, end=blocks[-1].end, title=title or one_line(blocks[0].text)[:60], reason=reason)


def _cut_title_page(front: Sequence[Block], *, whole: bool) -> int:
    """How many of the blocks before the first chapter are a title page."""
    if not whole:
        page = 0
        while page < len(front) and (title_page.is_title_block(front[page]) or marks.is_scene_break(front[page])):
            page += 1
        return page
    page = 0
    while page < min(len(front) - 1, 8) and _is_heading_of_whole(front[page], first=page == 0):
        page += 1
    return page


def _is_heading_of_whole(block: Block, *, first: bool) -> bool:
    """Whether a block at the top of a text without chapters is its title or its author's line."""
    text = one_line(block.text)
    if first:
        return (
            len(block.lines) <= 3
            and headings.looks_like_title(text.strip(" _*=~#"), attached=True)
            and not text.endswith(".")
        )
    return title_page.is_by_line(text)


class _Builder:
    """Lays the blocks out as drafts, from the first to the last."""

    def __init__(self, done: Divided, blocks: Sequence[Block], layout: Layout) -> None:
        self._done = done
        self._blocks = blocks
        self._layout = layout
        self._waiting: list[Paragraph] = []  # headings of parts, for the chapter that follows
        self._part = ""

    def build(self, page: int, divisions: Sequence[Division]) -> None:
        """Fill the drafts and cuts. The first `page` blocks are a title page."""
        if not divisions:
            self._whole(page)
            return
        if page:
            self._done.cuts.append(_cut(self._blocks[:page], "title page"))
        self._front(page, divisions[0].at)
        ends = [*(division.at for division in divisions[1:]), len(self._blocks)]
        for division, end in zip(divisions, ends, strict=True):
            self._division(division, end)
        if self._waiting:
            self._add(self._part or _OPENING, [])

    def _whole(self, page: int) -> None:
        title = [paragraph(self._blocks[0], self._layout, "heading")] if page else []
        if page > 1:
            self._done.cuts.append(_cut(self._blocks[1:page], "title page"))
        self._add(self._done.facts.title, [*title, *self._paragraphs(page, len(self._blocks))])

    def _front(self, start: int, end: int) -> None:
        paragraphs = list(self._paragraphs(start, end))
        if sum(len(p.text.split()) for p in paragraphs) >= _FRONT:
            self._add(_OPENING, paragraphs)
        else:
            self._waiting = paragraphs

    def _division(self, division: Division, end: int) -> None:
        start = division.at + division.span
        label = division.heading.wording
        titles = [p for block in self._blocks[division.at : start] for p in self._heading(block)]
        reason = None if division.is_part else find_unread_reason(label)
        if reason:
            self._done.cuts.append(_cut(self._blocks[division.at : end], reason, one_line(label)))
            return
        body = list(self._paragraphs(start, end))
        if division.is_part:
            self._part = division.heading.label
            if sum(len(p.text.split()) for p in body) <= _EPIGRAPH:
                self._waiting += [*titles, *body]
                return
        self._add(label, [*titles, *body], within=division.heading.within)

    def _heading(self, block: Block) -> Iterator[Paragraph]:
        """A heading's lines as one paragraph, its label and title parted where they stand on different lines."""
        first = headings.recognise(block.lines[0].text) if len(block.lines) > 1 else None
        if first and not first.title:
            yield paragraph(Block(block.lines[:1], block.gap), self._layout, "heading")
            yield paragraph(Block(block.lines[1:], 0), self._layout, "heading")
        else:
            yield paragraph(block, self._layout, "heading")

    def _add(self, title: str, paragraphs: Sequence[Paragraph], within: str = "") -> None:
        self._done.drafts.append(
            Draft(
                title=title,
                paragraphs=(*self._waiting, *paragraphs),
                within=tuple(filter(None, [within or self._part])),
            )
        )
        self._waiting = []

    def _paragraphs(self, start: int, end: int) -> Iterator[Paragraph]:
        for is_break, group in groupby(range(start, end), key=lambda n: marks.is_scene_break(self._blocks[n])):
            if is_break:
                yield scene_break(tuple(self._blocks[n] for n in group))
                continue
            for n in group:
                if n > start and self._is_wide_gap(self._blocks[n].gap):
                    yield scene_break()
                yield self._told(n)

    def _is_wide_gap(self, gap: int) -> bool:
        return gap >= 2 * self._layout.paragraph_gap + 1

    def _told(self, n: int) -> Paragraph:
        """A paragraph of the story, or a heading within a chapter."""
        block = self._blocks[n]
        inner = len(block.lines) == 1 and block.gap > 0 and headings.recognise(block.lines[0].text)
        return paragraph(block, self._layout, "heading" if inner else None)
