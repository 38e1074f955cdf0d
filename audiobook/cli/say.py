"""`audiobook say`: hear a voice, or how a word is pronounced, without building anything."""

from pathlib import Path
from typing import Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_duration
from audiobook.errors import UsageError


def say_cli(
    text: Annotated[
        str | None,
        typer.Argument(metavar="TEXT", help="What to say; with --spoken, by default each line of standard input."),
    ] = None,
    *,
    voice: Annotated[
        str | None, typer.Option("--voice", metavar="NAME", help="The voice, as `audiobook voices` lists it.")
    ] = None,
    speaker: Annotated[
        str | None,
        typer.Option("--as", metavar="SPEAKER", help="The voice this speaker has in the voices file (or narrator)."),
    ] = None,
    book: Annotated[
        Path | None, typer.Option("--book", metavar="BOOK", help="With --as: the book that SPEAKER is a character of.")
    ] = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    words_per_minute: Annotated[
        int | None, typer.Option("--rate", metavar="WPM", help="Speed, in words per minute.")
    ] = None,
    pitch: Annotated[int | None, typer.Option("--pitch", metavar="0-99", help="Pitch; 50 is the voice's own.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="A .wav, .mp3, .m4b, .opus or .flac file (default: the loudspeaker)."
        ),
    ] = None,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Print the words that would be spoken, and speak nothing.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Speak a text in a voice, aloud or to a file, with the pronunciations of the voices file.

    Numbers, dates and abbreviations are spoken as in a build; --spoken prints the words.

    \b
    Examples:
      audiobook say "Good evening." --voice en-us
      audiobook say "Good evening." --as Emma --book emma.epub
      audiobook say "On 3 May 1815." --spoken
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.model.request import PreviewRequest  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    preview = PreviewRequest(
        text=text or "",
        voice=voice,
        speaker=speaker,
        book=book,
        voices=voices,
        engine=engine,
        words_per_minute=words_per_minute,
        pitch=pitch,
        output=output,
    )
    if spoken and text in {None, "-"}:
        for line in services.spoken_lines(preview, typer.get_text_stream("stdin", "utf-8", "replace")):
            console.print_result(line)
        return
    if text is None:
        raise UsageError("there is no text to say", hint='try: audiobook say "Good evening."')
    if spoken:
        console.print_result(services.spoken_text(preview))
        return
    heard = services.make_preview(preview)
    if heard.file is not None:
        console.print_result(str(heard.file))
    console.print_message(f"{heard.voice.engine} {heard.voice.name}: {format_duration(heard.seconds)}")
