"""`audiobook pronounce`: the words an engine may well get wrong, and how else they can be said."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.excerpts import excerpt
from audiobook.cli.times import counted, duration

if TYPE_CHECKING:
    from audiobook.production.pronouncing import Pronouncing, Unsure


def pronounce_cli(
    book: options.Book,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD", help="A word of the book, to hear it in its sentence ...")
    ] = None,
    spelling: Annotated[
        str | None, typer.Argument(metavar="SPELLING]", help="... as if it were spelled like this.")
    ] = None,
    *,
    chapters: options.Chapters = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    least: Annotated[
        int, typer.Option("--least", metavar="N", min=1, help="Only words that are spoken so many times.")
    ] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="With SPELLING: a .wav or .mp3 file (default: the loudspeaker)."
        ),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the words that no dictionary has, names above all: those the engine must guess at; the most spoken first.

    Hear another spelling in place:  audiobook pronounce emma.txt Knightley Nightly

    Write what sounds right into the voices file:  [pronunciations] Knightley = "Nightly"
    """
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.edition import Order  # noqa: PLC0415
    from audiobook.errors import UsageError  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    order = Order(book=book, chapters=chapters, voices=voices, engine=engine)
    if word is not None:
        heard = production.tried(order, word, spelling or word, output)
        if heard.file is not None:
            talk.result(str(heard.file))
        talk.say(f"{heard.voice.engine} {heard.voice.name}, {duration(heard.seconds)}: {heard.spoken}")
        return
    if output is not None:
        raise UsageError("--output needs a WORD and its SPELLING")
    found = production.pronouncing_of(order)
    words = [unsure for unsure in found.words if unsure.times >= least]
    if as_json:
        talk.json_result(_to_json(found, words))
    else:
        _draw(found, words)


def _to_json(found: "Pronouncing", words: "list[Unsure]") -> dict[str, object]:
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


def _draw(found: "Pronouncing", words: "list[Unsure]") -> None:
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    if not found.checked:
        talk.warn("there is no dictionary of the book's language here, so no word can be told to be unsure")
    table(
        ("word", "times", "said as", "first in"),
        [(row.word, f"{row.times:,}", row.said or "", excerpt(row.line.text, 0)) for row in words],
        right=(1,),
    )
    for entry in found.unused:
        talk.warn(f"{found.voices_file}: the pronunciation of {entry.written!r} is used nowhere in this book")
    unsaid = sum(row.said is None for row in words)
    talk.say(f"{counted(len(words), 'word')} that no dictionary has, {unsaid} of them without a pronunciation.")
