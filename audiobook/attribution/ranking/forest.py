"""A forest of regression trees, learned by gradient boosting, read from JSON and evaluated in plain Python.

A tree compares features with thresholds, and ends at a leaf with a score. The score of a forest is the sum over its
trees (Friedman, "Greedy function approximation: a gradient boosting machine", 2001).

All trees are evaluated at once. An integer has one bit for each leaf of each tree, and each value of a feature excludes
some leaves. The first remaining leaf of each tree is the one at which the row ends (Lucchese and others, "QuickScorer:
a fast algorithm to rank documents with additive ensembles of regression trees", 2015).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import getitem
from struct import Struct
from typing import Any

# Column, threshold, the branch for values up to the threshold, the branch for values above it.
Node = tuple[int, float, Any, Any]
Tree = Node | float  # a leaf is its score

_BITS = 32  # for the leaves of one tree
_UNIT = 2.0**-40  # scores are integers in this unit, so that their sum is the same in any order and on any machine
_MAX_CACHED = 4096  # values of a feature whose leaves are cached


@dataclass(frozen=True, kw_only=True)
class Forest:
    """Trees over named columns, with at most 32 leaves each."""

    columns: tuple[str, ...]  # names of the features
    trees: tuple[Tree, ...]

    def score(self, features: Mapping[str, float]) -> float:
        """Return the score of a row of features. An absent feature is 0."""
        return self.scores(features, ({},))[0]

    def scores(self, shared: Mapping[str, float], own: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the scores of rows. Each row has its own features and the shared ones."""
        return self._scorer.scores(shared, own)

    @cached_property
    def _scorer(self) -> "_Scorer":
        return _Scorer(self)


class _Leaves(dict[float, int]):
    """The leaves that each value of one feature allows, computed when the value is first asked for."""

    def __init__(self, all_leaves: int, nodes: Sequence[tuple[float, int]]) -> None:
        """`nodes` are the feature's thresholds, each with the leaves of the branch for values up to it."""
        super().__init__()
        self.thresholds: list[float] = []
        self._left = [all_leaves]
        for threshold, low in sorted(nodes):
            self.thresholds.append(threshold)
            self._left.append(self._left[-1] & ~low)

    def __missing__(self, value: float) -> int:
        left = self._left[bisect_left(self.thresholds, value)]
        if len(self) < _MAX_CACHED:
            self[value] = left
        return left


class _Scorer:
    """A forest prepared for scoring rows."""

    def __init__(self, forest: Forest) -> None:
        """Raises ValueError if a tree has too many leaves."""
        self._scores: list[dict[int, int]] = []  # for each tree: bit of a leaf → its score in units
        nodes: dict[int, list[tuple[float, int]]] = {}
        self._all = self._firsts = 0
        for number, tree in enumerate(forest.trees):
            leaves: list[float] = []
            for column, threshold, low in _list_nodes(tree, leaves):
                nodes.setdefault(column, []).append((threshold, low << _BITS * number))
            if len(leaves) > _BITS:
                raise ValueError(f"a tree has {len(leaves)} leaves, more than {_BITS}")
            self._scores.append({1 << at: round(leaf / _UNIT) for at, leaf in enumerate(leaves)})
            self._all |= ((1 << len(leaves)) - 1) << _BITS * number
            self._firsts |= 1 << _BITS * number
        self._left = {forest.columns[column]: _Leaves(self._all, own) for column, own in nodes.items()}
        # Only these exclude leaves if they are 0 or absent.
        self._below_zero = {name: left[0.0] for name, left in self._left.items() if left.thresholds[0] < 0}
        self._split = Struct(f"<{len(forest.trees)}I")

    def scores(self, shared: Mapping[str, float], own: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the score of each row."""
        by_all = self._filter_leaves(self._all, shared)
        return [self._sum_scores(self._filter_leaves(by_all, row), shared, row) for row in own]

    def _filter_leaves(self, leaves: int, features: Mapping[str, float]) -> int:
        """Return those of the leaves that the features allow."""
        asked = self._left
        for name, value in features.items():
            if value and name in asked:
                leaves &= asked[name][value]
        return leaves

    def _sum_scores(self, leaves: int, shared: Mapping[str, float], row: Mapping[str, float]) -> float:
        for name, left in self._below_zero.items():
            if not row.get(name) and not shared.get(name):
                leaves &= left
        first = leaves & ((leaves - self._firsts) ^ self._all)  # the lowest bit of each tree
        ends = self._split.unpack(first.to_bytes(self._split.size, "little"))
        return sum(map(getitem, self._scores, ends)) * _UNIT


def _list_nodes(tree: Tree, leaves: list[float]) -> Iterator[tuple[int, float, int]]:
    """Yield column, threshold and bits of the lower leaves of each node. Append the leaves' scores in order."""
    if not isinstance(tree, tuple):
        leaves.append(tree)
        return
    column, threshold, low, high = tree
    first = len(leaves)
    yield from _list_nodes(low, leaves)
    yield column, threshold, (1 << len(leaves)) - (1 << first)
    yield from _list_nodes(high, leaves)


def dump_forest(forest: Forest) -> dict[str, Any]:
    """Return the forest as plain JSON values."""
    return {"columns": list(forest.columns), "trees": [_to_json(tree) for tree in forest.trees]}


def _to_json(tree: Tree) -> Any:
    return [tree[0], tree[1], _to_json(tree[2]), _to_json(tree[3])] if isinstance(tree, tuple) else tree


def parse_forest(data: Mapping[str, Any]) -> Forest:
    """Return the forest that `dump_forest` wrote."""
    return Forest(columns=tuple(data["columns"]), trees=tuple(_from_json(tree) for tree in data["trees"]))


def _from_json(data: Any) -> Tree:
    return (data[0], data[1], _from_json(data[2]), _from_json(data[3])) if isinstance(data, list) else data
