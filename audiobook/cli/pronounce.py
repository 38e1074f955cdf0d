"""`audiobook pronounce`: words that an engine may mispronounce, and a way to try other spellings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_count, format_duration, print_table, shorten
from audiobook.cli.next_steps import print_next_step
from audiobook.errors import UsageError

if TYPE_CHECKING:
    from audiobook.services.pronounce import UnsureWord, UnsureWords


def pronounce_cli(
    book: options.Book,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD", help="A word of the book, to hear in its sentence ...")
    ] = None,
    spelling: Annotated[
        str | None, typer.Argument(metavar="SPELLING]", help="... spoken as if it were spelled like this.")
    ] = None,
    *,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    language: options.Language = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Only words that are spoken at least N times.")
    ] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="With SPELLING: a .wav, .mp3 or .flac file (default: the loudspeaker).",
        ),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the words that no dictionary has, the most frequent first: the engine guesses how to say them.

    Most of them are names. With a WORD and a SPELLING you hear the word's first sentence with that spelling. Write the
    spelling that sounds right into the voices file, under [pronunciations]: Knightley = "Nightly".

    \b
    Examples:
      audiobook pronounce emma.epub --least 5
      audiobook pronounce emma.epub Knightley Nightly
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.model.request import BuildRequest  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    reading = options.make_reading(language, notes)
    request = BuildRequest(book=book, chapters=chapters, voices=voices, engine=engine, reading=reading)
    if word is not None:
        heard = services.try_pronunciation(request, word, spelling or word, output)
        if heard.file is not None:
            console.print_result(str(heard.file))
        voice = f"{heard.voice.engine} {heard.voice.name}"
        console.print_message(f"{voice}, {format_duration(heard.seconds)}: {heard.spoken}")
        return
    if output is not None:
        raise UsageError("--output needs a WORD and its SPELLING")
    found = services.list_unsure_words(request)
    words = [unsure for unsure in found.words if unsure.times >= least]
    if as_json:
        console.print_json(_to_json(found, words))
        return
    _print_words(found, words)
    if words:
        print_next_step("hear a word with another spelling", "pronounce", book, words[0].word, "SPELLING")


def _to_json(found: "UnsureWords", words: "list[UnsureWord]") -> dict[str, object]:
    return {
        "words": [
            {
                "word": row.word,
                "times": row.times,
                "said": row.said,
                "place": str(row.line.place),
                "line": row.line.text,
            }
            for row in words
        ],
        "unused": [entry.written for entry in found.unused],
    }


def _print_words(found: "UnsureWords", words: "list[UnsureWord]") -> None:
    if not found.checked:
        console.print_warning("no dictionary of the book's language is installed, so unknown words cannot be listed")
    print_table(
        ("word", "times", "said as", "first in"),
        [(row.word, f"{row.times:,}", row.said or "", shorten(row.line.text, 0)) for row in words],
        right=(1,),
    )
    for entry in found.unused:
        console.print_warning(f"{found.voices_file}: the pronunciation of {entry.written!r} is not used in this book")
    without = sum(row.said is None for row in words)
    count = format_count(len(words), "word")
    console.print_message(f"{count} not in the dictionary, {without} without a pronunciation.")
