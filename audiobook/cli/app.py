"""The commands, in the order a newcomer meets them."""

from typing import Annotated

import typer

from audiobook import __version__
from audiobook.cli import build, cast, chapters, check, doctor, pronounce, say, script, shelf, talk, voices

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


def _show_help(context: typer.Context, wanted: bool) -> None:
    if wanted:
        typer.echo(context.get_help())
        raise typer.Exit


# Typer's own help option would load pydantic before every command, a tenth of a second, only to learn that it is not
# given; an option with a plain default does not.
@app.callback(add_help_option=False)
def _every_command(
    *,
    _help: Annotated[
        bool, typer.Option("--help", "-h", callback=_show_help, is_eager=True, help="Show this message and leave.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but results and errors.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more about what is going on.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.", hidden=True)] = False,
) -> None:
    talk.settle(quiet=quiet, verbose=verbose, debug=debug)


app.command("build", short_help="Build the audiobook.")(build.build_cli)
app.command("chapters", short_help="Show what would be read, and what would not.")(chapters.chapters_cli)
app.command("script", short_help="Write down who says what.")(script.script_cli)
app.command("cast", short_help="Show who speaks, and in whose voice.")(cast.cast_cli)
app.add_typer(voices.voices_app, name="voices", short_help="List the voices of this machine, or install more.")
app.command("say", short_help="Hear a voice.")(say.say_cli)
app.command("pronounce", short_help="List the words an engine may get wrong.")(pronounce.pronounce_cli)
app.command("check", short_help="Hold a sound file against what publishers ask for.")(check.check_cli)
app.command("shelf", short_help="Show or prune the finished work that is kept.")(shelf.shelf_cli)
app.command("doctor", short_help="Check that everything a build needs is here.")(doctor.doctor_cli)
