"""How long work tells where it is. The command line draws it; a library may pass its own, or `SILENT`."""

from typing import Protocol

from audiobook.model.script import Place


class Progress(Protocol):
    """Receives the news of a build, from one thread at a time. Stages may overlap: speaking and mixing do."""

    def stage(self, name: str, total: float | None = None) -> None:
        """The stage `name` begins, with `total` units of work (None: unknown)."""

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        """`amount` more units of the stage are done, the last of them at `place`."""

    def note(self, message: str) -> None:
        """Something worth a line: a retry, a name in voices.toml that nobody in the book carries."""


class _Silent:
    def stage(self, name: str, total: float | None = None) -> None: ...

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None: ...

    def note(self, message: str) -> None: ...


SILENT: Progress = _Silent()
