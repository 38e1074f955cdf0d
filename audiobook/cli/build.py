"""`audiobook build`: from a book to a finished MP3."""

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
    books: options.Books,
    *,
    output: options.Output = None,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    per_chapter: options.PerChapter = False,
    preset: options.PresetName = None,
    sound_format: options.SoundFormat = None,
    bitrate: options.BitRate = None,
    sample_rate: options.SampleRate = None,
    stereo: options.Stereo = False,
    title: options.Title = None,
    author: options.Author = None,
    narrator: options.NarratorName = None,
    genre: options.Genre = None,
    language: options.Language = None,
    year: options.Year = None,
    comment: options.Comment = None,
    cover: options.CoverFile = None,
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
    also: Annotated[
        str | None,
        typer.Option(
            "--also",
            metavar="NAMES",
            help="Write beside the sound: captions (srt and vtt), srt, vtt, chapters (vtt), lrc, ass, "
            "or page (HTML that plays the audiobook and shows its text).",
        ),
    ] = None,
    listen: Annotated[bool, typer.Option("--listen", help="Play the audiobook aloud while it is built.")] = False,
    jobs: options.Jobs = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Build the audiobook: find out who says each line, give every character a voice, and write one file with chapters.

    Finished work is cached, so nothing is made twice: stop with Ctrl-C and run the same command again to go on, or
    change a voice and build again.

    \b
    Examples:
      audiobook build emma.epub
      audiobook build emma.epub --chapters 1-3 --output sample.mp3
      audiobook build emma.epub --output emma.m4b --also captions,page
      audiobook build emma.epub --preset acx
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.cli.progress import show_progress  # noqa: PLC0415
    from audiobook.model.request import BuildRequest, Tags, cores  # noqa: PLC0415
    from audiobook.runtime import process_tuning  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
    process_tuning.keep_freed_memory()
    process_tuning.take_long_turns()
    process_tuning.start_no_blas_threads()
    sound = options.SoundOptions(
        preset=preset, format=sound_format, bitrate=bitrate, sample_rate=sample_rate, stereo=stereo
    )
    book, reading = options.open_books(books, language, notes)
    request = options.make_request(
        BuildRequest(
            book=book,
            output=output,
            voices=voices,
            engine=engine,
            chapters=chapters,
            per_chapter=per_chapter,
            allow_gaps=allow_gaps,
            listen=listen,
            ledger=ledger,
            timeline=timeline,
            also=services.parse_companions(also) if also else (),
            tags=Tags(
                title=title,
                author=author,
                narrator=narrator,
                genre=genre,
                year=year,
                comment=comment,
                cover=cover,
            ),
            reading=reading,
            jobs=jobs or cores(),
        ),
        sound,
    )
    with services.start_workers_early(request), show_progress() as progress:
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
        for file in (*result.files, *result.companions):
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
        "companions": [str(f) for f in result.companions],
        "seconds": round(result.seconds, 3),
        "chapters": [
            {
                "title": m.title,
                "start": round(m.start / result.sample_rate, 3),
                "end": round(m.end / result.sample_rate, 3),
            }
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
