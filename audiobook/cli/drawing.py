"""Tables and progress, drawn with rich: live on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn
from rich.progress import Progress as RichProgress
from rich.table import Table
from rich.text import Text

from audiobook.cli import talk
from audiobook.cli.times import duration
from audiobook.progress import SILENT, Progress
from audiobook.script import Place

_PLAIN_EVERY = 15.0  # seconds between lines of progress where there is no terminal
_NARROWEST = 40  # columns; a terminal can claim to have none


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table on stdout; on a terminal the last column is cut to its width, in a pipe nothing is cut."""
    terminal = sys.stdout.isatty()
    console = Console(
        no_color=not talk.colours(sys.stdout),
        highlight=False,
        width=None if terminal else 10_000,
        legacy_windows=False,
    )
    drawing = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(heads):
        last = number == len(heads) - 1
        drawing.add_column(
            head, justify="right" if number in right else "left", no_wrap=last, overflow="ellipsis" if last else "fold"
        )
    for row in rows:
        drawing.add_row(*(Text(_one_line(cell)) for cell in row))
    if terminal and console.width < _NARROWEST:
        console.width = _NARROWEST
    with console.capture() as capture:
        console.print(drawing)
    sys.stdout.write("\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n")


def _one_line(text: str) -> str:
    """Book text may hold anything; control characters must not reach the terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


@contextmanager
def drawn() -> Iterator[Progress]:
    """The progress that fits where stderr goes: bars on a terminal, a line now and then elsewhere, nothing if quiet."""
    if talk.MANNER.quiet:
        yield SILENT
    elif sys.stderr.isatty():
        with _Bars() as bars:
            yield bars
    else:
        yield _Lines()


class _Pace:
    """How much of a stage is done, and when it will be: the pace of the last minute counts."""

    def __init__(self, total: float | None) -> None:
        self.total = total
        self.done = 0.0
        self._marks = [(time.monotonic(), 0.0)]

    def advance(self, amount: float) -> None:
        self.done += amount
        now = time.monotonic()
        if now - self._marks[-1][0] >= 1:
            self._marks = [*self._marks[-60:], (now, self.done)]

    @property
    def remaining(self) -> float | None:
        """Seconds until the stage ends; None while nobody can know."""
        since, before = self._marks[0]
        elapsed, gained = time.monotonic() - since, self.done - before
        if not self.total or gained <= 0 or elapsed < 1:
            return None
        return (self.total - self.done) / gained * elapsed


class _Lines:
    """Progress for logs and pipes: one line a stage, then one every quarter of a minute."""

    def __init__(self) -> None:
        self._stages: dict[str, _Pace] = {}
        self._last = time.monotonic()

    def stage(self, name: str, total: float | None = None) -> None:
        self._stages[name] = _Pace(total)
        if talk.MANNER.verbose:
            talk.say(f"{name} …")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        pace = self._stages[name]
        pace.advance(amount)
        if pace.total and time.monotonic() - self._last >= _PLAIN_EVERY:
            self._last = time.monotonic()
            at = f", {place}" if place else ""
            talk.say(f"{name}: {pace.done / pace.total:.0%}{at}, {_left(_longest(self._stages.values()))}")

    def note(self, message: str) -> None:
        talk.warn(message)


class _Left(ProgressColumn):
    """The time left for the whole build: that of the slowest stage, since stages overlap."""

    def __init__(self, stages: dict[str, _Pace]) -> None:
        super().__init__()
        self._stages = stages

    def render(self, task: Task) -> Text:  # noqa: ARG002  # rich asks every row; the answer is the build's
        return Text(_left(_longest(self._stages.values())))


def _longest(stages: Iterable[_Pace]) -> float | None:
    known = [pace.remaining for pace in stages]
    return max((seconds for seconds in known if seconds is not None), default=None)


def _left(seconds: float | None) -> str:
    return "" if seconds is None else f"{duration(seconds)} left"


class _Bars:
    """Progress on a terminal: a bar a stage, the place in the book, and the time left."""

    def __init__(self) -> None:
        self._stages: dict[str, _Pace] = {}
        self._tasks: dict[str, TaskID] = {}
        self._rich = RichProgress(
            TextColumn("{task.description:9}"),
            BarColumn(bar_width=28),
            TextColumn("{task.percentage:>3.0f}%"),
            _Left(self._stages),
            TextColumn("{task.fields[place]}"),
            console=Console(stderr=True, no_color=not talk.colours(sys.stderr)),
            transient=True,
        )

    def __enter__(self) -> "_Bars":
        self._rich.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._rich.stop()

    def stage(self, name: str, total: float | None = None) -> None:
        self._stages[name] = _Pace(total)
        for task in self._rich.tasks:  # a stage of unknown length is over when another begins
            self._rich.update(task.id, visible=task.visible and task.total is not None)
        if name not in self._tasks:
            self._tasks[name] = self._rich.add_task(name, total=total, place="")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        self._stages[name].advance(amount)
        self._rich.update(self._tasks[name], advance=amount)
        if place is not None:
            self._rich.update(self._tasks[name], place=str(place))

    def note(self, message: str) -> None:
        self._rich.console.print(Text(message))
