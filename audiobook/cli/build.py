"""`audiobook build`: the whole way from a book to an MP3."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import counted, duration

if TYPE_CHECKING:
    from audiobook.edition import Edition
    from audiobook.ledger import Ledger

_MOST_FAULTS = 10  # of a ledger that are told; the ledger itself has them all


def build_cli(
    book: options.Book,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="NAME.mp3, or with --per-chapter a folder (default: BOOK.mp3 beside the book).",
        ),
    ] = None,
    chapters: options.Chapters = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    per_chapter: Annotated[
        bool, typer.Option("--per-chapter", help="One numbered MP3 a chapter and a playlist, in a folder.")
    ] = False,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="NAME",
            help="Deliver what a publisher takes. acx: a file a chapter, 192 kbit/s, loudness, room tone.",
        ),
    ] = None,
    bitrate: Annotated[
        int | None, typer.Option("--bitrate", metavar="KBIT/S", help="Bit rate, constant (default: 64).")
    ] = None,
    rate: Annotated[
        int | None, typer.Option("--sample-rate", metavar="HZ", help="Sample rate (default: 22050).")
    ] = None,
    stereo: Annotated[
        bool, typer.Option("--stereo/--mono", help="Two equal channels, for players that need them.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", help="Override the book's title in the tags.")] = None,
    author: Annotated[str | None, typer.Option("--author", help="Override the author.")] = None,
    narrator: Annotated[str | None, typer.Option("--narrator", help="Override who is named as narrator.")] = None,
    genre: Annotated[str | None, typer.Option("--genre", help="Override the genre (Audiobook).")] = None,
    language: Annotated[str | None, typer.Option("--language", help="Override the language: en, de, …")] = None,
    year: Annotated[str | None, typer.Option("--year", help="Set the year.")] = None,
    comment: Annotated[str | None, typer.Option("--comment", help="Override the comment.")] = None,
    cover: Annotated[
        Path | None, typer.Option("--cover", metavar="FILE", help="A JPEG or PNG to use as the cover.")
    ] = None,
    allow_gaps: Annotated[
        bool, typer.Option("--allow-gaps", help="Deliver even if lines fail, with a beep in their place (exit code 7).")
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="Write down what became of every word and of every frame of sound, as a text or (.json) for programs.",
        ),
    ] = None,
    listen: Annotated[bool, typer.Option("--listen", help="Play it aloud from the start while it is built.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, metavar="N", help="Work on N things at a time (default: all cores)."),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Build the audiobook: find out who speaks, give everyone a voice, and record it all into one chaptered MP3.

    Nothing finished is ever made twice: stop it with Ctrl-C and run it again, or change a voice and build again.
    """
    from audiobook import allocator, production, scheduler  # noqa: PLC0415  # heavy
    from audiobook.cli.drawing import drawn  # noqa: PLC0415
    from audiobook.edition import Order, Preset, Tags, cores, preset_named  # noqa: PLC0415
    from audiobook.production import starting  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    allocator.keep_freed_memory()
    scheduler.take_long_turns()
    scheduler.start_no_blas_threads()
    wanted = Preset() if preset is None else preset_named(preset)
    encoding = wanted.encoding
    order = Order(
        book=book,
        output=output,
        voices=voices,
        engine=engine,
        chapters=chapters,
        per_chapter=per_chapter or wanted.per_chapter,
        allow_gaps=allow_gaps,
        listen=listen,
        ledger=ledger,
        encoding=replace(
            encoding, bitrate=bitrate or encoding.bitrate, rate=rate or encoding.rate, channels=2 if stereo else 1
        ),
        mastering=wanted.mastering,
        tags=Tags(
            title=title,
            author=author,
            narrator=narrator,
            genre=genre,
            language=language,
            year=year,
            comment=comment,
            cover=cover,
        ),
        jobs=jobs or cores(),
    )
    with starting.started_ahead(order), drawn() as progress:
        edition = production.build(order, progress=progress)
    _tell(edition, as_json=as_json)
    raise typer.Exit(edition.report.exit_code)


def _tell(edition: "Edition", *, as_json: bool) -> None:
    report = edition.report
    if as_json:
        talk.json_result(edition_to_json(edition))
    else:
        for file in edition.files:
            talk.result(str(file))
    spoken_now = f"{report.recorded:,}" if report.recorded else "none"
    talk.say(
        f"{counted(len(edition.marks), 'chapter')}, {duration(edition.seconds)}; "
        f"{counted(report.recorded + report.reused, 'line')}, {spoken_now} of them spoken now."
    )
    talk.say(_words(report.ledger))
    talk.say_more(f"The cast is directed by {report.voices_file}.")
    talk.say_more(f"{report.pressed:,} stretches of sound encoded, {report.kept:,} kept from earlier builds.")
    if report.doubtful:
        talk.say(
            f"Doubtful who speaks: {counted(report.doubtful, 'line')}; `audiobook script BOOK --doubtful` lists them."
        )
    for gap in report.gaps:
        talk.warn(f"gap at {gap.place}: {gap.reason}: {gap.text[:60]!r}")
    if report.gaps:
        talk.warn(f"the audiobook is partial: {counted(len(report.gaps), 'line')} missing, a beep in each one's place")
    for fault in report.ledger.faults[:_MOST_FAULTS]:
        talk.warn(f"the ledger does not balance, which is a bug in audiobook: {fault}")


def _words(ledger: "Ledger") -> str:
    """The ledger in a sentence."""
    skipped = ", ".join(f"{reason} {words:,}" for reason, words in ledger.reasons().items())
    parts = [f"{ledger.spoken:,} spoken", f"{ledger.skipped_words:,} skipped" + (f" ({skipped})" if skipped else "")]
    parts += [f"{ledger.lost:,} lost in gaps"] if ledger.lost else []
    return f"{counted(ledger.words, 'word')}: {', '.join(parts)}."


def edition_to_json(edition: "Edition") -> dict[str, object]:
    """What was built, for a program."""
    report = edition.report
    return {
        "files": [str(f) for f in edition.files],
        "seconds": round(edition.seconds, 3),
        "chapters": [
            {"title": m.title, "start": round(m.start / edition.rate, 3), "end": round(m.end / edition.rate, 3)}
            for m in edition.marks
        ],
        "voices_file": str(report.voices_file),
        "recorded": report.recorded,
        "reused": report.reused,
        "reels_encoded": report.pressed,
        "reels_kept": report.kept,
        "doubtful_lines": report.doubtful,
        "words": {
            "source": report.ledger.words,
            "spoken": report.ledger.spoken,
            "skipped": report.ledger.reasons(),
            "lost": report.ledger.lost,
        },
        "unaccounted": list(report.ledger.faults),
        "partial": bool(report.gaps),
        "gaps": [{"place": str(g.place), "text": g.text, "reason": g.reason} for g in report.gaps],
    }
