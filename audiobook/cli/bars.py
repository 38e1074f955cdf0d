"""Progress on a terminal, drawn with rich."""

import sys

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, Task, TaskID, TextColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

from audiobook.cli import talk
from audiobook.cli.pace import Pace, time_left
from audiobook.script import Place


class _Left(ProgressColumn):
    """The time left for the whole build: that of the slowest stage, since stages overlap."""

    def __init__(self, stages: dict[str, Pace]) -> None:
        super().__init__()
        self._stages = stages

    def render(self, task: Task) -> Text:  # noqa: ARG002  # rich asks every row; the answer is the build's
        return Text(time_left(self._stages.values()))


class Bars:
    """A bar a stage, the place in the book, and the time left."""

    def __init__(self) -> None:
        self._stages: dict[str, Pace] = {}
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

    def __enter__(self) -> "Bars":
        self._rich.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._rich.stop()

    def stage(self, name: str, total: float | None = None) -> None:
        """Show a bar for it."""
        self._stages[name] = Pace(total)
        for task in self._rich.tasks:  # a stage of unknown length is over when another begins
            self._rich.update(task.id, visible=task.visible and task.total is not None)
        if name not in self._tasks:
            self._tasks[name] = self._rich.add_task(name, total=total, place="")

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        """Move its bar."""
        self._stages[name].advance(amount)
        self._rich.update(self._tasks[name], advance=amount)
        if place is not None:
            self._rich.update(self._tasks[name], place=str(place))

    def note(self, message: str) -> None:
        """A line above the bars."""
        self._rich.console.print(Text(message))
