"""The interface for progress reports. The command line displays them; a library may pass its own, or `SILENT`."""

from typing import Protocol

from audiobook.model.script import Place


class Progress(Protocol):
    """Receives progress of a build, from one thread at a time. Stages may overlap, such as speaking and mixing."""

    def stage(self, name: str, total: float | None = None) -> None:
        """The stage `name` begins, with `total` units of work (None: unknown)."""

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        """`amount` more units of the stage are done, the last of them at `place`."""

    def note(self, message: str) -> None:
        """A message for the user: a retry, or a name in voices.toml that is not in the book."""


class _Silent:
    def stage(self, name: str, total: float | None = None) -> None: ...

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None: ...

    def note(self, message: str) -> None: ...


SILENT: Progress = _Silent()
