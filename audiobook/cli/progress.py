"""Progress on stderr: bars on a terminal, a line now and then in a log, and the estimate of the time left."""

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from audiobook.cli import console
from audiobook.cli.formatting import format_duration
from audiobook.model.progress import SILENT, Progress
from audiobook.model.script import Place

if TYPE_CHECKING:
    from rich.progress import TaskID

_LOG_INTERVAL = 15.0  # seconds between two lines where stderr is not a terminal
_SAMPLE_INTERVAL = 1.0  # seconds between two samples of the work done
_MAX_SAMPLES = 60  # samples kept: the speed is that of the last minute
_MIN_SAMPLES = 3  # samples needed for an estimate


class StageEstimate:
    """The work done in one stage, and an estimate of when it ends, from the speed of the last minute.

    Work is reported when a piece of it is done, and one piece may take seconds. So the speed is measured from the end
    of one piece to the end of another; the time since the latest end counts as work on the next piece.
    """

    def __init__(self, total: float | None) -> None:
        self.total = total
        self.done = 0.0
        self._samples: list[tuple[float, float]] = []  # (monotonic seconds, work done by then)
        self._first: float | None = None  # when the first piece was done
        self._latest = 0.0  # when the latest piece was done

    def advance(self, amount: float) -> None:
        """Add work done, in the unit of the total."""
        self.done += amount
        self._latest = now = time.monotonic()
        self._first = now if self._first is None else self._first
        if now - self._first < _SAMPLE_INTERVAL:  # cached work is reported at once and says nothing about the speed
            self._samples = [(now, self.done)]
        elif now - self._samples[-1][0] >= _SAMPLE_INTERVAL:
            self._samples = [*self._samples[-_MAX_SAMPLES:], (now, self.done)]

    @property
    def remaining(self) -> float | None:
        """Seconds until the stage ends; None while there is too little to estimate from."""
        if not self.total or len(self._samples) < _MIN_SAMPLES:
            return None
        since, done_before = self._samples[0]
        if self.done <= done_before:
            return None
        remaining = (self.total - self.done) / (self.done - done_before) * (self._latest - since)
        return max(0.0, remaining - (time.monotonic() - self._latest))


def estimate_seconds_left(stages: Iterable[StageEstimate]) -> float | None:
    """Seconds until all stages end. They overlap, so this is the time of the slowest; None while it is unknown."""
    known = [stage.remaining for stage in stages]
    return max((seconds for seconds in known if seconds is not None), default=None)


def format_time_left(stages: Iterable[StageEstimate]) -> str:
    """`4 min 05 s left`; an empty text while the time is unknown."""
    seconds = estimate_seconds_left(stages)
    return "" if seconds is None else f"{format_duration(seconds)} left"


@contextmanager
def show_progress() -> Iterator[Progress]:
    """A Progress that suits stderr: bars on a terminal, log lines elsewhere, nothing with --quiet."""
    if console.SETTINGS.quiet:
        yield SILENT
    elif sys.stderr.isatty():
        with ProgressBars() as bars:
            yield bars
    else:
        yield _ProgressLog()


class _ProgressLog:
    """Progress for logs and pipes: a line every 15 seconds, and with --verbose one at the start of each stage."""

    def __init__(self) -> None:
        self._stages: dict[str, StageEstimate] = {}
        self._last = time.monotonic()

    def stage(self, name: str, total: float | None = None) -> None:
        self._stages[name] = StageEstimate(total)
        console.print_detail(f"{name} …")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        stage = self._stages[name]
        stage.advance(amount)
        if stage.total and time.monotonic() - self._last >= _LOG_INTERVAL:
            self._last = time.monotonic()
            parts = (f"{stage.done / stage.total:.0%}", str(place or ""), format_time_left(self._stages.values()))
            console.print_message(f"{name}: {', '.join(filter(None, parts))}")

    def note(self, message: str) -> None:
        console.print_warning(message)


class _TimeLeft:
    """The time left for all stages, as a text that rich asks for at every refresh."""

    def __init__(self, stages: Mapping[str, StageEstimate]) -> None:
        self._stages = stages

    def __rich__(self) -> str:
        return format_time_left(self._stages.values())


class ProgressBars:
    """A bar for each stage, with its place in the book and the time left for all of them."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # rich is slow to import
        from rich.progress import BarColumn, RenderableColumn, TextColumn  # noqa: PLC0415
        from rich.progress import Progress as RichProgress  # noqa: PLC0415

        self._stages: dict[str, StageEstimate] = {}
        self._tasks: dict[str, TaskID] = {}
        self._bars = RichProgress(
            TextColumn("{task.description:9}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f}%"),
            RenderableColumn(_TimeLeft(self._stages)),
            TextColumn("{task.fields[place]}"),
            console=Console(stderr=True, no_color=not console.use_colours(sys.stderr)),
            transient=True,
        )

    def __enter__(self) -> "ProgressBars":
        self._bars.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bars.stop()

    def stage(self, name: str, total: float | None = None) -> None:
        """Add a bar for the stage, and hide the bars of stages without a total: they are over."""
        self._stages[name] = StageEstimate(total)
        for task in self._bars.tasks:
            self._bars.update(task.id, visible=task.visible and task.total is not None)
        if name not in self._tasks:
            self._tasks[name] = self._bars.add_task(name, total=total, place="")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        """Move the stage's bar."""
        self._stages[name].advance(amount)
        self._bars.update(self._tasks[name], advance=amount)
        if place is not None:
            self._bars.update(self._tasks[name], place=console.clean(str(place)))

    def note(self, message: str) -> None:
        """Print a line above the bars."""
        self._bars.console.print(console.clean(message), markup=False, highlight=False)
