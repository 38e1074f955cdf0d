"""How fast a stage of the work goes, and when it will be done."""

import time
from collections.abc import Iterable

from audiobook.cli.times import duration

_MARK_EVERY = 1.0  # seconds between two marks of the pace
_MARKS = 60  # so many are kept: the pace of the last minute counts


class Pace:
    """How much of a stage is done, and when it will be: the pace of the last minute counts."""

    def __init__(self, total: float | None) -> None:
        self.total = total
        self.done = 0.0
        self._marks = [(time.monotonic(), 0.0)]

    def advance(self, amount: float) -> None:
        """So much more is done, in the unit of the total."""
        self.done += amount
        now = time.monotonic()
        if now - self._marks[-1][0] >= _MARK_EVERY:
            self._marks = [*self._marks[-_MARKS:], (now, self.done)]

    @property
    def remaining(self) -> float | None:
        """Seconds until the stage ends; None while nobody can know."""
        since, before = self._marks[0]
        elapsed, gained = time.monotonic() - since, self.done - before
        if not self.total or gained <= 0 or elapsed < _MARK_EVERY:
            return None
        return (self.total - self.done) / gained * elapsed


def seconds_left(stages: Iterable[Pace]) -> float | None:
    """Until work is done whose stages overlap: the slowest stage's time; None while nobody can know."""
    known = [pace.remaining for pace in stages]
    return max((seconds for seconds in known if seconds is not None), default=None)


def time_left(stages: Iterable[Pace]) -> str:
    """The same in words; nothing while nobody can know."""
    seconds = seconds_left(stages)
    return "" if seconds is None else f"{duration(seconds)} left"
