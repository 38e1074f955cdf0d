"""How fast a stage of the work goes, and when it will be done."""

import time
from collections.abc import Iterable

from audiobook.cli.times import duration

_MARK_EVERY = 1.0  # seconds between two marks of the pace
_MARKS = 60  # so many are kept: the pace of the last minute counts
_LEAST = 3  # marks that make a forecast


class Pace:
    """How much of a stage is done, and when it will be: the pace of the last minute counts.

    Work is told of when a piece of it is done, and pieces may be long. So the pace is taken from the end of one to the
    end of another, and what passed since then is spent on the next.
    """

    def __init__(self, total: float | None) -> None:
        self.total = total
        self.done = 0.0
        self._marks: list[tuple[float, float]] = []  # seconds on the monotonic clock, and what was done by then
        self._begun: float | None = None  # when the first piece was done
        self._latest = 0.0

    def advance(self, amount: float) -> None:
        """So much more is done, in the unit of the total."""
        self.done += amount
        self._latest = now = time.monotonic()
        self._begun = now if self._begun is None else self._begun
        if now - self._begun < _MARK_EVERY:  # what was there already comes all at once, and says nothing of the rest
            self._marks = [(now, self.done)]
        elif now - self._marks[-1][0] >= _MARK_EVERY:
            self._marks = [*self._marks[-_MARKS:], (now, self.done)]

    @property
    def remaining(self) -> float | None:
        """Seconds until the stage ends; None while nobody can know."""
        if not self.total or len(self._marks) < _LEAST:
            return None
        since, before = self._marks[0]
        if self.done <= before:
            return None
        whole = (self.total - self.done) / (self.done - before) * (self._latest - since)
        return max(0.0, whole - (time.monotonic() - self._latest))


def seconds_left(stages: Iterable[Pace]) -> float | None:
    """Until work is done whose stages overlap: the slowest stage's time; None while nobody can know."""
    known = [pace.remaining for pace in stages]
    return max((seconds for seconds in known if seconds is not None), default=None)


def time_left(stages: Iterable[Pace]) -> str:
    """The same in words; nothing while nobody can know."""
    seconds = seconds_left(stages)
    return "" if seconds is None else f"{duration(seconds)} left"
