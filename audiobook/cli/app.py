"""The commands, in the order a newcomer meets them."""

from typing import Annotated

import typer

from audiobook import __version__
from audiobook.cli import build, cast, chapters, doctor, say, script, shelf, talk, voices

app = typer.Typer(
    name="audiobook",
    help="Turn a book into a full-cast audiobook, offline.\n\n"
    "Begin with:  audiobook build BOOK\n\n"
    "Then see who speaks with `audiobook cast BOOK --write`, change voices in BOOK.voices.toml, and build again: "
    "only what you changed is made anew.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"audiobook {__version__}")
        raise typer.Exit


@app.callback()
def _every_command(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what is going on.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.", hidden=True)] = False,
) -> None:
    talk.settle(quiet=quiet, verbose=verbose, debug=debug)


app.command("build")(build.build_cli)
app.command("chapters")(chapters.chapters_cli)
app.command("script")(script.script_cli)
app.command("cast")(cast.cast_cli)
app.command("voices")(voices.voices_cli)
app.command("say")(say.say_cli)
app.command("shelf")(shelf.shelf_cli)
app.command("doctor")(doctor.doctor_cli)
