"""`audiobook plan`: what a build would make again, and why."""

from typing import TYPE_CHECKING

from audiobook.cli import console, options
from audiobook.cli.formatting import format_count, format_duration, print_table
from audiobook.cli.next_steps import print_next_step

if TYPE_CHECKING:
    from audiobook.services import Cause, Forecast


def plan_cli(
    books: options.Books,
    *,
    chapters: options.Chapters = None,
    notes: options.Notes = "skip",
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    output: options.Output = None,
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
    jobs: options.Jobs = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Show what a build would make again and why, how much sound that is, and how long it will take.

    Nothing is spoken. Give the options that you would give to `build`. The reasons come from a comparison with the last
    build of the same output. Finished work in the cache is not counted as work. Times are estimates.

    \b
    Examples:
      audiobook plan emma.epub
      audiobook plan emma.epub --preset acx --json
    """
    from audiobook import services  # noqa: PLC0415  # slow to import
    from audiobook.cli.progress import show_progress  # noqa: PLC0415
    from audiobook.model.request import BuildRequest, Tags, cores  # noqa: PLC0415

    console.configure(quiet=quiet, verbose=verbose)
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
    with show_progress() as progress:
        forecast = services.forecast_build(request, progress=progress)
    if as_json:
        console.print_json(forecast_to_json(forecast))
    else:
        _print_forecast(forecast)
        if not forecast.is_up_to_date:
            print_next_step("build it with the same options")


def forecast_to_json(forecast: "Forecast") -> dict[str, object]:
    """The forecast as JSON."""
    return {
        "output": str(forecast.output),
        "up_to_date": forecast.is_up_to_date,
        "causes": [{"kind": cause.kind, "what": cause.what, "lines": cause.lines} for cause in forecast.causes],
        "lines": forecast.lines,
        "lines_to_speak": forecast.lines_to_speak,
        "segments": forecast.segments,
        "segments_to_encode": forecast.segments_to_encode,
        "estimated_seconds": round(forecast.seconds, 1),
        "estimated_seconds_to_encode": round(forecast.seconds_to_encode, 1),
        "estimated_work_seconds": round(forecast.work_seconds, 1),
    }


def _print_forecast(forecast: "Forecast") -> None:
    if forecast.is_up_to_date:
        console.print_result(f"{forecast.output} is up to date: a build would make nothing again.")
        return
    if any(cause.kind == "first build" for cause in forecast.causes):
        console.print_result(f"{forecast.output} was never built here.")
    else:
        console.print_result(f"What changed since the last build of {forecast.output}:")
        print_table(("reason", "lines", "what"), [_cause_row(cause) for cause in forecast.causes], right=(1,))
    console.print_result(
        f"\nTo speak: {forecast.lines_to_speak:,} of {format_count(forecast.lines, 'line')}. "
        f"To encode: {forecast.segments_to_encode:,} of {format_count(forecast.segments, 'segment')}."
    )
    console.print_result(
        f"Sound, estimated: {format_duration(forecast.seconds)}, "
        f"of which {format_duration(forecast.seconds_to_encode)} are made again."
    )
    console.print_result(f"Time, estimated: {format_duration(max(1.0, forecast.work_seconds))}.")


def _cause_row(cause: "Cause") -> tuple[str, str, str]:
    return cause.kind, f"{cause.lines:,}" if cause.lines else "", cause.what
