"""Trees that ask of clues, read from JSON."""

import json
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from audiobook.scripting.forest import Forest, Tree, forest_from_json, forest_to_json
from audiobook.scripting.ranking import ranker_from_json, ranker_to_json, shipped_ranker

NEAR: Tree = (1, 2.5, (0, 0.5, -1.0, 2.0), 0.25)
FOREST = Forest(columns=("tag is", "tagged back"), trees=(NEAR, 0.5))

trees = st.recursive(
    st.floats(-5, 5),
    lambda inner: st.tuples(st.integers(0, 2), st.floats(-9, 9), inner, inner),
    max_leaves=9,
)


def test_a_forest_adds_up_the_leaves_at_which_a_row_ends() -> None:
    assert FOREST.score([1.0, 1.0]) == 2.0 + 0.5
    assert FOREST.score([0.0, 1.0]) == -1.0 + 0.5
    assert FOREST.score([1.0, 9.0]) == 0.25 + 0.5


def test_a_value_on_the_threshold_goes_to_the_low_side() -> None:
    assert FOREST.score([0.5, 2.5]) == -1.0 + 0.5


def test_a_clue_that_is_absent_counts_as_nothing() -> None:
    assert FOREST.row({"tagged back": 4, "not asked for": 7}) == [0.0, 4]


@given(st.lists(trees, max_size=4))
def test_a_forest_survives_json(grown: list[Tree]) -> None:
    forest = Forest(columns=("a", "b", "c"), trees=tuple(grown))
    assert forest_from_json(json.loads(json.dumps(forest_to_json(forest)))) == forest


def test_the_ranker_that_comes_with_the_package_is_small_and_reads_back_as_it_was_written() -> None:
    size = len(files("audiobook.scripting").joinpath("ranker.json").read_bytes())
    assert size < 1_000_000
    assert ranker_from_json(ranker_to_json(shipped_ranker())) == shipped_ranker()


def test_surer_odds_are_never_worth_less() -> None:
    for curve in shipped_ranker().reliability.values():
        assert list(curve) == sorted(curve)
        assert [right for _, right in curve] == sorted(right for _, right in curve)
        assert all(0 <= odds <= 1 and 0 <= right <= 1 for odds, right in curve)
