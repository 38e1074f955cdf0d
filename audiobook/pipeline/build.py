"""The whole flow, from an order to an edition, on one screen."""

from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audiobook import casting, engines, mixing, writers
from audiobook.errors import BookError
from audiobook.model.ledger import Ledger
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import Edition, Order, Report, gaps_error
from audiobook.model.script import Script
from audiobook.pipeline import (
    accounting,
    arranging,
    deliver,
    live_playback,
    narration_ahead,
    noted_requests,
    scripts,
    segment_encoder,
    tags,
    voice_levels,
)
from audiobook.pipeline.casts import cast_for, direction_for, mastered
from audiobook.pipeline.doubts import doubtful, misspelt
from audiobook.pipeline.synthesize_and_encode import MIXING, SPEAKING, Press, Pressed
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import GoneError, Shelf
from audiobook.synthesis import Recorder, dismiss_spare

DELIVERING = "delivering"
_WORDLESS = "is this the right file? `audiobook chapters` shows what is in it"
_WAITING = "another build is making the same files; this one waits until they are done"
_TRIES = 3  # where somebody else takes away from the shelf what a build needs


def build(order: Order, *, progress: Progress = SILENT) -> Edition:
    """Build the audiobook that was ordered.

    Finished takes and reels stay on the shelf whatever happens, so that the next build goes on where this one stopped.
    An edition with gaps is delivered only where the order allows it. Raises UsageError, BookError, VoicesError,
    MissingToolError, EngineError or DeliveryError.
    """
    _check(order)
    shelf = Shelf(order.cache)
    with (
        live_playback.listener(order, shelf, progress) as listener,
        shelf.turn(deliver.turn_key(order), lambda: progress.note(_WAITING)),
    ):
        for again in range(_TRIES - 1):
            try:
                return _built(order, shelf, listener, progress, wary=again > 0)
            except GoneError as error:
                progress.note(f"{error}; it is made again")
        return _built(order, shelf, listener, progress, wary=True)


def _built(
    order: Order, shelf: Shelf, listener: live_playback.Listener | None, progress: Progress, *, wary: bool
) -> Edition:
    """The build; `wary` of what is on the shelf, once some of it was found damaged."""
    direction, voices_file = direction_for(order)
    workers = engines.side_by_side(direction.engines(), order.jobs)
    prepare = partial(engines.get_ready, direction.engines())
    recorder = Recorder(shelf, engines.speak_cue, workers=workers, wary=wary, prepare=prepare)
    with ExitStack() as until_delivered:
        done = _recorded(order, direction, recorder, listener, progress, until_delivered)
        if done.pressed.gaps and not order.allow_gaps:
            raise gaps_error(done.pressed.gaps) from done.pressed.failure
        if not done.pressed.reels:
            raise BookError("there is not a word to be spoken in it", where=str(order.book), hint=_WORDLESS)
        progress.stage(DELIVERING)
        made = deliver.delivered(done.pressed.reels, done.album, order, shelf, done.growing)
    noted_requests.note_order(order, made.files, shelf)
    finished = accounting.Made(
        whole=done.script, part=done.part, silent=done.silent, pressed=done.pressed, delivered=made
    )
    ledger = accounting.ledger_of(order, finished)
    accounting.write_ledger(order, ledger)
    report = _report(done.part, done.pressed, voices_file, ledger)
    return Edition(files=made.files, marks=made.marks, rate=made.rate, report=report)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """A book that is spoken and encoded, and what is to be said of it."""

    script: Script
    part: Script  # the chapters asked for
    album: writers.Album
    silent: list[arranging.Silent]
    pressed: Pressed
    growing: writers.Growing | None


def _recorded(
    order: Order,
    direction: casting.Direction,
    recorder: Recorder,
    listener: live_playback.Listener | None,
    progress: Progress,
    until_delivered: ExitStack,
) -> _Recorded:
    shelf = recorder.shelf
    with recorder:
        if not scripts.is_analysed(order.book, shelf):
            recorder.warm_up()  # they start while the book is read
            mixing.get_ready()
        ahead = narration_ahead.Ahead(order=order, direction=direction, recorder=recorder, listener=listener)
        script = scripts.script_of(order.book, shelf=shelf, progress=progress, meanwhile=ahead)
        dismiss_spare()  # the workers are there; who read ahead what somebody else has read keeps a book in memory
        _note_strangers(script, direction, progress)
        cast = mastered(cast_for(script, direction), order.mastering)
        album = tags.album_of(order, script, cast, shelf)  # now: the book may be another when all is spoken
        part = scripts.selected(script, order.chapters, order.book)
        ahead_of_levels = arranging.cues_ahead(part, cast, shelf)
        gains = voice_levels.gains(cast.voices(), order.mastering.loudness, recorder, shelf, ahead_of_levels)
        silent: list[arranging.Silent] = []
        growing = deliver.growing(part, album, order, shelf)
        if growing is not None:
            until_delivered.enter_context(growing)
        _announce(part, progress)
        press = Press(
            recorder=recorder,
            presser=segment_encoder.Presser(shelf, order.encoding, order.mastering, recorder.wary),
            jobs=order.jobs,
            allow_gaps=order.allow_gaps,
            progress=progress,
            listener=listener,
            growing=growing,
        )
        pressed = press.run(arranging.arranged(part, cast, gains, silent, shelf))
    return _Recorded(script=script, part=part, album=album, silent=silent, pressed=pressed, growing=growing)


def _check(order: Order) -> None:
    """Everything cheap, before anything dear."""
    ffmpeg.find()
    writers.check_encoding(order.encoding)
    target = tags.target_of(order)
    (writers.check_folder if order.per_chapter else writers.check_file)(target)
    tags.cover_given(order)
    accounting.check_place(order, target)


def _note_strangers(script: Script, direction: casting.Direction, progress: Progress) -> None:
    """Names that only the voices file, or only a script's lines, know."""
    for name in casting.unused_speakers(script, direction):
        progress.note(f"voices.toml names {name!r}, who does not speak here")
    for name, near in misspelt(script):
        progress.note(f"{name!r} speaks in the script and is not in its cast; is that {near!r}?")


def _announce(script: Script, progress: Progress) -> None:
    total = arranging.letters(script)
    progress.stage(SPEAKING, total)
    progress.stage(MIXING, total)


def _report(script: Script, pressed: Pressed, voices_file: Path, ledger: Ledger) -> Report:
    return Report(
        voices_file=voices_file,
        recorded=pressed.recorded,
        reused=pressed.reused,
        pressed=pressed.pressed,
        kept=pressed.kept,
        ledger=ledger,
        gaps=pressed.gaps,
        doubtful=doubtful(script),
    )
