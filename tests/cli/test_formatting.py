"""Durations, sizes and numbers as people read them."""

import pytest

from audiobook.cli.formatting import format_count, format_duration, format_size


@pytest.mark.parametrize(
    ("seconds", "read"),
    [(0.4, "0 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (75.4, "1 min 15 s"), (4000, "1 h 06 min")],
)
def test_a_duration_is_read_in_the_unit_that_fits(seconds: float, read: str) -> None:
    assert format_duration(seconds) == read


def test_a_size_is_read_in_the_unit_that_fits() -> None:
    assert [format_size(999), format_size(1536), format_size(5_000_000_000_000)] == ["999 bytes", "1.5 kB", "5000.0 GB"]


def test_one_thing_is_one_thing() -> None:
    assert [format_count(1, "line"), format_count(1200, "line"), format_count(2, "child", "children")] == [
        "1 line",
        "1,200 lines",
        "2 children",
    ]
