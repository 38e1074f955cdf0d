"""Output of the command line: results go to stdout, messages to stderr, colours only to a terminal."""

import codecs
import json
import os
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

import typer

from audiobook.errors import AudiobookError, DeliveryError


@dataclass(slots=True)
class OutputSettings:
    """How much this run prints; set once from the options that every command has."""

    quiet: bool = False
    verbose: bool = False
    debug: bool = False


SETTINGS = OutputSettings()


def configure(*, quiet: bool | None = None, verbose: bool | None = None, debug: bool | None = None) -> None:
    """Apply the options given before or after the command's name; a setting that is on stays on."""
    SETTINGS.quiet = bool(quiet) or SETTINGS.quiet
    SETTINGS.verbose = bool(verbose) or SETTINGS.verbose
    SETTINGS.debug = bool(debug) or SETTINGS.debug


def use_colours(stream: TextIO) -> bool:
    """Whether to colour `stream`: it is a terminal and NO_COLOR is not set (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and stream.isatty()


# Controls, which a terminal would obey, and marks that turn the direction of what follows; not tabs and line ends.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_STYLE_START, _STYLE_END = {"bold": "\ufdd0", "dim": "\ufdd1"}, "\ufdd2"  # noncharacters, which no text has
_STYLES = {"bold": "\x1b[1m", "dim": "\x1b[2m", "end": "\x1b[0m"}


def clean(text: str) -> str:
    """The text with a space for each control character. Titles and names come from files that are not trusted."""
    return _CONTROLS.sub(" ", text)


def _finish(text: str) -> str:
    """The text as it is printed: cleaned first, then styled."""
    text = clean(text)
    for style, mark in _STYLE_START.items():
        if mark in text:
            text = text.replace(mark, _STYLES[style])
    return text.replace(_STYLE_END, _STYLES["end"])


def print_result(text: str) -> None:
    """Print a result to stdout, without control characters. Raises DeliveryError when stdout cannot be written."""
    print_styled(_finish(text))


def print_styled(text: str) -> None:
    """Print a result that has been cleaned and has styles in it. Raises DeliveryError as `print_result` does."""
    try:
        typer.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output(sys.stdout)
        raise DeliveryError(
            f"cannot write the result: {(error.strerror or str(error)).lower()}", where="stdout"
        ) from error


def print_json(value: Any, *, indent: int = 2) -> None:
    """Print a result for a program, as JSON on stdout.

    JSON is UTF-8. Where stdout has another encoding, or cannot encode a character, the text is ASCII with escapes,
    which every reader of JSON decodes to the same characters.
    """
    text = _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False, indent=indent))
    print_styled(text if _is_utf8(text, sys.stdout) else json.dumps(value, indent=indent))


def _is_utf8(text: str, stream: TextIO) -> bool:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode("utf-8")  # fails at half a surrogate pair, as in a file name that is not UTF-8
    except UnicodeEncodeError:
        return False
    return codecs.lookup(encoding).name == "utf-8"


def print_message(text: str) -> None:
    """Print a message to stderr, unless --quiet is given."""
    if not SETTINGS.quiet:
        typer.echo(_finish(text), err=True)


def print_detail(text: str) -> None:
    """Print a message to stderr, only when --verbose is given."""
    if SETTINGS.verbose:
        print_message(text)


def print_note(text: str) -> None:
    """Print a note about how the command was called, such as an old spelling of an option."""
    if not SETTINGS.quiet:
        typer.echo(f"{_style_label('note:', 'cyan')} {_finish(text)}", err=True)


def print_warning(text: str) -> None:
    """Print a warning to stderr. It ignores --quiet, because it changes what the result is worth."""
    typer.echo(f"{_style_label('warning:', 'yellow')} {_finish(text)}", err=True)


def print_notices(notices: Iterable[str]) -> None:
    """Print what the user should know about the files of a book, as warnings."""
    for notice in notices:
        print_warning(notice)


def print_error(error: AudiobookError) -> None:
    """Print an error to stderr: what is wrong, where, and how to fix it."""
    typer.echo(f"{_style_label('error:', 'red')} {_finish(str(error))}", err=True)
    if error.hint:
        typer.echo(f"{_style_label('hint:', 'cyan')} {_finish(error.hint)}", err=True)


def print_traceback(text: str) -> None:
    """Print the traceback of an error to stderr, as --debug asks."""
    typer.echo(clean(text.rstrip("\n")), err=True)


def discard_output(stream: TextIO) -> None:
    """Redirect everything written to `stream` from now on, and what it still buffers, to the null device."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, stream.fileno())
    os.close(null)


def emphasise(text: str) -> str:
    """Text for stdout, bold on a terminal."""
    return f"{_STYLE_START['bold']}{text}{_STYLE_END}" if use_colours(sys.stdout) else text


def dim(text: str) -> str:
    """Text for stdout, dimmed on a terminal."""
    return f"{_STYLE_START['dim']}{text}{_STYLE_END}" if use_colours(sys.stdout) else text


def _style_label(text: str, colour: str) -> str:
    return typer.style(text, fg=colour, bold=True) if use_colours(sys.stderr) else text
