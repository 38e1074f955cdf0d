"""`audiobook cast`: who speaks, how much, and in whose voice."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import counted

if TYPE_CHECKING:
    from audiobook.casting import SpeakerRow


def cast_cli(
    book: options.Book,
    *,
    chapters: options.Chapters = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    write: Annotated[
        bool, typer.Option("--write", help="Add the speakers to the book's voices file, keeping all that is in it.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show the speakers: lines, words, gender, how sure we are, a sample line, and the voice that reads them."""
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.edition import Order  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    order = Order(book=book, chapters=chapters, voices=voices, engine=engine)
    casting = production.casting_of(order)
    for name in casting.unused:
        talk.warn(f"{casting.voices_file} names {name!r}, who does not speak in this book")
    if as_json:
        talk.json_result([row_to_json(row) for row in casting.rows])
    else:
        _draw(casting.rows)
    if write:
        file, added = production.write_voices(order, casting)
        _tell_added(file, added)


def _tell_added(file: Path, added: tuple[str, ...]) -> None:
    if not added:
        talk.say(f"{file} has all the speakers already.")
        return
    talk.say(f"{file}: {counted(len(added), 'speaker')} added.")
    talk.say("Change a voice in this file and build again: only that voice's lines are made anew.")


def row_to_json(row: "SpeakerRow") -> dict[str, object]:
    """One speaker, for a program."""
    return {
        "name": row.name,
        "lines": row.lines,
        "words": row.words,
        "gender": row.gender,
        "confidence": round(row.confidence, 3),
        "doubtful": round(row.doubtful, 3),
        "sample": row.sample,
        "engine": row.voice.engine,
        "voice": row.voice.name,
        "rate": row.voice.rate,
        "pitch": row.voice.pitch,
        "volume": row.voice.volume,
        "reason": row.reason,
    }


def _draw(rows: "tuple[SpeakerRow, ...]") -> None:
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    table(
        ("speaker", "lines", "words", "gender", "sure", "voice", "says"),
        [
            (
                row.name,
                f"{row.lines:,}",
                f"{row.words:,}",
                row.gender or "?",
                f"{row.confidence:.0%}",
                row.voice.name,
                row.sample,
            )
            for row in rows
        ],
        right=(1, 2, 4),
    )
