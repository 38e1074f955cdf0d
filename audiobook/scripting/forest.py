"""A forest of regression trees: what gradient boosting learned, read from plain JSON and asked in plain Python.

A tree asks of one clue after another whether its value is at most a threshold, and ends at a leaf with a score; a
forest's score is the sum over its trees (Friedman, "Greedy function approximation: a gradient boosting machine", 2001).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Node = tuple[int, float, Any, Any]  # the column asked, the threshold, and what follows at most it and above it
Tree = Node | float  # a leaf is its score


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees over named columns."""

    columns: tuple[str, ...]  # the clues asked for, in the order of a row
    trees: tuple[Tree, ...]

    def row(self, clues: Mapping[str, float]) -> list[float]:
        """The values of the columns; a clue that is absent counts as 0."""
        return [clues.get(column, 0.0) for column in self.columns]

    def score(self, row: Sequence[float]) -> float:
        """What all trees together say of a row."""
        total = 0.0
        for tree in self.trees:
            node = tree
            while type(node) is tuple:
                column, threshold, low, high = node
                node = low if row[column] <= threshold else high
            total += node  # type: ignore[operator]  # what is no tuple is a leaf
        return total


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
