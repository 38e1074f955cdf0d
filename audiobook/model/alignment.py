"""Two versions of a sequence laid side by side: which item of the one is which of the other.

Items that both have equally often anchor each other, those out of order aside (patience diff); what lies between two
anchors is looked at again, a few times over, so that the time taken grows with the length and hardly more.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

_ROUNDS = 8
_Gap = tuple[int, int, int, int]  # the ends of a stretch of the one, and of the other, exclusive


def aligned(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[int | None]:
    """For every item of `one`, the index of the equal item of `other` that it is; None where it is none. In order."""
    found: list[int | None] = [None] * len(one)
    gaps: list[_Gap] = [(0, len(one), 0, len(other))]
    for _ in range(_ROUNDS):
        gaps = [smaller for gap in gaps for smaller in _closed(one, other, gap, found)]
    return found


def in_place(found: Sequence[int | None], length: int) -> list[int | None]:
    """The same with items added that were changed where they stand: as many here as there, between the same others.

    `length` is that of the other sequence.
    """
    filled = list(found)
    known = [(-1, -1), *((i, j) for i, j in enumerate(found) if j is not None), (len(found), length)]
    for (a, b), (c, d) in pairwise(known):
        if c - a == d - b:
            filled[a + 1 : c] = range(b + 1, d)
    return filled


def _closed(one: Sequence[Hashable], other: Sequence[Hashable], gap: _Gap, found: list[int | None]) -> Iterator[_Gap]:
    """Match what can be in a gap; gives the gaps that are left in it."""
    a, b, c, d = gap
    while a < b and c < d and one[a] == other[c]:
        found[a] = c
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == other[d - 1]:
        b, d = b - 1, d - 1
        found[b] = d
    if a == b or c == d:
        return
    anchors = _anchors(one, other, (a, b, c, d))
    for i, j in anchors:
        found[i] = j
    for (i, j), (k, m) in pairwise([(a - 1, c - 1), *anchors, (b, d)]):
        if anchors and k - i > 1 and m - j > 1:
            yield i + 1, k, j + 1, m


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable], gap: _Gap) -> list[tuple[int, int]]:
    """The pairs of items that both stretches have equally often, without those that would cross."""
    a, b, c, d = gap
    here, there = Counter(one[a:b]), Counter(other[c:d])
    places: dict[Hashable, list[int]] = {}
    for j in range(d - 1, c - 1, -1):
        if here.get(other[j]) == there[other[j]]:
            places.setdefault(other[j], []).append(j)
    return _rising([(i, places[one[i]].pop()) for i in range(a, b) if one[i] in places])


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise (Schensted 1961)."""
    ends: list[int] = []  # the lowest last number of a run of each length
    last: list[int] = []  # its pair
    before: list[int] = []  # for every pair, the one before it in its run
    for n, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [n]
    run: list[tuple[int, int]] = []
    n = last[-1] if last else -1
    while n >= 0:
        run.append(pairs[n])
        n = before[n]
    return run[::-1]
