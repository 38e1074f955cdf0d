"""Accuracy and reliability of decisions."""

from hypothesis import given
from hypothesis import strategies as st

from tools.training.figures import Bin, Guess, caught, reliability_bins, reliability_curve
from tools.training.folds import folds_of

guesses = st.lists(st.builds(Guess, st.floats(0, 1), st.booleans()), min_size=1, max_size=200)


def test_decisions_are_grouped_by_tenths_of_confidence() -> None:
    found = reliability_bins([Guess(0.91, True), Guess(0.97, False), Guess(1.0, True), Guess(0.05, False)])
    assert found == [Bin(1, 0.05, 0.0), Bin(3, (0.91 + 0.97 + 1.0) / 3, 2 / 3)]


def test_the_least_confident_tenth_contains_its_share_of_errors() -> None:
    sure = [Guess(0.9, True)] * 17 + [Guess(0.8, False)]
    assert caught([*sure, Guess(0.1, False), Guess(0.2, True)]) == 0.5


@given(guesses)
def test_the_reliability_curve_is_increasing(found: list[Guess]) -> None:
    curve = reliability_curve(found)
    assert list(curve) == sorted(curve)
    assert [right for _, right in curve] == sorted(right for _, right in curve)
    assert all(0 <= right <= 1 for _, right in curve)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=30))
def test_all_novels_of_an_author_are_in_one_fold(authors: list[str]) -> None:
    folds = folds_of(authors)
    assert len(set(zip(authors, folds, strict=True))) == len(set(authors))
    assert set(folds) == set(range(min(5, len(set(authors)))))
