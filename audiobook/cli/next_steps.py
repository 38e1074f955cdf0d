"""The next useful command after a result, with the user's own file names: one line on stderr."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from audiobook.cli import console
from audiobook.errors import command_line

if TYPE_CHECKING:
    from audiobook.model.request import BuildRequest, BuildResult

_MANY_DOUBTFUL = 0.05  # share of the lines above which doubtful speakers matter more than voices
_RECOGNISER = "faster_whisper"


def print_next_step(what: str, *words: object) -> None:
    """Print `Next: WHAT: audiobook WORDS`, with each word quoted for the shell."""
    command = f": {command_line('audiobook', *words)}" if words else ""
    console.print_message(f"Next: {what}{command}")


def print_step_after_build(request: "BuildRequest", result: "BuildResult") -> None:
    """Print the step that suits this build best: what is wrong first, then what can be improved, then a check."""
    report = result.report
    lines = report.recorded + report.reused
    if report.gaps:
        print_next_step("run the same command again; only the missing lines are spoken")
    elif report.doubtful > _MANY_DOUBTFUL * lines:
        _print_doubtful_step(request)
    elif not has_voices_file(request, report.voices_file):
        engine = ("--engine", request.engine) if request.engine else ()
        print_next_step("choose the voices", "cast", *_named(request), "--write", *_chapters(request), *engine)
    elif report.doubtful:
        _print_doubtful_step(request)
    elif request.mastering.room is not None:  # a publisher's preset
        print_next_step("check it against what ACX asks for", "check", _product(request, result))
    elif importlib.util.find_spec(_RECOGNISER) is not None and request.engine != "tone":
        print_next_step("check that every line is heard", "check", "--transcribe", _product(request, result))
    elif request.reading.parts:
        print_next_step("change what you like and build again; only what changed is spoken again")
    else:
        print_next_step("list the words that may be mispronounced", "pronounce", request.book, *_chapters(request))


def _print_doubtful_step(request: "BuildRequest") -> None:
    what = "list the lines whose speaker is doubtful"
    print_next_step(what, "script", *_named(request), "--doubtful", *_chapters(request))


def has_voices_file(request: "BuildRequest", voices_file: Path) -> bool:
    """Whether the book has a voices file of its own: one given with --voices, or one in the book's folder."""
    return request.voices is not None or voices_file.resolve().parent == request.book.resolve().parent


def script_file_for(book: Path) -> Path:
    """Where to write the book's script as text: `emma.epub` → `emma.script.txt`."""
    return book.with_name(f"{book.stem}.script.txt")


def is_script(book: Path) -> bool:
    """Whether the file's name is that of a script, which is corrected in place."""
    return book.suffix.lower() == ".json" or book.name.lower().endswith(".script.txt")


def _product(request: "BuildRequest", result: "BuildResult") -> Path:
    """What was made, as one argument: the file, or the folder of a file per chapter."""
    return result.files[0].parent if request.per_chapter else result.files[0]


def _chapters(request: "BuildRequest") -> tuple[str, ...]:
    chapters = ("--chapters", request.chapters) if request.chapters else ()
    return chapters if request.reading.notes == "skip" else (*chapters, "--notes", request.reading.notes)


def _named(request: "BuildRequest") -> tuple[Path, ...]:
    """The book as it is named on the command line."""
    return request.reading.parts or (request.book,)
