"""Progress in the way that fits where stderr goes."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from audiobook.cli import talk
from audiobook.cli.pace import Pace, time_left
from audiobook.progress import SILENT, Progress
from audiobook.script import Place

_PLAIN_EVERY = 15.0  # seconds between lines of progress where there is no terminal


@contextmanager
def drawn() -> Iterator[Progress]:
    """The progress that fits where stderr goes: bars on a terminal, a line now and then elsewhere, nothing if quiet."""
    if talk.MANNER.quiet:
        yield SILENT
    elif sys.stderr.isatty():
        from audiobook.cli.bars import Bars  # noqa: PLC0415  # rich is heavy

        with Bars() as bars:
            yield bars
    else:
        yield _Lines()


class _Lines:
    """Progress for logs and pipes: one line a stage, then one every quarter of a minute."""

    def __init__(self) -> None:
        self._stages: dict[str, Pace] = {}
        self._last = time.monotonic()

    def stage(self, name: str, total: float | None = None) -> None:
        self._stages[name] = Pace(total)
        if talk.MANNER.verbose:
            talk.say(f"{name} …")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        pace = self._stages[name]
        pace.advance(amount)
        if pace.total and time.monotonic() - self._last >= _PLAIN_EVERY:
            self._last = time.monotonic()
            where, left = str(place or ""), time_left(self._stages.values())
            talk.say(f"{name}: {', '.join(filter(None, (f'{pace.done / pace.total:.0%}', where, left)))}")

    def note(self, message: str) -> None:
        talk.warn(message)
