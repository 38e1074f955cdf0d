"""Two versions of a sequence laid side by side."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audiobook.model.alignment import align, match_replaced

few = st.lists(st.sampled_from("abcde"), max_size=30)


@given(few, few)
def test_what_is_aligned_is_equal_and_in_order(one: list[str], other: list[str]) -> None:
    found = align(one, other)
    assert all(j is None or one[i] == other[j] for i, j in enumerate(found))
    matched = [j for j in found if j is not None]
    assert all(a < b for a, b in pairwise(matched))


@given(few, st.data())
def test_what_is_written_in_or_taken_out_moves_nothing_else(one: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(one)))
    assert align(one, [*one[:at], "new", "new", *one[at:]]) == [i if i < at else i + 2 for i in range(len(one))]
    assert align([*one[:at], "old", *one[at:]], one) == [*range(at), None, *range(at, len(one))]


@given(few, few)
def test_in_place_adds_to_what_is_aligned_and_keeps_the_order(one: list[str], other: list[str]) -> None:
    found = align(one, other)
    filled = match_replaced(found, len(other))
    assert all(before in (None, after) for before, after in zip(found, filled, strict=True))
    matched = [j for j in filled if j is not None]
    assert all(a < b for a, b in pairwise(matched))
    assert all(0 <= j < len(other) for j in matched)


def test_repeated_lines_are_told_apart_by_those_around_them() -> None:
    assert align(list("axbxc"), list("axxbxc")) == [0, 1, 3, 4, 5]


def test_a_changed_item_is_found_where_it_stands() -> None:
    assert match_replaced(align(list("abc"), list("aXc")), 3) == [0, 1, 2]
    assert match_replaced(align(list("abc"), list("aXYc")), 4) == [0, None, 3]


HOSTILE = {
    "all equal": (["x"] * 100_000, ["x"] * 90_000),
    "nothing in common": (list(range(100_000)), list(range(-100_000, 0))),
    "backwards": (list(range(100_000)), list(range(99_999, -1, -1))),
    "two in turns": ([n % 2 for n in range(100_000)], [(n + 1) % 2 for n in range(99_000)]),
    "every other": (list(range(100_000)), list(range(0, 100_000, 2))),
    "nested": ([n // 2 for n in range(100_000)], [n // 3 for n in range(100_000)]),
}


@pytest.mark.parametrize(("one", "other"), HOSTILE.values(), ids=HOSTILE)
def test_any_two_sequences_are_aligned_in_about_linear_time(one: list[int], other: list[int]) -> None:
    started = time.process_time()
    match_replaced(align(one, other), len(other))
    assert time.process_time() - started < 5
