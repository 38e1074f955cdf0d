"""Align two versions of a sequence: find the item of the one that corresponds to each item of the other.

Items that occur equally often in both are anchors, unless their order differs (patience diff). The gaps between anchors
are aligned again in the same way, for a limited number of rounds, so the time is nearly linear in the length.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise

_ROUNDS = 8
_Gap = tuple[int, int, int, int]  # (start, end) in the one, then (start, end) in the other; ends are exclusive


def align(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[int | None]:
    """For each item of `one`, the index of the corresponding equal item of `other`, or None. The indices increase."""
    found: list[int | None] = [None] * len(one)
    gaps: list[_Gap] = [(0, len(one), 0, len(other))]
    for _ in range(_ROUNDS):
        gaps = [smaller for gap in gaps for smaller in _match_gap(one, other, gap, found)]
    return found


def match_replaced(found: Sequence[int | None], length: int) -> list[int | None]:
    """Add items that were replaced: gaps of equal length between the same neighbours are matched item by item.

    `length` is the length of the other sequence.
    """
    filled = list(found)
    known = [(-1, -1), *((i, j) for i, j in enumerate(found) if j is not None), (len(found), length)]
    for (a, b), (c, d) in pairwise(known):
        if c - a == d - b:
            filled[a + 1 : c] = range(b + 1, d)
    return filled


def _match_gap(
    one: Sequence[Hashable], other: Sequence[Hashable], gap: _Gap, found: list[int | None]
) -> Iterator[_Gap]:
    """Match items in a gap; yields the smaller gaps that remain."""
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
    """The pairs of items that occur equally often on both sides of a gap, without pairs that cross."""
    a, b, c, d = gap
    here, there = Counter(one[a:b]), Counter(other[c:d])
    places: dict[Hashable, list[int]] = {}
    for j in range(d - 1, c - 1, -1):
        if here.get(other[j]) == there[other[j]]:
            places.setdefault(other[j], []).append(j)
    return _longest_increasing([(i, places[one[i]].pop()) for i in range(a, b) if one[i] in places])


def _longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of pairs whose second numbers increase (Schensted 1961)."""
    ends: list[int] = []  # for each length, the lowest last number of a subsequence
    last: list[int] = []  # its pair
    before: list[int] = []  # for each pair, the previous one in its subsequence
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
