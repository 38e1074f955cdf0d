"""Which of the lines that look like headings divide the book.

One line proves nothing: a chapter's number must rise, its heading stand apart, and something be told under it. Families
of headings ("Chapter N", "Part N", lone numerals, capitals …) are weighed as wholes, and the book's chapters are the
first of these that carries the book: chapters by name; scenes; numerals; parts; titles the contents promise; capitals.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import NamedTuple

from audiobook.readers import drama, headings
from audiobook.readers.headings import Heading
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.contents import key_of

_LEAST_BODY = 40  # words, the median under a family of numbered or capital headings
_LEAST_LONE_BODY = 3  # words under lone numerals, three or more of them: the parts of a poem
_LEAST_CAPITALS_BODY = 150
_MOST_GAP_IN_NUMBERS = 3  # chapters whose headings were lost, at most, in a row
_NOVELLA = 12_000  # words under a numbered title, beyond which numerals within are the chapters


class Mark(NamedTuple):
    """A block that looks like a heading."""

    at: int  # its block
    span: int  # blocks it takes: the label, and the title beneath it
    heading: Heading


class Division(NamedTuple):
    """A place where the book is divided."""

    at: int
    span: int
    heading: Heading
    is_part: bool  # it holds chapters rather than being one


def find_marks(blocks: Sequence[Block], layout: Layout, promised: frozenset[str]) -> list[Mark]:
    """Every block that looks like a heading, with the title beneath it."""
    marks: list[Mark] = []
    spoken = drama.find_spoken([block.text for block in blocks])
    at = 0
    while at < len(blocks):
        mark = None if at in spoken else _mark(blocks, at, layout, promised)
        if mark and mark.span > 1 and at + 1 in spoken:
            mark = Mark(at, 1, replace(mark.heading, title=""))  # a speaker's name
        if mark:
            marks.append(mark)
        at += mark.span if mark else 1
    return marks


def _mark(blocks: Sequence[Block], at: int, layout: Layout, promised: frozenset[str]) -> Mark | None:
    block = blocks[at]
    heading = headings.recognise(block.lines[0].text) if len(block.lines) <= 5 else None
    if heading and len(block.lines) > 1:
        heading = _add_rest(block, heading)
    if heading:
        return _add_title_beneath(blocks, at, heading)
    if len(block.lines) > 3 or (block.gap == 0 and at) or at + 1 >= len(blocks):
        return None
    if promised and len(block.text) <= headings.LONGEST_LINE and key_of(block.text) in promised:
        return Mark(at, 1, Heading(family="promised", number=None, label=block.text.strip(" _*=~")))
    apart = (block.gap >= 1 or at == 0) and blocks[at + 1].gap >= 1
    if apart and headings.is_bare_capitals(block.text):
        return Mark(at, 1, Heading(family="capitals", number=None, label=block.text.strip(" _*=~")))
    if (
        block.gap > max(2, layout.paragraph_gap)
        and apart
        and len(block.lines) == 1
        and headings.is_bare_title(block.text)
    ):
        return Mark(at, 1, Heading(family="bare", number=None, label=block.text.strip(" _*=~")))
    return None


def _add_rest(block: Block, heading: Heading) -> Heading | None:
    """The heading with its title from the block's other lines; None where these are prose."""
    rest = " ".join(line.text for line in block.lines[1:])
    if heading.family.startswith("numeral") and not headings.is_capitals(rest):
        return None
    if heading.title:
        goes_on = len(rest.split()) <= 40 and not heading.title.endswith((".", "!", "?", '"', "”"))
        return _add_title(heading, f"{heading.title} {rest}") if goes_on else None
    return _add_title(heading, rest) if headings.looks_like_title(rest, attached=True) else None


def _add_title(heading: Heading, title: str) -> Heading:
    return Heading(
        family=heading.family,
        number=heading.number,
        label=heading.label,
        title=title.strip(" _"),
        within=heading.within,
    )


def _add_title_beneath(blocks: Sequence[Block], at: int, heading: Heading) -> Mark:
    """The mark, taking the block beneath a bare label where that is the title."""
    beneath = at + 1
    if heading.title or len(blocks[at].lines) > 1 or heading.family == headings.NAMED or beneath + 1 >= len(blocks):
        return Mark(at, 1, heading)
    block = blocks[beneath]
    attached = block.gap <= 0
    short = len(block.lines) <= (5 if attached else 2)
    text = block.text.strip(" _*=~>")
    if not short or not text or _is_label(block) or not headings.looks_like_title(text, attached=attached):
        return Mark(at, 1, heading)
    return Mark(at, 2, _add_title(heading, text))


def _is_label(block: Block) -> bool:
    """Whether the block is a heading of its own, rather than a title ("I GO TO STYLES" is one)."""
    heading = headings.recognise(block.lines[0].text)
    return heading is not None and not (
        heading.family in headings.TITLED_NUMERALS and headings.is_capitals(heading.line)
    )


def divide(marks: Sequence[Mark], blocks: Sequence[Block], layout: Layout) -> list[Division]:
    """The divisions of the book, in order; none where it has no headings that can be trusted."""
    body = _Body(blocks)
    families: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        families[mark.heading.family].append(mark)
    chapters = _choose_chapters(families, body, layout)
    if not chapters:
        return []
    chosen = {mark.heading.family for mark in chapters}
    parts = [
        mark
        for family in (*headings.UPPER_FAMILIES, *headings.TITLED_NUMERALS)
        if family not in chosen and (family in headings.UPPER_FAMILIES or _holds(families[family], chapters))
        for mark in families[family]
    ]
    named = [mark for mark in families[headings.NAMED] if _is_named_division(mark, chapters, body)]
    divisions = [Division(*mark, is_part=False) for mark in (*chapters, *named)]
    divisions += [Division(*mark, is_part=True) for mark in (*parts, *_find_nameless_parts(chapters, blocks, marks))]
    return sorted(dict.fromkeys(divisions))


class _Body:
    """How many words stand between two blocks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._sums = list(accumulate((sum(len(line.text.split()) for line in b.lines) for b in blocks), initial=0))

    def words(self, start: int, end: int | None = None) -> int:
        return self._sums[len(self._sums) - 1 if end is None else end] - self._sums[min(start, len(self._sums) - 1)]

    def median(self, marks: Sequence[Mark]) -> int:
        """The median of the words under each of the marks."""
        ends: list[int | None] = [*(mark.at for mark in marks[1:]), None]
        under = sorted(self.words(mark.at + mark.span, end) for mark, end in zip(marks, ends, strict=True))
        return under[len(under) // 2] if under else 0


def _choose_chapters(families: Mapping[str, list[Mark]], body: _Body, layout: Layout) -> list[Mark]:
    """The marks that are the book's chapters: of the first families that carry it."""
    by_name = _choose_by_name(families, body)
    if by_name:
        return by_name
    for family in headings.LOWER_FAMILIES:
        if len(families[family]) >= 2:
            return families[family]
    numbered = _choose_by_number(families, body, layout)
    if numbered:
        return numbered
    for family in reversed(headings.UPPER_FAMILIES):
        if families[family]:
            return families[family]
    if len(families["promised"]) >= 2:
        return families["promised"]
    return _choose_by_looks(families, body, layout)


def _choose_by_name(families: Mapping[str, list[Mark]], body: _Body) -> list[Mark]:
    chosen = list(families["chapter"])
    for family in headings.CHAPTER_FAMILIES[1:]:
        marks = families[family]
        if len(marks) >= 2 and _rises(marks) and body.median(marks) >= _LEAST_BODY:
            chosen += marks
    return sorted(chosen)


def _rises(marks: Sequence[Mark]) -> bool:
    numbers = [mark.heading.number or 0 for mark in marks]
    steps = sum(1 for a, b in pairwise(numbers) if b in {a + 1, 1})
    return steps * 2 >= len(numbers) - 1


def _choose_by_number(families: Mapping[str, list[Mark]], body: _Body, layout: Layout) -> list[Mark]:
    """The best chain of numerals: the titled ones, unless lone ones fill each of them with chapters."""
    uppers = [mark.at for family in headings.UPPER_FAMILIES for mark in families[family]]
    titled = max((_find_chain(families[f], uppers) for f in headings.TITLED_NUMERALS), key=len)
    lone = max((_find_chain(families[f], uppers) for f in headings.NUMERALS), key=len)
    titled = titled if len(titled) >= 2 and body.median(titled) >= _LEAST_BODY else []
    least = _LEAST_BODY if len(lone) < 3 else _LEAST_LONE_BODY
    lone = lone if len(lone) >= (2 if not layout.one_line else 3) and body.median(lone) >= least else []
    if titled and lone:
        nested = _holds(titled, lone) and body.median(titled) > _NOVELLA
        return lone if nested or len(lone) > 3 * len(titled) else titled
    if titled or lone:
        return titled or lone
    return []


def _find_chain(marks: Sequence[Mark], uppers: Sequence[int]) -> list[Mark]:
    """The marks whose numbers follow each other from 1; a count begins anew with a part, or where a 2 follows its 1."""
    chain: list[Mark] = []
    for n, mark in enumerate(marks):
        value = mark.heading.number or 0
        last = chain[-1].heading.number or 0 if chain else 0
        if last < value <= last + _MOST_GAP_IN_NUMBERS and (chain or value <= 2):
            chain.append(mark)
        elif value == 1 and chain:
            part_between = any(chain[-1].at < at < mark.at for at in uppers)
            follows = marks[n + 1].heading.number if n + 1 < len(marks) else None
            if part_between or (follows == 2 and last >= 2):
                chain.append(mark)
    return chain


def _holds(outer: Sequence[Mark], inner: Sequence[Mark]) -> bool:
    """Whether at least two of the outer marks hold inner marks of their own, and most do."""
    if len(outer) < 2:
        return False
    starts = [mark.at for mark in outer]
    holding = {sum(1 for start in starts if start <= mark.at) for mark in inner} - {0}
    return len(holding) >= max(2, 0.7 * len(outer))


def _choose_by_looks(families: Mapping[str, list[Mark]], body: _Body, layout: Layout) -> list[Mark]:
    """Titles in capitals, or parted by more blank lines than paragraphs are, with a chapter's worth beneath them."""
    capitals = families["capitals"]
    wider = [mark for mark in capitals if body.blocks[mark.at].gap > max(1, layout.paragraph_gap)]
    for marks in (wider, capitals, families["bare"]):
        chapters = _drop_front(marks, body)
        if (
            len(chapters) >= (3 if marks is capitals else 2)
            and body.words(0, chapters[0].at) <= _LEAST_CAPITALS_BODY
            and body.median(chapters) >= _LEAST_CAPITALS_BODY
            and len(set(_list_labels(chapters))) == len(chapters)
        ):
            return chapters
    return []


def _list_labels(marks: Iterable[Mark]) -> list[str]:
    return [key_of(mark.heading.label) for mark in marks]


def _drop_front(marks: Sequence[Mark], body: _Body) -> list[Mark]:
    """The marks without those at the beginning that have no story under them: the lines of a title page."""
    kept = list(marks)
    while len(kept) > 1 and body.words(kept[0].at + kept[0].span, kept[1].at) < _LEAST_BODY:
        kept.pop(0)
    return kept


def _is_named_division(mark: Mark, chapters: Sequence[Mark], body: _Body) -> bool:
    """Whether a prologue, an index … is a division: it is by itself, and unread matter is before or after the story."""
    if any(chapter.at <= mark.at < chapter.at + chapter.span for chapter in chapters):
        return False
    if find_unread_reason(mark.heading.label) and chapters[0].at < mark.at < chapters[-1].at:
        return False
    return mark.span == 1 and (mark.at == 0 or body.blocks[mark.at].gap != 0)


def _find_nameless_parts(chapters: Sequence[Mark], blocks: Sequence[Block], marks: Sequence[Mark]) -> list[Mark]:
    """Titles in capitals directly before a first chapter, aligned with its label: parts whose number was lost."""
    known = [mark for mark in marks if mark.heading.family != "capitals"]
    taken = {at for mark in known for at in range(mark.at, mark.at + mark.span)}
    found = []
    for chapter in chapters[1:]:
        before = chapter.at - 1
        if chapter.heading.number != 1 or before in taken or not headings.is_bare_capitals(blocks[before].text):
            continue
        if abs(blocks[before].lines[0].indent - blocks[chapter.at].lines[0].indent) <= 2:
            label = blocks[before].text.strip(" _*=~")
            found.append(Mark(before, 1, Heading(family="part", number=None, label=label)))
    return found
