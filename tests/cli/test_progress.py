"""The forecast: right from the first minute on, however long the pieces are in which work is told of."""

import itertools
import time

import pytest

from audiobook.cli.progress import StageEstimate, estimate_seconds_left


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time it is, which a test sets."""
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


@pytest.mark.parametrize("piece", [0.2, 1.0, 3.0, 7.0])
@pytest.mark.parametrize("late", [0.0, 5.0, 20.0])
def test_steady_work_is_forecast_to_the_second(piece: float, late: float, clock: list[float]) -> None:
    """Whatever it took to begin, and between two pieces as well as at the end of one."""
    stage = StageEstimate(400.0)
    end = 100 + late + 400
    for number in itertools.count(1):
        clock[0] = 100 + late + number * piece
        if clock[0] > end:
            break
        stage.advance(piece)
        clock[0] += piece / 2
        if number * piece > 6 + 6 * piece:
            assert stage.remaining == pytest.approx(max(0.0, end - clock[0]), abs=0.01)


def test_what_was_there_already_says_nothing_of_the_pace(clock: list[float]) -> None:
    stage = StageEstimate(1_000.0)
    for _ in range(90):
        stage.advance(10.0)
    for _ in range(10):
        clock[0] += 2.0
        stage.advance(1.0)
    assert stage.remaining == pytest.approx((1_000 - 910) * 2, rel=0.01)


def test_nothing_is_forecast_from_next_to_nothing(clock: list[float]) -> None:
    stage = StageEstimate(1_000.0)
    assert stage.remaining is None
    for _ in range(2):
        clock[0] += 1.5
        stage.advance(1.0)
        assert stage.remaining is None
    assert StageEstimate(None).remaining is None


def test_the_pace_of_the_last_minute_counts(clock: list[float]) -> None:
    stage = StageEstimate(10_000.0)
    for speed in (10.0, 1.0):
        for _ in range(120):
            clock[0] += 1.0
            stage.advance(speed)
    assert stage.remaining == pytest.approx(10_000 - 1_320, rel=0.01)


def test_work_that_overlaps_is_done_when_its_slowest_stage_is(clock: list[float]) -> None:
    fast, slow = StageEstimate(100.0), StageEstimate(100.0)
    for _ in range(10):
        clock[0] += 1.0
        fast.advance(5.0)
        slow.advance(2.0)
    assert estimate_seconds_left([fast, slow]) == pytest.approx(40.0)
    assert estimate_seconds_left([StageEstimate(None)]) is None
