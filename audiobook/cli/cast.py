"""`audiobook cast`: who speaks, how much, and in which voice."""

from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_count, print_table
from audiobook.cli.next_steps import has_voices_file, print_next_step

if TYPE_CHECKING:
    from audiobook.casting import SpeakerRow
    from audiobook.model.request import BuildRequest
    from audiobook.services import Casting


def cast_cli(
    books: options.Books,
    *,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    language: options.Language = None,
    write: Annotated[
        bool, typer.Option("--write", help="Add the speakers to the book's voices file; what is in it stays.")
    ] = False,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """List the speakers: lines, words, gender, confidence, voice and a sample line.

    With --write, the speakers are added to the book's voices file (emma.voices.toml for emma.epub). Change a voice
    there and build again: only that voice's lines are spoken again.

    \b
    Examples:
      audiobook cast emma.epub
      audiobook cast emma.epub --write
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.model.request import BuildRequest  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    book, reading = options.open_books(books, language, notes)
    request = BuildRequest(book=book, chapters=chapters, voices=voices, engine=engine, reading=reading)
    casting = services.cast_book(request)
    console.print_notices(casting.script.notices)
    if conflict := services.describe_language_conflict(casting.script.facts):
        console.print_warning(conflict)
    for name in casting.unused:
        console.print_warning(f"{casting.voices_file} names {name!r}, who does not speak in this book")
    for sentence in casting.misfits:
        console.print_warning(sentence)
    if casting.recorded_lines:
        console.print_message(f"{format_count(casting.recorded_lines, 'line')} will be your own recordings.")
    if as_json:
        console.print_json([row_to_json(row) for row in casting.rows])
    else:
        _print_rows(casting.rows)
    if write:
        _write(request, casting)
    elif not as_json and not has_voices_file(request, casting.voices_file):
        print_next_step("write the speakers to a voices file, to change their voices", "cast", *books, "--write")


def _write(request: "BuildRequest", casting: "Casting") -> None:
    """Add the speakers to the voices file and tell how many were added."""
    from audiobook import services  # noqa: PLC0415

    file, added = services.write_voices(request, casting)
    if added:
        console.print_message(f"{file}: {format_count(len(added), 'speaker')} added.")
    else:
        console.print_message(f"{file} has all the speakers already.")
    voices = ("--voices", request.voices) if request.voices else ()
    print_next_step(f"change voices in {file}, then build", "build", request.book, *voices)


def row_to_json(row: "SpeakerRow") -> dict[str, object]:
    """One speaker as JSON."""
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
        "rate": row.voice.words_per_minute,
        "pitch": row.voice.pitch,
        "volume": row.voice.volume,
        "reason": row.reason,
    }


def _print_rows(rows: "tuple[SpeakerRow, ...]") -> None:
    print_table(
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
