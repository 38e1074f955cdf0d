"""The one boundary: every error becomes a sentence on stderr and an exit code."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from audiobook.cli import stopping, talk
from audiobook.errors import AudiobookError

_REPORT = "this is a bug in audiobook; run again with `audiobook --debug …` and report what it shows"


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    _open_closed_streams()
    _speak_utf8()
    try:
        stopping.unwind(is_quiet=lambda: talk.MANNER.quiet)
        from audiobook.cli.app import app  # noqa: PLC0415  # a test may import the boundary alone

        code = app(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001  # the boundary is where everything ends
        code = _exit_code(error)
    sys.exit(code if isinstance(code, int) else 0)


def _open_closed_streams() -> None:
    """Whoever closed a stream (`2>&-`) wants to hear nothing on it; and no file of ours may get its number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            nowhere = Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115  # for good
            setattr(sys, name, nowhere)


def _speak_utf8() -> None:
    """A pipe or an old console must not make a curly quotation mark a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _exit_code(error: BaseException) -> int:
    if stopping.was_asked():
        stopping.leave()
    if _reader_left(error):
        talk.mute(sys.stdout)
        return 0
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if talk.MANNER.debug:
        import traceback  # noqa: PLC0415  # only when asked for

        traceback.print_exception(error)
    if isinstance(error, AudiobookError):
        talk.complain(error)
        return error.exit_code
    return _foreign_exit_code(error)


def _reader_left(error: BaseException) -> bool:
    """Whether nobody reads our output any more (`| head`); typer makes an exit with code 1 of that."""
    told = error.__context__ if isinstance(error, SystemExit) else error
    return isinstance(told, BrokenPipeError)


def _foreign_exit_code(error: BaseException) -> int:
    """Errors that are not ours: typer's own, and bugs."""
    show = getattr(error, "show", None)
    if callable(show):  # a usage error of typer's
        show()
        return int(getattr(error, "exit_code", 2))
    if type(error).__name__ == "Exit":
        return int(getattr(error, "exit_code", 0))
    talk.complain(AudiobookError(f"{type(error).__name__}: {error}", hint=_REPORT))
    return AudiobookError.exit_code
