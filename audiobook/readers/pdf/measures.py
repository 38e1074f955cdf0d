"""The habits of a PDF's pages: size of the text, distance of its lines, edges of its columns, the words it uses."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.readers.pdf.lines import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐’'][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)[-‐\xad]$")
_FIRST = re.compile(r"(?![A-Z])[^\W\d_]+")
_MOST_GAP = 3.0  # of the size: lines further apart tell nothing about the distance of lines
_EDGE = 2.0  # points by which lines at one edge may differ


@dataclass(frozen=True, slots=True)
class Habits:
    """What is usual in a document."""

    size: float  # of the text
    leading: float  # distance of baselines within a paragraph
    is_bold: bool  # the text itself is bold
    words: Counter[str] = field(repr=False)  # words inside lines, in lower case
    hyphenates: bool  # words are parted at line ends by hyphens of their own
    is_justified: bool = False


def measure(lines: Sequence[Line]) -> Habits:
    """The habits of the lines that are read."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[line.size] += len(line.text)
        bold += len(line.text) if line.is_bold else 0
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    words = Counter(word.casefold() for line in lines for word in _inner_words(line.text[line.cap :]))
    return Habits(
        size=size,
        leading=_measure_leading(lines, size),
        is_bold=bold > 0.5 * sum(sizes.values()),
        words=words,
        hyphenates=_hyphenates(lines, words),
    )


def _hyphenates(lines: Sequence[Line], words: Counter[str]) -> bool:
    """Whether line ends cut words with hyphens of their own, rather than at the hyphens of compounds.

    A cut word is written whole elsewhere, or one of its halves is no word of the book.
    """
    cut = compound = 0
    for a, b in pairwise(lines):
        first, second = _CUT.search(a.text), _FIRST.match(b.text)
        if first and second:
            left, right = first[1].casefold(), second[0].casefold()
            if words[left + right]:
                cut += 2
            elif words[f"{left}-{right}"] or (words[left] and words[right]):
                compound += 1
            else:
                cut += 1
    return cut > compound


def _inner_words(text: str) -> Iterable[str]:
    """The words of a line, without a last one that a hyphen cuts."""
    words = _WORD.findall(text)
    return words[:-1] if text.endswith(("-", "\xad", "‐")) else words


def _measure_leading(lines: Sequence[Line], size: float) -> float:
    gaps: Counter[float] = Counter()
    for a, b in pairwise(lines):
        if a.page == b.page and a.column == b.column and abs(a.size - size) < 0.6 and abs(b.size - size) < 0.6:
            gap = round((a.y - b.y) * 2) / 2
            if 0.7 * size < gap <= _MOST_GAP * size:
                gaps[gap] += 1
    return gaps.most_common(1)[0][0] if gaps else 1.2 * size


def set_edges(lines: Sequence[Line]) -> None:
    """Give every line the edges of its column: those of the page, where the page has lines enough to show them."""
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        columns[line.page, line.column].append(line)
    lefts, widths = _measure_columns(columns)
    for (page, column), inside in columns.items():
        kind = (page % 2, column)
        left = _find_left(inside, lefts.get(kind))
        right = left + widths.get(column, 0.0)
        reached = max(line.right for line in inside)
        if right < reached - _EDGE or _count_full(inside, reached) >= 3:
            right = reached
        for line in inside:
            line.edges = (min(left, line.left) if line.left < left - _EDGE else left, max(right, line.right))


def _measure_columns(
    columns: dict[tuple[int, int], list[Line]],
) -> tuple[dict[tuple[int, int], float], dict[int, float]]:
    """The usual left edge of columns on even and odd pages, and the usual width of columns."""
    left_edges: dict[tuple[int, int], Counter[float]] = defaultdict(Counter)
    for (page, column), inside in columns.items():
        for line in inside:
            left_edges[page % 2, column][round(line.left)] += 1
    lefts = {kind: float(edges.most_common(1)[0][0]) for kind, edges in left_edges.items()}
    ends: dict[int, list[float]] = defaultdict(list)
    for (page, column), inside in columns.items():
        ends[column] += [line.right - lefts[page % 2, column] for line in inside]
    return lefts, {column: sorted(found)[len(found) * 97 // 100] for column, found in ends.items()}


def _find_left(inside: Sequence[Line], usual: float | None) -> float:
    least = min(line.left for line in inside)
    if usual is not None and any(abs(line.left - usual) <= _EDGE for line in inside):
        near = [line.left for line in inside if abs(line.left - usual) <= _EDGE]
        further = [line.left for line in inside if line.left < usual - _EDGE]
        return min(near) if len(further) < max(2, 0.2 * len(inside)) else least
    return least if usual is None or len(inside) > 3 else min(usual, least)


def _count_full(inside: Sequence[Line], right: float) -> int:
    return sum(abs(line.right - right) <= _EDGE for line in inside)
