"""How the command line talks: colours only on a terminal, talk on stderr, results on stdout."""

import codecs
import json
import os
import sys
from dataclasses import dataclass
from typing import Any, TextIO

import typer

from audiobook.errors import AudiobookError, DeliveryError


@dataclass(slots=True)
class Manner:
    """How much is said in this run; set once, from the options every command has."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False


MANNER = Manner()


def settle(*, quiet: bool | None = None, verbose: bool | None = None, debug: bool | None = None) -> None:
    """Take the options that stand before or behind a command's name; either place turns a manner on."""
    MANNER.quiet = bool(quiet) or MANNER.quiet
    MANNER.verbose = bool(verbose) or MANNER.verbose
    MANNER.debug = bool(debug) or MANNER.debug


def colours(stream: TextIO) -> bool:
    """Whether `stream` may be coloured: a terminal, and the user has not said NO_COLOR (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


def result(text: str) -> None:
    """A result, on stdout. Raises DeliveryError where it cannot be written there."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        mute(sys.stdout)
        raise DeliveryError(
            f"cannot write the result: {(error.strerror or str(error)).lower()}", where="stdout"
        ) from error


def mute(stream: TextIO) -> None:
    """Send what is written from now on, and what was not written yet, nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def json_result(value: Any, *, indent: int = 2) -> None:
    """A result for a program, as JSON on stdout.

    JSON is UTF-8. Where stdout has another encoding, or cannot encode a character, the text is ASCII with escapes,
    which every reader of JSON takes for the same.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    result(text if _writes_as_utf8(text, sys.stdout) else json.dumps(value, indent=indent))


def _writes_as_utf8(text: str, stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode("utf-8")  # fails at half a surrogate pair, as in a file name that is not UTF-8
    except UnicodeEncodeError:
        return False
    return codecs.lookup(encoding).name == "utf-8"


def say(text: str) -> None:
    """Talk, on stderr, unless the user wants quiet."""
    if not MANNER.quiet:
        typer.echo(text, err=True)


def say_more(text: str) -> None:
    """Talk for whoever wants to know more."""
    if MANNER.verbose:
        say(text)


def warn(text: str) -> None:
    """A warning on stderr; shown even when quiet, since it changes what the result is worth."""
    typer.echo(f"{_styled('warning:', 'yellow')} {text}", err=True)


def complain(error: AudiobookError) -> None:
    """An error on stderr: what is wrong, where, and the way out."""
    typer.echo(f"{_styled('error:', 'red')} {error}", err=True)
    if error.hint:
        typer.echo(f"{_styled('hint:', 'cyan')} {error.hint}", err=True)


def strong(text: str) -> str:
    """Text of a result that the eye shall find."""
    return typer.style(text, bold=True) if colours(sys.stdout) else text


def faint(text: str) -> str:
    """Text of a result that stands back."""
    return typer.style(text, dim=True) if colours(sys.stdout) else text


def _styled(text: str, colour: str) -> str:
    return typer.style(text, fg=colour, bold=True) if colours(sys.stderr) else text
