"""`audiobook check`: a sound file held against what publishers ask for, or listened to and held against its script."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audiobook.cli import options, talk
from audiobook.cli.times import duration

if TYPE_CHECKING:
    from audiobook.measuring import Verdict
    from audiobook.production.checks import ChapterCheck, Check


_SILENCE = -120.0  # dB below which a level is that of digital silence


def check_cli(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Sound files, or folders of them.")],
    *,
    listen: Annotated[
        bool,
        typer.Option(
            "--listen",
            help="Listen to what was built instead, and list lines whose words are missing, doubled or wrong.",
        ),
    ] = False,
    redo: Annotated[
        bool, typer.Option("--redo", help="With --listen: have those lines spoken again, and build the file with them.")
    ] = False,
    book: Annotated[
        Path | None,
        typer.Option(
            "--book", metavar="BOOK", help="With --listen: what it was built from (default: known, or beside the file)."
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(
            "--model", metavar="FOLDER", help="With --listen: another Whisper model, in CTranslate2's format."
        ),
    ] = None,
    chapters: options.Chapters = None,
    voices: options.VoicesFile = None,
    engine: options.Engine = None,
    as_json: options.Json = False,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Measure any audio file, chapter by chapter, and say whether ACX (Audible) would take it.

    Loudness, peaks, noise floor, room tone at both ends, format. Exit code 9 where something does not pass.

    With --listen, a speech recogniser hears it through. Where words are not the script's, and the recogniser does not
    mishear this engine so anyway, the line is listed, and the exit code is 9. Needs `pip install 'fullcast[listen]'`.
    """
    from audiobook import production  # noqa: PLC0415  # heavy
    from audiobook.errors import CheckError, UsageError  # noqa: PLC0415

    talk.settle(quiet=quiet, verbose=verbose)
    if listen:
        from audiobook.cli import proofs  # noqa: PLC0415

        wanted = production.Wanted(book=book, voices=voices, engine=engine, chapters=chapters)
        if not proofs.listen(files, wanted, model, redo=redo, as_json=as_json):
            raise typer.Exit(CheckError.exit_code)
        return
    if redo or any((book, model, chapters, voices, engine)):
        raise UsageError("--redo, --book, --model, --chapters, --voices and --engine go with --listen")
    checks = []
    for check in production.checked(files):
        checks.append(check)
        if not as_json:
            _draw(check)
    if as_json:
        talk.json_result([check_to_json(check) for check in checks])
    if not all(check.ok for check in checks):
        raise typer.Exit(CheckError.exit_code)


def check_to_json(check: "Check") -> dict[str, object]:
    """One file, for a program."""
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
        "rms": _finite(measure.rms),
        "peak": _finite(measure.peak),
        "noise_floor": _finite(measure.floor),
        "loudness": _finite(measure.loudness),
        "head": round(measure.head, 1),
        "tail": round(measure.tail, 1),
        "longest_silence": round(measure.longest_silence, 1),
        "rules": [_verdict_to_json(verdict) for verdict in chapter.verdicts],
    }


def _verdict_to_json(verdict: "Verdict") -> dict[str, object]:
    return {"rule": verdict.rule, "found": verdict.found, "pass": verdict.ok}


def _finite(level: float) -> float | None:
    """JSON has no minus infinity: silence is null."""
    return None if level <= _SILENCE else round(level, 2)


def _draw(check: "Check") -> None:
    from audiobook.cli.tables import table  # noqa: PLC0415  # rich is heavy

    talk.result(f"{check.path}: {'pass' if check.ok else 'FAIL'}")
    table(
        ("chapter", "length", "RMS", "peak", "floor", "LUFS", "head", "tail", ""),
        [_row(chapter) for chapter in check.chapters],
        right=(1, 2, 3, 4, 5, 6, 7),
    )
    for verdict in check.verdicts:
        _tell(verdict, "the file")
    for chapter in check.chapters:
        for verdict in chapter.verdicts:
            _tell(verdict, chapter.measure.title)


def _row(chapter: "ChapterCheck") -> tuple[str, ...]:
    m = chapter.measure
    levels = ("-" if level <= _SILENCE else f"{level:.1f}" for level in (m.rms, m.peak, m.floor, m.loudness))
    ends = (f"{m.head:.1f} s", f"{m.tail:.1f} s")
    return (m.title, duration(m.seconds), *levels, *ends, "pass" if chapter.ok else "FAIL")


def _tell(verdict: "Verdict", what: str) -> None:
    if not verdict.ok:
        talk.result(f"  {what}: {verdict.found}, and ACX asks for {verdict.rule}")
