"""`audiobook script`: who says what, as a file a person can correct and build from."""

import json
from pathlib import Path
from typing import Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import counted


def script_cli(
    book: options.Book,
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to write the script (default: stdout).")
    ] = None,
    chapters: options.Chapters = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the script: every line of the book and who says it, as JSON.

    Correct a speaker in it by hand and build from it: `audiobook build SCRIPT.json` makes anew only what changed.
    """
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415
    from audiobook.script_json import script_to_json  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    with drawn() as progress:
        script = production.selected(production.script_of(book, progress=progress), chapters)
    text = json.dumps(script_to_json(script), ensure_ascii=False, indent=1)
    if output is None:
        talk.result(text)
        return
    production.write_text(output, text + "\n")
    dialogue = sum(line.kind == "dialogue" for line in script.lines())
    talk.result(str(output))
    doubtful = production.doubtful(script)
    talk.say(
        f"{counted(len(script.characters), 'speaker')}, {dialogue:,} lines of dialogue, {doubtful:,} of them doubtful."
    )
