"""Weighs families of headings as wholes: which carries the book, by its numbers and by what is told under it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import accumulate, pairwise

from audiobook.readers import headings
from audiobook.readers.text.blocks import Block, Layout
from audiobook.readers.text.entries import key_of
from audiobook.readers.text.marks import Mark

_LEAST_BODY = 40  # words, the median under a family of numbered or capital headings
_LEAST_LONE_BODY = 3  # words under lone numerals, three or more of them: the parts of a poem
_LEAST_CAPITALS_BODY = 150
_LEAST_WIDE_BODY = 30  # words under titles that stand apart by more blank lines than paragraphs do
_LEAST_DATES = 3
_MOST_BEFORE_EVEN = 0.3  # of the book, before the first of such titles: a preface
_LEAST_EVEN = 5  # titles in mixed case without a contents list
_LEAST_LETTERS = 8
_MOST_GAP_IN_NUMBERS = 3  # chapters whose headings were lost, at most, in a row


class Body:
    """How many words stand between two blocks."""

    NOVELLA = 12_000  # words under a title, beyond which numerals within are the chapters

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._sums = list(accumulate((sum(len(line.text.split()) for line in b.lines) for b in blocks), initial=0))

    def words(self, start: int, end: int | None = None) -> int:
        """The number of words from a block to another."""
        return self._sums[len(self._sums) - 1 if end is None else end] - self._sums[min(start, len(self._sums) - 1)]

    def median(self, marks: Sequence[Mark]) -> int:
        """The median of the words under each of the marks."""
        ends: list[int | None] = [*(mark.at for mark in marks[1:]), None]
        under = sorted(self.words(mark.at + mark.span, end) for mark, end in zip(marks, ends, strict=True))
        return under[len(under) // 2] if under else 0


def choose_by_family(
    families: Mapping[str, list[Mark]], body: Body, layout: Layout, listed: Set[Mark] = frozenset()
) -> list[Mark]:
    """The marks that are the book's chapters: of the first families that carry it."""
    chosen = _choose_by_name(families, body) or _choose_lower(families, body)
    chosen = chosen or _choose_by_number(families, body, layout, listed)
    chosen = chosen or next((families[f] for f in reversed(headings.UPPER_FAMILIES) if families[f]), [])
    return chosen or _choose_dates(families["date"], body) or _choose_by_looks(families, body, layout)


def _choose_lower(families: Mapping[str, list[Mark]], body: Body) -> list[Mark]:
    """Scenes, sections, the letters of a dictionary, or whatever else is counted."""
    for family in headings.LOWER_FAMILIES:
        if len(families[family]) >= 2 and _rises(families[family]):
            return families[family]
    if len(families["alphabet"]) >= _LEAST_LETTERS:
        return families["alphabet"]
    counted = families["counted"]
    return counted if counted and body.median(counted) >= _LEAST_BODY else []


def _choose_dates(dates: list[Mark], body: Body) -> list[Mark]:
    """The entries of a diary."""
    return dates if len(dates) >= _LEAST_DATES and body.median(dates) >= _LEAST_BODY else []


def _choose_by_name(families: Mapping[str, list[Mark]], body: Body) -> list[Mark]:
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


def _choose_by_number(families: Mapping[str, list[Mark]], body: Body, layout: Layout, listed: Set[Mark]) -> list[Mark]:
    """The best chain of numerals: the titled ones, unless lone ones fill each of them with chapters."""
    uppers = [mark.at for family in headings.UPPER_FAMILIES for mark in families[family]]
    titled = max((find_chain(families[f], uppers) for f in headings.TITLED_NUMERALS), key=len)
    lone = max((find_chain(families[f], uppers) for f in headings.NUMERALS), key=len)
    titled = titled if len(titled) >= 2 and body.median(titled) >= _LEAST_BODY else []
    least = _LEAST_BODY if len(lone) < 3 else _LEAST_LONE_BODY
    lone = lone if len(lone) >= (2 if not layout.one_line else 3) and body.median(lone) >= least else []
    if titled and lone:
        long = body.median(titled) > body.NOVELLA
        if sum(mark in listed for mark in titled) > 0.5 * len(titled) and not long:
            return titled
        return lone if (long and _holds(titled, lone)) or len(lone) > 3 * len(titled) else titled
    return titled or lone


def _holds(outer: Sequence[Mark], inner: Sequence[Mark]) -> bool:
    starts = [mark.at for mark in outer]
    return len({sum(1 for start in starts if start <= mark.at) for mark in inner} - {0}) >= max(2, 0.7 * len(outer))


def find_chain(marks: Sequence[Mark], uppers: Sequence[int]) -> list[Mark]:
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


def _choose_by_looks(families: Mapping[str, list[Mark]], body: Body, layout: Layout) -> list[Mark]:
    """Titles in capitals, or parted by more blank lines than paragraphs are, with a chapter's worth beneath them."""
    capitals = families["capitals"]
    wide = max(1, layout.paragraph_gap)
    wider = [mark for mark in sorted([*capitals, *families["promised"]]) if body.blocks[mark.at].gap > wide]
    preface = int(_MOST_BEFORE_EVEN * body.words(0))
    for marks, most, before in (
        (wider, _LEAST_WIDE_BODY, _LEAST_CAPITALS_BODY),
        (capitals, _LEAST_CAPITALS_BODY, _LEAST_CAPITALS_BODY),
        (families["bare"], _LEAST_CAPITALS_BODY, _LEAST_CAPITALS_BODY),
        (_find_even(families["bare"], body), _LEAST_WIDE_BODY, preface),
    ):
        chapters = _drop_front(marks, body)
        if (
            len(chapters) >= (3 if marks is not families["bare"] else 2)
            and body.words(0, chapters[0].at) <= before
            and body.median(chapters) >= most
            and len(set(_list_labels(chapters))) >= 0.9 * len(chapters)
        ):
            return chapters
    return []


def _find_even(marks: Sequence[Mark], body: Body) -> list[Mark]:
    """Titles in mixed case that stand apart by the same number of blank lines: those of short fables or poems."""
    gaps = Counter(body.blocks[mark.at].gap for mark in marks)
    if not gaps:
        return []
    usual, times = gaps.most_common(1)[0]
    even = [mark for mark in marks if body.blocks[mark.at].gap >= usual]
    return even if times >= max(_LEAST_EVEN, 0.6 * len(marks)) else []


def _list_labels(marks: Iterable[Mark]) -> list[str]:
    return [key_of(mark.heading.label) for mark in marks]


def _drop_front(marks: Sequence[Mark], body: Body) -> list[Mark]:
    """The marks without those at the beginning that have no story under them: the lines of a title page."""
    kept = list(marks)
    while len(kept) > 1 and body.words(kept[0].at + kept[0].span, kept[1].at) < _LEAST_BODY:
        kept.pop(0)
    return kept
