"""The forest of regression trees: scores, and JSON."""

import json
from collections.abc import Sequence
from importlib.resources import files
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook.attribution.ranking.forest import Forest, Tree, dump_forest, parse_forest
from audiobook.attribution.ranking.ranker import dump_ranker, load_ranker, parse_ranker

NEAR: Tree = (1, 2.5, (0, 0.5, -1.0, 2.0), 0.25)
FOREST = Forest(columns=("tag is", "tagged back"), trees=(NEAR, 0.5))

trees = st.recursive(
    st.floats(-5, 5),
    lambda inner: st.tuples(st.integers(0, 2), st.floats(-9, 9), inner, inner),
    max_leaves=9,
)


def test_the_score_is_the_sum_of_the_leaves_of_all_trees() -> None:
    assert FOREST.score({"tag is": 1.0, "tagged back": 1.0}) == 2.0 + 0.5
    assert FOREST.score({"tag is": -1.0, "tagged back": 1.0}) == -1.0 + 0.5
    assert FOREST.score({"tag is": 1.0, "tagged back": 9.0}) == 0.25 + 0.5


def test_a_value_equal_to_the_threshold_takes_the_lower_branch() -> None:
    assert FOREST.score({"tag is": 0.5, "tagged back": 2.5}) == -1.0 + 0.5


def test_an_absent_feature_counts_as_zero() -> None:
    assert FOREST.score({"tagged back": 4, "not asked for": 7}) == FOREST.score({"tag is": 0, "tagged back": 4})
    below = Forest(columns=("tag is",), trees=((0, -0.5, 1.0, 2.0),))
    assert below.scores({}, [{}, {"tag is": 0.0}, {"tag is": -1.0}]) == [2.0, 2.0, 1.0]


def walked(tree: Tree, row: Sequence[float]) -> float:
    """Return the leaf at which a row ends, by walking the tree."""
    while isinstance(tree, tuple):
        tree = tree[2] if row[tree[0]] <= tree[1] else tree[3]
    return tree


ROWS = st.tuples(*[st.sampled_from([-9.0, -1.0, 0.0, 0.5, 9.0]) | st.floats(-9, 9)] * 3)


@given(st.lists(trees, max_size=4), ROWS, ROWS)
def test_scoring_all_trees_at_once_equals_walking_each_tree(
    grown: list[Tree], row: tuple[float, ...], other: tuple[float, ...]
) -> None:
    forest = Forest(columns=("a", "b", "c"), trees=tuple(grown))
    shared = {"a": row[0]}
    rows = [{"b": row[1], "c": row[2]}, {"b": other[1], "c": other[2]}]
    values = [row, (row[0], *other[1:])]
    ends = [[walked(tree, own) for tree in grown] for own in values]
    assert forest.scores(shared, rows) == [sum(round(end * 2**40) for end in own) / 2**40 for own in ends]
    assert forest.scores(shared, rows) == pytest.approx([fsum(own) for own in ends], abs=1e-11)


def test_a_tree_with_too_many_leaves_is_refused() -> None:
    tree: Tree = 0.0
    for threshold in range(40):
        tree = (0, float(threshold), tree, 1.0)
    with pytest.raises(ValueError, match="41 leaves"):
        Forest(columns=("a",), trees=(tree,)).score({})


@given(st.lists(trees, max_size=4))
def test_a_forest_survives_json(grown: list[Tree]) -> None:
    forest = Forest(columns=("a", "b", "c"), trees=tuple(grown))
    assert parse_forest(json.loads(json.dumps(dump_forest(forest)))) == forest


def test_the_ranker_of_the_package_is_small_and_survives_json() -> None:
    size = len(files("audiobook.attribution.ranking").joinpath("ranker.json").read_bytes())
    assert size < 1_000_000
    assert parse_ranker(dump_ranker(load_ranker())) == load_ranker()


def test_a_higher_probability_never_has_a_lower_confidence() -> None:
    for curve in load_ranker().reliability.values():
        assert list(curve) == sorted(curve)
        assert [right for _, right in curve] == sorted(right for _, right in curve)
        assert all(0 <= probabilities <= 1 and 0 <= right <= 1 for probabilities, right in curve)
