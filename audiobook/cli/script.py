"""`audiobook script`: who says what, as a file a person can correct and build from."""

import json
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import counted
from audiobook.errors import UsageError

if TYPE_CHECKING:
    from audiobook.script import Script


class Form(Enum):
    """The forms of a script."""

    json = "json"
    text = "text"


def script_cli(
    book: options.Book,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Where to write the script: NAME.script.txt to read and change, NAME.json for programs "
            "(default: JSON on stdout). If FILE is there, what you decided in it is kept.",
        ),
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="The form of the script (default: what FILE's name ends in).")
    ] = None,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help="List the lines worth your look instead, the worst first.")
    ] = False,
    diff: Annotated[
        Path | None,
        typer.Option("--diff", metavar="OLD", help="List the lines that changed voice since OLD, a script or a book."),
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Write over what you decided in FILE, and start again.")
    ] = False,
    chapters: options.Chapters = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the script: every line of the book and who says it.

    Correct a speaker in it by hand and build from it: `audiobook build NAME.script.txt` makes anew only what changed.
    """
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    listings = [name for name, given in (("--doubtful", doubtful), ("--diff", diff is not None)) if given]
    if as_json and not listings:
        form = _json_form(form, output)
    _check(listings, output=output, form=form, fresh=fresh)
    with drawn() as progress:
        whole = production.script_of(book, progress=progress)
        script = production.selected(whole, chapters)
        old = None if diff is None else production.script_of(diff, progress=progress)
    if doubtful:
        _show_doubts(script, as_json=as_json)
    elif old is not None:
        _show_changes(old, whole, {c.number for c in script.chapters}, as_json=as_json)
    else:
        _write(script, output, form or _form_of(output))


def _check(listings: list[str], *, output: Path | None, form: Form | None, fresh: bool) -> None:
    """Raises UsageError where the options do not go together."""
    if len(listings) > 1:
        raise UsageError(f"{' and '.join(listings)} list different things", hint="ask for one of them")
    written = [name for name, given in (("--output", output), ("--format", form), ("--fresh", fresh)) if given]
    if listings and written:
        raise UsageError(f"{listings[0]} lists lines and writes no script", hint=f"leave {written[0]} out")
    if fresh and output is None:
        raise UsageError("--fresh starts a file again, and none is named", hint="name it with --output FILE")


def _json_form(form: Form | None, output: Path | None) -> Form:
    if form is Form.text or (form is None and _form_of(output) is Form.text):
        raise UsageError("--json asks for JSON, and the rest for text", hint="leave one of them out")
    return Form.json


def _form_of(output: Path | None) -> Form:
    return Form.text if output is not None and output.suffix.lower() == ".txt" else Form.json


def _show_doubts(script: "Script", *, as_json: bool) -> None:
    from audiobook import production  # noqa: PLC0415
    from audiobook.cli import listings  # noqa: PLC0415

    doubts = production.doubts(script)
    if as_json:
        talk.json_result(listings.doubts_to_json(doubts))
    else:
        listings.show_doubts(doubts, _dialogue(script))


def _show_changes(old: "Script", new: "Script", chapters: set[int], *, as_json: bool) -> None:
    from audiobook import production  # noqa: PLC0415
    from audiobook.cli import listings  # noqa: PLC0415

    comparison = production.compared(old, new, chapters)
    if as_json:
        talk.json_result(listings.comparison_to_json(comparison))
    else:
        listings.show_comparison(comparison)


def _dialogue(script: "Script") -> int:
    return sum(line.kind == "dialogue" for line in script.lines())


def _write(script: "Script", output: Path | None, form: Form) -> None:
    from audiobook import production  # noqa: PLC0415

    text = _text_of(script, form)
    if output is None:
        talk.result(text.removesuffix("\n"))
        return
    production.write_text(output, text)
    talk.result(str(output))
    talk.say(
        f"{counted(len(script.characters), 'speaker')}, {_dialogue(script):,} lines of dialogue, "
        f"{production.doubtful(script):,} of them doubtful."
    )


def _text_of(script: "Script", form: Form) -> str:
    if form is Form.text:
        from audiobook.script_text import script_to_text  # noqa: PLC0415

        return script_to_text(script)
    from audiobook.script_json import script_to_json  # noqa: PLC0415

    return json.dumps(script_to_json(script), ensure_ascii=False, indent=1) + "\n"
