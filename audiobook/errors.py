"""What can go wrong, and what to do about it.

    AudiobookError            1   a bug, unless a subclass says otherwise
    ├── UsageError            2   the command line asks for something that cannot be
    ├── BookError             3   the book cannot be read
    ├── VoicesError           4   voices.toml, or a voice named on the command line
    ├── MissingToolError      5   a tool or an engine is not installed
    ├── EngineError           6   an engine failed to speak
    ├── PartialError          7   the edition has holes, and was asked for all the same
    ├── DeliveryError         8   the finished sound could not be put where it was wanted
    └── CheckError            9   a sound file is not what was asked of it

Library code raises these; only the command line's boundary prints them. Each carries one sentence on what is wrong,
where it is (a file, a table and key, a place in the book), and the way out.
"""

import os
from typing import Any, ClassVar

EXIT_STOPPED = 128  # and the number of the signal: 130 after Ctrl-C, 143 after SIGTERM, 129 after a closed terminal


class AudiobookError(Exception):
    """A failure with a sentence for the user.

    `message` says what is wrong, `where` the file, line, key or place, `hint` what to do. All three survive pickling,
    so that an error raised in a worker process arrives whole.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self.message, self.where, self.hint)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


def command_line(*words: object) -> str:
    """A command to paste into a shell, for hints: each word quoted where it needs to be."""
    import shlex  # noqa: PLC0415  # needed for hints only

    texts = [str(word) for word in words]
    if os.name == "nt":
        import subprocess  # noqa: PLC0415

        return subprocess.list2cmdline(texts)
    return shlex.join(texts)


def _restore(kind: type[AudiobookError], message: str, where: str | None, hint: str | None) -> AudiobookError:
    return kind(message, where=where, hint=hint)


class UsageError(AudiobookError):
    """The command line asks for something that cannot be."""

    exit_code = 2


class BookError(AudiobookError):
    """The book cannot be read."""

    exit_code = 3


class VoicesError(AudiobookError):
    """voices.toml, or a voice named on the command line, is wrong.

    One error carries every complaint about the file, a line each in `message`.
    """

    exit_code = 4


class MissingToolError(AudiobookError):
    """A tool or an engine is not installed; the hint is the line that installs it."""

    exit_code = 5


class EngineError(AudiobookError):
    """An engine failed to speak, after every retry."""

    exit_code = 6


class PartialError(AudiobookError):
    """The edition has holes, and the user allowed them."""

    exit_code = 7


class DeliveryError(AudiobookError):
    """The finished sound could not be put where it was wanted."""

    exit_code = 8


class CheckError(AudiobookError):
    """A sound file is not what was asked of it."""

    exit_code = 9
