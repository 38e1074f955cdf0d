"""The table of commands, in the order a new user needs them."""

from typing import Annotated

import typer

from audiobook import __version__
from audiobook.cli import build, cast, chapters, check, console, maintenance, plan, pronounce, say, script, voices
from audiobook.cli.options import Quiet, Verbose

app = typer.Typer(
    name="audiobook",
    help="Turn a book into a full-cast audiobook, offline.\n\n"
    "`build` finds out who says each line, gives every character a voice, and writes one file with chapters. "
    "Everything it makes is cached: when you change a voice and build again, only the changed lines are spoken.\n\n"
    "\b\nExamples:\n"
    "  audiobook build emma.epub\n"
    "  audiobook cast emma.epub --write     (then change voices in emma.voices.toml)\n"
    "  audiobook COMMAND --help             (what a command does, with examples)",
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


# Typer's own help option imports pydantic before every command, which takes a tenth of a second; this one does not.
@app.callback(add_help_option=False)
def _main(
    *,
    _help: Annotated[
        bool, typer.Option("--help", "-h", callback=_show_help, is_eager=True, help="Show this message and exit.")
    ] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.", hidden=True)] = False,
) -> None:
    console.configure(quiet=quiet, verbose=verbose, debug=debug)


app.command("build", short_help="Build the audiobook.")(build.build_cli)
app.command("plan", short_help="Show what a build would make again, and why.")(plan.plan_cli)
app.command("chapters", short_help="List the chapters, and what is skipped.")(chapters.chapters_cli)
app.command("script", short_help="Show or write who says each line.")(script.script_cli)
app.command("cast", short_help="List the speakers and their voices.")(cast.cast_cli)
app.add_typer(voices.voices_app, name="voices", short_help="List the voices on this machine, or install more.")
app.command("say", short_help="Hear a voice.")(say.say_cli)
app.command("pronounce", short_help="List the words that may be mispronounced.")(pronounce.pronounce_cli)
app.command("check", short_help="Check finished audio: loudness and format, or every word.")(check.check_cli)
app.command("cache", short_help="Show the size of the cache, or prune it.")(maintenance.cache_cli)
app.command("doctor", short_help="Check that everything a build needs is installed.")(maintenance.doctor_cli)
app.command("shelf", hidden=True)(maintenance.shelf_cli)  # the name of `cache` in version 0.1
