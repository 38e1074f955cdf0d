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
    from audiobook.production import Revision
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
    talk.settle(quiet=quiet, verbose=verbose)
    listings = [name for name, given in (("--doubtful", doubtful), ("--diff", diff is not None)) if given]
    if as_json and not listings:
        form = _json_form(form, output)
    _check(listings, output=output, form=form, fresh=fresh)
    if doubtful:
        _list_doubts(book, chapters, as_json=as_json)
    elif diff is not None:
        _list_changes(diff, book, chapters, as_json=as_json)
    else:
        _write(book, chapters, output, form or _form_of(output), fresh=fresh)


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


def _list_doubts(book: Path, chapters: str | None, *, as_json: bool) -> None:
    from audiobook import production  # noqa: PLC0415  # heavy, here and below
    from audiobook.cli import listings  # noqa: PLC0415
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    with drawn() as progress:
        script = production.selected(production.script_of(book, progress=progress), chapters)
    doubts = production.doubts_of(script)
    if as_json:
        talk.json_result(listings.doubts_to_json(doubts))
    else:
        listings.show_doubts(doubts, _dialogue(script), production.addresses(book))


def _list_changes(old: Path, new: Path, chapters: str | None, *, as_json: bool) -> None:
    from audiobook import production  # noqa: PLC0415
    from audiobook.cli import listings  # noqa: PLC0415
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    with drawn() as progress:
        before, after = (production.script_of(path, progress=progress) for path in (old, new))
    wanted = {chapter.number for chapter in production.selected(after, chapters).chapters}
    comparison = production.compared(before, after, wanted)
    if as_json:
        talk.json_result(listings.comparison_to_json(comparison))
    else:
        listings.show_comparison(comparison, production.addresses(new))


def _dialogue(script: "Script") -> int:
    return sum(line.kind == "dialogue" for line in script.lines())


def _write(book: Path, chapters: str | None, output: Path | None, form: Form, *, fresh: bool) -> None:
    from audiobook import production  # noqa: PLC0415
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    with drawn() as progress:
        if output is not None and production.is_revision(book, output, fresh=fresh):
            revision = production.revised(book, output, chapters=chapters, progress=progress)
        else:
            script = production.selected(production.script_of(book, progress=progress), chapters)
            revision = production.Revision(script=script, misspelt=production.misspelt(script))
    if output is None:
        _print(revision.script, form)
        return
    aside = production.set_aside(output) if revision.reworded else None
    production.write_text(output, _text_of(revision.script, form))
    talk.result(str(output))
    talk.say(
        f"{counted(len(revision.script.characters), 'speaker')}, {_dialogue(revision.script):,} lines of dialogue, "
        f"{production.doubtful(revision.script):,} of them doubtful."
    )
    _tell(revision, output, aside)


def _tell(revision: "Revision", output: Path, aside: Path | None) -> None:
    """What became of the decisions in the file that was there."""
    from audiobook.cli.excerpts import excerpt  # noqa: PLC0415

    kept = [
        counted(number, what, many)
        for number, what, many in (
            (revision.pins, "pinned line", "pinned lines"),
            (revision.renames, "name given", "names given"),
            (revision.people, "gender or age", "genders or ages"),
        )
        if number
    ]
    kept += [f"the {fact}" for fact in revision.facts]
    if kept:
        talk.say(f"Kept as you decided: {', '.join(kept)}.")
    for name, near in revision.misspelt:
        talk.warn(f"{name!r} is a name that only you wrote; is it {near!r}?")
    for stray in revision.strays:
        where = f"{output}: chapter {stray.chapter}, paragraph {stray.paragraph}"
        who = "nobody" if stray.speaker is None else stray.speaker
        talk.warn(f"{where}: the book no longer has this line of {who}: {excerpt(stray.text, 70)}")
    for rename in revision.strangers:
        talk.warn(f"{output}: nobody is called {rename.name!r}, who was to become {rename.becomes!r}")
    if revision.strays or revision.strangers:
        talk.say("These decisions are kept in the file, in case they fit again; take out what is not wanted.")
    if aside is not None:
        talk.warn(
            f"{counted(revision.reworded, 'paragraph')} of {output} read otherwise than in the book, whose words were "
            f"taken; the file as it was is kept as {aside}"
        )


def _print(script: "Script", form: Form) -> None:
    if form is Form.text:
        talk.result(_text_of(script, form).removesuffix("\n"))
        return
    from audiobook.script_json import script_to_json  # noqa: PLC0415

    talk.json_result(script_to_json(script), indent=1)


def _text_of(script: "Script", form: Form) -> str:
    if form is Form.text:
        from audiobook.script_text import script_to_text  # noqa: PLC0415

        return script_to_text(script)
    from audiobook.script_json import script_to_json  # noqa: PLC0415

    return json.dumps(script_to_json(script), ensure_ascii=False, indent=1) + "\n"
