"""How long work tells where it is. The command line draws it; libraries may pass their own, or `SILENT`."""

from typing import Protocol

from audiobook.script import Place


class Progress(Protocol):
    """Receives the news of a build. Called from one thread at a time."""

    def stage(self, name: str, total: float | None = None) -> None:
        """A stage begins: "reading", "script", "speaking", …, with `total` units of work (None: unknown)."""

    def advance(self, amount: float = 1.0, *, place: Place | None = None) -> None:
        """`amount` more units of the stage are done, the last of them at `place`."""

    def note(self, message: str) -> None:
        """Something worth a line: a retry, a doubtful guess."""


class _Silent:
    def stage(self, name: str, total: float | None = None) -> None: ...

    def advance(self, amount: float = 1.0, *, place: Place | None = None) -> None: ...

    def note(self, message: str) -> None: ...


SILENT: Progress = _Silent()
