"""A forest of regression trees: what gradient boosting learned, read from plain JSON and asked in plain Python.

A tree asks of one clue after another whether its value is at most a threshold, and ends at a leaf with a score; a
forest's score is the sum over its trees (Friedman, "Greedy function approximation: a gradient boosting machine", 2001).

All trees are asked at once: a whole number has a bit for every leaf of every tree, and every value of a clue leaves
some of them possible. Of what all values of a row leave, the first leaf of each tree is the one where the row ends
(Lucchese and others, "QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees",
2015).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import getitem
from struct import Struct
from typing import Any

Node = tuple[int, float, Any, Any]  # the column asked, the threshold, and what follows at most it and above it
Tree = Node | float  # a leaf is its score

_BITS = 32  # for the leaves of one tree
_UNIT = 2.0**-40  # of which scores are whole numbers: their sum is the same in any order, on any machine, and quick
_REMEMBERED = 4096  # values of a clue whose leaves are kept


@dataclass(frozen=True, kw_only=True)
class Forest:
    """Trees over named columns, of at most 32 leaves each."""

    columns: tuple[str, ...]  # the clues asked for
    trees: tuple[Tree, ...]

    def score(self, features: Mapping[str, float]) -> float:
        """What all trees together say of clues by name; one that is absent counts as 0."""
        return self.scores(features, ({},))[0]

    def scores(self, shared: Mapping[str, float], own: Sequence[Mapping[str, float]]) -> list[float]:
        """What all trees together say of rows of clues, each its own and those that are shared by all."""
        return self._scorer.scores(shared, own)

    @cached_property
    def _scorer(self) -> "_Scorer":
        return _Scorer(self)


class _Leaves(dict[float, int]):
    """The leaves that each value of one clue leaves possible; found when a value is first asked for."""

    def __init__(self, all_leaves: int, nodes: Sequence[tuple[float, int]]) -> None:
        """`nodes` are the thresholds where the clue is asked, and the leaves that follow at most each."""
        super().__init__()
        self.thresholds: list[float] = []
        self._left = [all_leaves]
        for threshold, low in sorted(nodes):
            self.thresholds.append(threshold)
            self._left.append(self._left[-1] & ~low)

    def __missing__(self, value: float) -> int:
        left = self._left[bisect_left(self.thresholds, value)]
        if len(self) < _REMEMBERED:
            self[value] = left
        return left


class _Scorer:
    """A forest laid out for being asked about rows."""

    def __init__(self, forest: Forest) -> None:
        """Raises ValueError where a tree has too many leaves."""
        self._scores: list[dict[int, int]] = []  # of every tree: its leaves' scores in units, by their bits
        nodes: dict[int, list[tuple[float, int]]] = {}
        self._all = self._firsts = 0
        for number, tree in enumerate(forest.trees):
            leaves: list[float] = []
            for column, threshold, low in _asked(tree, leaves):
                nodes.setdefault(column, []).append((threshold, low << _BITS * number))
            if len(leaves) > _BITS:
                raise ValueError(f"a tree has {len(leaves)} leaves, more than {_BITS}")
            self._scores.append({1 << at: round(leaf / _UNIT) for at, leaf in enumerate(leaves)})
            self._all |= ((1 << len(leaves)) - 1) << _BITS * number
            self._firsts |= 1 << _BITS * number
        self._left = {forest.columns[column]: _Leaves(self._all, own) for column, own in nodes.items()}
        # Only these forbid leaves where they are 0 or absent.
        self._below_zero = {name: left[0.0] for name, left in self._left.items() if left.thresholds[0] < 0}
        self._split = Struct(f"<{len(forest.trees)}I")

    def scores(self, shared: Mapping[str, float], own: Sequence[Mapping[str, float]]) -> list[float]:
        """What all trees say of each row."""
        by_all = self._leaves(self._all, shared)
        return [self._sum(self._leaves(by_all, row), shared, row) for row in own]

    def _leaves(self, leaves: int, features: Mapping[str, float]) -> int:
        """Those of the leaves that the clues leave possible."""
        asked = self._left
        for name, value in features.items():
            if value and name in asked:
                leaves &= asked[name][value]
        return leaves

    def _sum(self, leaves: int, shared: Mapping[str, float], row: Mapping[str, float]) -> float:
        for name, left in self._below_zero.items():
            if not row.get(name) and not shared.get(name):
                leaves &= left
        first = leaves & ((leaves - self._firsts) ^ self._all)  # of every tree the lowest bit
        ends = self._split.unpack(first.to_bytes(self._split.size, "little"))
        return sum(map(getitem, self._scores, ends)) * _UNIT


def _asked(tree: Tree, leaves: list[float]) -> Iterator[tuple[int, float, int]]:
    """What a tree asks: columns, thresholds, and the bits of the leaves at most those; notes its leaves in order."""
    if not isinstance(tree, tuple):
        leaves.append(tree)
        return
    column, threshold, low, high = tree
    first = len(leaves)
    yield from _asked(low, leaves)
    yield column, threshold, (1 << len(leaves)) - (1 << first)
    yield from _asked(high, leaves)


def forest_to_json(forest: Forest) -> dict[str, Any]:
    """The forest as plain JSON values."""
    return {"columns": list(forest.columns), "trees": [_plain(tree) for tree in forest.trees]}


def _plain(tree: Tree) -> Any:
    return [tree[0], tree[1], _plain(tree[2]), _plain(tree[3])] if isinstance(tree, tuple) else tree


def forest_from_json(data: Mapping[str, Any]) -> Forest:
    """The forest that `forest_to_json` wrote."""
    return Forest(columns=tuple(data["columns"]), trees=tuple(_grown(tree) for tree in data["trees"]))


def _grown(data: Any) -> Tree:
    return (data[0], data[1], _grown(data[2]), _grown(data[3])) if isinstance(data, list) else data
