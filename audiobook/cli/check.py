"""`audiobook check`: finished audio, measured for ACX or transcribed and compared with its script."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import console, options
from audiobook.cli.formatting import format_clock, format_count, format_duration, print_table, to_one_line
from audiobook.cli.next_steps import print_next_step
from audiobook.errors import CheckError, UsageError

if TYPE_CHECKING:
    from audiobook.quality import Fault, Verdict
    from audiobook.services import MisreadLine, ReRecording, Verification, Wanted
    from audiobook.services.check import ChapterCheck, Check


_SILENCE = -120.0  # dB; at or below it a level is digital silence
_OUTCOMES = {
    "mended": "spoken again, and correct now",
    "changed": "spoken again, and still not correct: run --redo once more, or give the speaker another voice",
    "same": "spoken again, with the same result: the engine always says it like this; give it another spelling with "
    "`audiobook pronounce`, or give the speaker another voice",
}


def check_cli(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Audio files, or folders of them.")],
    *,
    transcribe: Annotated[
        bool,
        typer.Option(
            "--transcribe",
            help="Transcribe built files instead, and list the lines whose words are missing, doubled or wrong.",
        ),
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="With --transcribe: speak those lines again and rebuild the file with them.")
    ] = False,
    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            metavar="BOOK",
            help="With --transcribe: the book the file was built from (default: as recorded, or beside the file).",
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            "--model", metavar="FOLDER", help="With --transcribe: another Whisper model, in CTranslate2 format."
        ),
    ] = None,
    chapters: options.Chapters = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    listen: Annotated[bool, typer.Option("--listen", hidden=True, help="The old name of --transcribe.")] = False,
) -> None:
    """Measure audio files chapter by chapter, and report whether ACX (Audible) would accept them.

    It measures loudness, peaks, noise floor, the silence at both ends, and the format. With --transcribe, a speech
    recogniser transcribes a built audiobook and the words are compared with the script; this needs `pip install
    'fullcast[listen]'`. The exit code is 9 if anything fails.

    \b
    Examples:
      audiobook check emma.mp3
      audiobook check emma.mp3 --transcribe --redo
    """
    from audiobook import services  # noqa: PLC0415  # slow to import

    console.configure(quiet=quiet, verbose=verbose)
    if listen:
        console.print_note("`check --listen` is now called `check --transcribe`.")
    if transcribe or listen:
        wanted = services.Wanted(book=book, voices=voices, engine=engine, chapters=chapters)
        passed = _transcribe(files, wanted, model, redo=redo, as_json=as_json)
    elif redo or any((book, model, chapters, voices, engine)):
        raise UsageError("--redo, --book, --model, --chapters, --voices and --engine need --transcribe")
    else:
        passed = _measure(files, as_json=as_json)
    if not passed:
        raise typer.Exit(CheckError.exit_code)


def _measure(files: Sequence[Path], *, as_json: bool) -> bool:
    """Measure the files and print the results; whether all of them pass."""
    from audiobook import services  # noqa: PLC0415

    checks = []
    for check in services.check_files(files):
        checks.append(check)
        if not as_json:
            _print_check(check)
    if as_json:
        console.print_json([check_to_json(check) for check in checks])
    return all(check.ok for check in checks)


def check_to_json(check: "Check") -> dict[str, object]:
    """One measured file as JSON."""
    return {
        "file": str(check.path),
        "pass": check.ok,
        "rules": [_verdict_to_json(verdict) for verdict in check.verdicts],
        "chapters": [_chapter_to_json(chapter) for chapter in check.chapters],
    }


def _chapter_to_json(chapter: "ChapterCheck") -> dict[str, object]:
    measure = chapter.measure
    return {
        "title": measure.title,
        "pass": chapter.ok,
        "start": round(measure.start, 3),
        "seconds": round(measure.seconds, 1),
        "rms": _level_to_json(measure.rms),
        "peak": _level_to_json(measure.peak),
        "noise_floor": _level_to_json(measure.floor),
        "loudness": _level_to_json(measure.loudness),
        "head": round(measure.head, 1),
        "tail": round(measure.tail, 1),
        "longest_silence": round(measure.longest_silence, 1),
        "rules": [_verdict_to_json(verdict) for verdict in chapter.verdicts],
    }


def _verdict_to_json(verdict: "Verdict") -> dict[str, object]:
    return {"rule": verdict.rule, "found": verdict.found, "pass": verdict.ok}


def _level_to_json(level: float) -> float | None:
    """A level in dB; None for silence, because JSON has no minus infinity."""
    return None if level <= _SILENCE else round(level, 2)


def _print_check(check: "Check") -> None:
    console.print_result(f"{check.path}: {'pass' if check.ok else 'FAIL'}")
    print_table(
        ("chapter", "length", "RMS", "peak", "floor", "LUFS", "head", "tail", ""),
        [_table_row(chapter) for chapter in check.chapters],
        right=(1, 2, 3, 4, 5, 6, 7),
    )
    for verdict in check.verdicts:
        _print_verdict(verdict, "the file")
    for chapter in check.chapters:
        for verdict in chapter.verdicts:
            _print_verdict(verdict, chapter.measure.title)


def _table_row(chapter: "ChapterCheck") -> tuple[str, ...]:
    m = chapter.measure
    levels = ("-" if level <= _SILENCE else f"{level:.1f}" for level in (m.rms, m.peak, m.floor, m.loudness))
    ends = (f"{m.head:.1f} s", f"{m.tail:.1f} s")
    return (m.title, format_duration(m.seconds), *levels, *ends, "pass" if chapter.ok else "FAIL")


def _print_verdict(verdict: "Verdict", what: str) -> None:
    if not verdict.ok:
        console.print_result(f"  {what}: {verdict.found}, and ACX asks for {verdict.rule}")


def _transcribe(files: Sequence[Path], wanted: "Wanted", model: Path | None, *, redo: bool, as_json: bool) -> bool:
    """Transcribe the files, print the wrong lines, and with `redo` speak them again; whether all lines are correct."""
    from audiobook import services  # noqa: PLC0415
    from audiobook.cli.progress import show_progress  # noqa: PLC0415

    recogniser = services.open_whisper(model)
    reports = []
    for file in (file for path in files for file in services.sound_files(path)):
        with show_progress() as progress:
            verification = services.verify_file(file, services.request_for(file, wanted), recogniser, progress=progress)
        if not as_json:
            _print_proof(verification)
        re_recordings: Sequence[ReRecording] = ()
        if redo and verification.doubted:
            with show_progress() as progress:
                re_recordings = services.re_record_lines(verification, recogniser, progress=progress)
        if not as_json:
            for re_recording in re_recordings:
                console.print_result(f"{re_recording.doubted.utterance.place}: {_OUTCOMES[re_recording.outcome]}")
        reports.append(verification_to_json(verification, re_recordings))
        if verification.doubted and not redo:
            print_next_step("speak these lines again", "check", "--transcribe", file, "--redo")
    if as_json:
        console.print_json(reports)
    return all(report["pass"] for report in reports)


def verification_to_json(
    verification: "Verification", re_recordings: "Sequence[ReRecording]" = ()
) -> dict[str, object]:
    """One transcribed file as JSON."""
    outcomes = {id(re_recording.doubted): re_recording.outcome for re_recording in re_recordings}
    return {
        "file": str(verification.file),
        "book": str(verification.request.book),
        "pass": all(outcomes.get(id(one)) == "mended" for one in verification.doubted),
        "lines": verification.lines,
        "words": verification.words,
        "word_error_rate": round(verification.error_rate, 4),
        "usual": {
            engine: {
                "unheard": round(usual.unheard, 4),
                "added": round(usual.added, 4),
                "never_heard": sorted(usual.unrecognisable),
            }
            for engine, usual in verification.usual.items()
        },
        "doubted": [_doubted_to_json(one, outcomes.get(id(one))) for one in verification.doubted],
    }


def _doubted_to_json(one: "MisreadLine", outcome: str | None) -> dict[str, object]:
    utterance, fault = one.utterance, one.fault
    return {
        "place": str(utterance.place),
        "start": round(utterance.start, 3),
        "end": round(utterance.end, 3),
        "engine": utterance.engine,
        "voice": utterance.voice,
        "text": utterance.text,
        "missing": list(fault.missing),
        "doubled": list(fault.doubled),
        "added": list(fault.added),
        "wrong": [list(pair) for pair in fault.wrong],
        "redone": outcome,
    }


def _print_proof(verification: "Verification") -> None:
    count = len(verification.doubted)
    verdict = f"{format_count(count, 'line')} not as written" if count else "every line is as written"
    console.print_result(f"{verification.file}: {verdict}")
    for one in verification.doubted:
        said = one.utterance
        start = format_clock(said.start)
        console.print_result(f"{start}  {said.place} ({said.voice}): {to_one_line(said.text)}")
        console.print_result(f"          {format_fault(one.fault)}")
    console.print_message(
        f"{format_count(verification.lines, 'line')}, {format_count(verification.words, 'word')} transcribed; "
        f"word error rate {verification.error_rate:.1%}, the recogniser's own errors included."
    )


def format_fault(fault: "Fault") -> str:
    """What is wrong with a line: `missing: and shut; heard “dour” for “door”`."""
    wrong = ", ".join(f"“{heard}” for “{said}”" for said, heard in fault.wrong)
    parts = (
        ("missing:", " ".join(fault.missing)),
        ("doubled:", " ".join(fault.doubled)),
        ("added:", " ".join(fault.added)),
        ("heard", wrong),
    )
    return "; ".join(f"{label} {words}" for label, words in parts if words)
