"""The next useful command after a result, with the user's own file names: one line on stderr."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.cli import console
from audiobook.errors import command_line

if TYPE_CHECKING:
    from audiobook.model.request import Edition, Order

_MANY_DOUBTFUL = 0.05  # share of the lines above which doubtful speakers matter more than voices
_RECOGNISER = "faster_whisper"


def print_next_step(what: str, *words: object) -> None:
    """Print `Next: WHAT: audiobook WORDS`, with each word quoted for the shell."""
    command = f": {command_line('audiobook', *words)}" if words else ""
    console.print_message(f"Next: {what}{command}")


def print_step_after_build(order: "Order", edition: "Edition") -> None:
    """Print the step that suits this build best: what is wrong first, then what can be improved, then a check."""
    book, report = order.book, edition.report
    lines = report.recorded + report.reused
    if report.gaps:
        print_next_step("run the same command again; only the missing lines are spoken")
    elif report.doubtful > _MANY_DOUBTFUL * lines:
        _print_doubtful_step(order)
    elif not has_voices_file(order, report.voices_file):
        engine = ("--engine", order.engine) if order.engine else ()
        print_next_step("choose the voices", "cast", book, "--write", *_chapters(order), *engine)
    elif report.doubtful:
        _print_doubtful_step(order)
    elif order.mastering.room is not None:  # a publisher's preset
        print_next_step("check it against what ACX asks for", "check", _product(order, edition))
    elif importlib.util.find_spec(_RECOGNISER) is not None and order.engine != "tone":
        print_next_step("check that every line is heard", "check", "--transcribe", _product(order, edition))
    else:
        print_next_step("list the words that may be mispronounced", "pronounce", book, *_chapters(order))


def _print_doubtful_step(order: "Order") -> None:
    what = "list the lines whose speaker is doubtful"
    print_next_step(what, "script", order.book, "--doubtful", *_chapters(order))


def has_voices_file(order: "Order", voices_file: Path) -> bool:
    """Whether the book has a voices file of its own: one given with --voices, or one in the book's folder."""
    return order.voices is not None or voices_file.resolve().parent == order.book.resolve().parent


def script_file_for(book: Path) -> Path:
    """Where to write the book's script as text: `emma.epub` → `emma.script.txt`."""
    return book.with_name(f"{book.stem}.script.txt")


def is_script(book: Path) -> bool:
    """Whether the file's name is that of a script, which is corrected in place."""
    return book.suffix.lower() == ".json" or book.name.lower().endswith(".script.txt")


def _product(order: "Order", edition: "Edition") -> Path:
    """What was made, as one argument: the file, or the folder of a file per chapter."""
    return edition.files[0].parent if order.per_chapter else edition.files[0]


def _chapters(order: "Order") -> tuple[str, ...]:
    return ("--chapters", order.chapters) if order.chapters else ()
