"""`audiobook build`: from a book to a finished MP3."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_count, format_duration
from audiobook.cli.next_steps import print_step_after_build

if TYPE_CHECKING:
    from audiobook.model.ledger import Ledger
    from audiobook.model.request import BuildResult

_MAX_FAULTS = 10  # faults of a ledger that are printed; the ledger file has them all


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
        bool, typer.Option("--per-chapter", help="Write a folder with one numbered MP3 per chapter and a playlist.")
    ] = False,
    preset: Annotated[
        str | None,
        typer.Option(
            "--preset",
            metavar="NAME",
            help="Meet a publisher's requirements. acx: one file per chapter, 192 kbit/s, loudness, room tone.",
        ),
    ] = None,
    sound_format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT", help="mp3, wav or flac; otherwise the suffix of --output says which."
        ),
    ] = None,
    bitrate: Annotated[
        int | None, typer.Option("--bitrate", metavar="KBIT/S", help="Constant bit rate (default: 64).")
    ] = None,
    rate: Annotated[
        int | None, typer.Option("--sample-rate", metavar="HZ", help="Sample rate (default: 22050).")
    ] = None,
    stereo: Annotated[
        bool, typer.Option("--stereo/--mono", help="Write two equal channels, for players that need them.")
    ] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title in the tags.")] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="TEXT", help="The author in the tags.")] = None,
    narrator: Annotated[
        str | None,
        typer.Option("--narrator", metavar="TEXT", help="The narrator in the tags."),
    ] = None,
    genre: Annotated[
        str | None, typer.Option("--genre", metavar="TEXT", help="The genre in the tags (default: Audiobook).")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="The language in the tags: en, de, …")
    ] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="The year in the tags.")] = None,
    comment: Annotated[str | None, typer.Option("--comment", metavar="TEXT", help="The comment in the tags.")] = None,
    cover: Annotated[
        Path | None, typer.Option("--cover", metavar="FILE", help="A JPEG or PNG to use as the cover.")
    ] = None,
    allow_gaps: Annotated[
        bool,
        typer.Option("--allow-gaps", help="Write the file even if lines fail, with a beep for each (exit code 7)."),
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            metavar="FILE",
            help="Write a report of what became of every word and every frame of sound, as text or (.json) as JSON.",
        ),
    ] = None,
    timeline: Annotated[
        Path | None,
        typer.Option(
            "--timeline", metavar="FILE.json", help="Write when each line and each sentence is heard, as JSON."
        ),
    ] = None,
    listen: Annotated[bool, typer.Option("--listen", help="Play the audiobook aloud while it is built.")] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, metavar="N", help="Run N jobs in parallel (default: one per core)."),
    ] = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Build the audiobook: find out who says each line, give every character a voice, and write one MP3 with chapters.

    Finished work is cached, so nothing is made twice: stop with Ctrl-C and run the same command again to go on, or
    change a voice and build again.

    \b
    Examples:
      audiobook build emma.epub
      audiobook build emma.epub --chapters 1-3 --output sample.mp3
      audiobook build emma.epub --preset acx
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.cli.progress import show_progress  # noqa: PLC0415
    from audiobook.model.request import BuildRequest, Preset, Tags, cores, preset_named  # noqa: PLC0415
    from audiobook.runtime import process_tuning  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    process_tuning.keep_freed_memory()
    process_tuning.take_long_turns()
    process_tuning.start_no_blas_threads()
    wanted = Preset() if preset is None else preset_named(preset)
    chosen = services.format_asked_for(output, sound_format, preset=preset, bitrate=bitrate, per_chapter=per_chapter)
    encoding = wanted.encoding
    request = BuildRequest(
        book=book,
        output=output,
        voices=voices,
        engine=engine,
        chapters=chapters,
        per_chapter=per_chapter or wanted.per_chapter,
        allow_gaps=allow_gaps,
        listen=listen,
        ledger=ledger,
        timeline=timeline,
        encoding=replace(
            encoding,
            format=chosen or encoding.format,
            bitrate=bitrate or encoding.bitrate,
            rate=rate or encoding.rate,
            channels=2 if stereo else 1,
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
    with services.started_ahead(request), show_progress() as progress:
        result = services.build(request, progress=progress)
    _print_edition(result, as_json=as_json)
    print_step_after_build(request, result)
    raise typer.Exit(result.report.exit_code)


def _print_edition(result: "BuildResult", *, as_json: bool) -> None:
    """Print the files, and what was done and what is wrong with them."""
    report = result.report
    if as_json:
        console.print_json(result_to_json(result))
    else:
        for file in result.files:
            console.print_result(str(file))
    spoken_now = f"{report.recorded:,}" if report.recorded else "none"
    console.print_message(
        f"{format_count(len(result.marks), 'chapter')}, {format_duration(result.seconds)}; "
        f"{format_count(report.recorded + report.reused - report.sounds, 'line')}, {spoken_now} of them spoken now."
    )
    if report.sounds or report.recordings:
        recordings = format_count(report.recordings, "recording")
        console.print_message(f"Your own audio: {recordings} of lines, {format_count(report.sounds, 'sound')}.")
    console.print_message(_format_words(report.ledger))
    console.print_detail(f"The voices file is {report.voices_file}.")
    console.print_detail(f"{report.encoded:,} segments encoded, {report.kept:,} taken from the cache.")
    if report.doubtful:
        console.print_message(f"The speaker of {format_count(report.doubtful, 'line')} is doubtful.")
    _print_warnings(result)


def _print_warnings(result: "BuildResult") -> None:
    report = result.report
    for gap in report.gaps:
        console.print_warning(f"gap at {gap.place}: {gap.reason}: {gap.text[:60]!r}")
    if report.gaps:
        missing = format_count(len(report.gaps), "line")
        console.print_warning(f"the audiobook is partial: {missing} missing, with a beep in place of each")
    for fault in report.ledger.faults[:_MAX_FAULTS]:
        console.print_warning(f"the ledger does not balance, which is a bug in audiobook: {fault}")


def _format_words(ledger: "Ledger") -> str:
    """How many words were spoken, skipped (with the reasons) and lost."""
    skipped = ", ".join(f"{reason} {words:,}" for reason, words in ledger.reasons().items())
    parts = [f"{ledger.spoken:,} spoken", f"{ledger.skipped_words:,} skipped" + (f" ({skipped})" if skipped else "")]
    parts += [f"{ledger.lost:,} lost in gaps"] if ledger.lost else []
    return f"{format_count(ledger.words, 'word')}: {', '.join(parts)}."


def result_to_json(result: "BuildResult") -> dict[str, object]:
    """What was built, as JSON."""
    report = result.report
    return {
        "files": [str(f) for f in result.files],
        "seconds": round(result.seconds, 3),
        "chapters": [
            {"title": m.title, "start": round(m.start / result.rate, 3), "end": round(m.end / result.rate, 3)}
            for m in result.marks
        ],
        "voices_file": str(report.voices_file),
        "recorded": report.recorded,
        "reused": report.reused,
        "recordings": report.recordings,
        "sounds": report.sounds,
        "reels_encoded": report.encoded,
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
