"""The entry point: it runs a command and turns every error into a message on stderr and an exit code."""

import os
import sys
from pathlib import Path
from typing import NoReturn

from audiobook.cli import console, signals
from audiobook.errors import AudiobookError

_REPORT_BUG = "this is a bug in audiobook; run again with `audiobook --debug …` and report what it prints"


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    _reopen_closed_streams()
    _replace_unencodable_characters()
    try:
        signals.raise_on_signal(is_quiet=lambda: console.SETTINGS.quiet)
        from audiobook.cli.app import app  # noqa: PLC0415  # inside `try`, so that a signal during the import is handled

        code = app(standalone_mode=False)
    except BaseException as error:  # noqa: BLE001  # every error ends here
        code = _handle_error(error)
    sys.exit(code if isinstance(code, int) else 0)


def _reopen_closed_streams() -> None:
    """Connect closed streams (`2>&-`) to the null device; otherwise the next opened file would take their number."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            null = Path(os.devnull).open("r" if name == "stdin" else "w", encoding="utf-8")  # noqa: SIM115  # stays open
            setattr(sys, name, null)


def _replace_unencodable_characters() -> None:
    """Print `?` for a character that the stream's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _handle_error(error: BaseException) -> int:
    """Print the error and give the exit code. It does not return after a stop signal."""
    if signals.was_received():
        signals.exit_after_signal()
    if _is_broken_pipe(error):
        console.discard_output(sys.stdout)
        return 0
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if console.SETTINGS.debug:
        import traceback  # noqa: PLC0415  # needed with --debug only

        console.print_traceback("".join(traceback.format_exception(error)))
    if isinstance(error, AudiobookError):
        console.print_error(error)
        return error.exit_code
    return _handle_foreign_error(error)


def _is_broken_pipe(error: BaseException) -> bool:
    """Whether the reader of stdout has closed it (`| head`); typer turns that into an exit with code 1."""
    cause = error.__context__ if isinstance(error, SystemExit) else error
    return isinstance(cause, BrokenPipeError)


def _handle_foreign_error(error: BaseException) -> int:
    """Print an error that is not an AudiobookError: a usage error from typer, or a bug."""
    show = getattr(error, "show", None)
    if callable(show):  # a usage error from typer
        show()
        return int(getattr(error, "exit_code", 2))
    if type(error).__name__ == "Exit":
        return int(getattr(error, "exit_code", 0))
    console.print_error(AudiobookError(f"{type(error).__name__}: {error}", hint=_REPORT_BUG))
    return AudiobookError.exit_code
