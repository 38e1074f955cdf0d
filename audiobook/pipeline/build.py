"""The whole flow, from an order to an edition, on one screen."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audiobook import casting, engines, mixing, writers
from audiobook.errors import BookError
from audiobook.model.ledger import Ledger
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest, BuildResult, Report, gaps_error
from audiobook.model.script import Script
from audiobook.model.timeline import Timeline
from audiobook.pipeline import (
    accounting,
    deliver,
    live_playback,
    narration_ahead,
    planning,
    plans,
    segment_encoder,
    tags,
    voice_levels,
)
from audiobook.pipeline.doubts import doubtful, misspelt
from audiobook.pipeline.own_audio import misfits
from audiobook.pipeline.synthesize_and_encode import MIXING, SPEAKING, EncodedBook, SegmentScheduler
from audiobook.pipeline.timeline import store as timeline_store
from audiobook.project import Project
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache, EntryGoneError
from audiobook.synthesis import Recorder, dismiss_spare

DELIVERING = "delivering"
_WORDLESS = "is this the right file? `audiobook chapters` shows what is in it"
_WAITING = "another build is making the same files; this one waits until they are done"
_TRIES = 3  # where somebody else takes away from the cache what a build needs


def build(request: BuildRequest, *, progress: Progress = SILENT) -> BuildResult:
    """Build the audiobook that was ordered.

    Finished takes and segments stay in the cache whatever happens, so that the next build goes on where this one
    stopped. An edition with gaps is delivered only where the order allows it. Raises UsageError, BookError,
    VoicesError, MissingToolError, EngineError or DeliveryError.
    """
    request = tags.choose_format(request)
    _check(request)
    cache = Cache(request.cache)
    with (
        live_playback.listener(request, cache, progress) as listener,
        cache.exclusive(deliver.lock_key(request), lambda: progress.note(_WAITING)),
    ):
        for again in range(_TRIES - 1):
            try:
                return _built(Project(request, cache=cache), listener, progress, verify_cache=again > 0)
            except EntryGoneError as error:
                progress.note(f"{error}; it is made again")
        return _built(Project(request, cache=cache), listener, progress, verify_cache=True)


def _built(
    project: Project,
    listener: live_playback.Listener | None,
    progress: Progress,
    *,
    verify_cache: bool,
) -> BuildResult:
    """The build; `verify_cache` of what is in the cache, once some of it was found damaged."""
    request, cache, names = project.request, project.cache, project.full_config.engines()
    workers = engines.side_by_side(names, request.jobs)
    prepare = partial(engines.get_ready, names)
    recorder = Recorder(cache, engines.speak_cue, workers=workers, verify_cache=verify_cache, prepare=prepare)
    with ExitStack() as until_delivered:
        done = _recorded(project, recorder, listener, progress, until_delivered)
        if done.encoded.gaps and not request.allow_gaps:
            raise gaps_error(done.encoded.gaps) from done.encoded.failure
        if not done.encoded.segments:
            raise BookError("there is not a word to be spoken in it", where=str(request.book), hint=_WORDLESS)
        progress.stage(DELIVERING)
        made = deliver.delivered(done.encoded.segments, done.album, request, cache, done.growing)
    plans.keep_plan(project, done.album, [chapter.key for chapter in done.encoded.timed], made.files, cache)
    load_timeline = _note_timeline(request, done, made, cache)
    finished = accounting.Made(
        whole=done.script, part=done.part, silent=done.silent, encoded=done.encoded, delivered=made
    )
    ledger = accounting.ledger_of(request, finished)
    accounting.write_ledger(request, ledger)
    report = _report(done.part, done.encoded, project.voices_file, ledger)
    return BuildResult(files=made.files, marks=made.marks, rate=made.rate, report=report, timeline=load_timeline)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recorded:
    """A book that is spoken and encoded, and what is to be said of it."""

    script: Script
    part: Script  # the chapters asked for
    album: writers.Album
    silent: list[planning.Silent]
    encoded: EncodedBook
    growing: writers.GrowingFile | None


def _recorded(
    project: Project,
    recorder: Recorder,
    listener: live_playback.Listener | None,
    progress: Progress,
    until_delivered: ExitStack,
) -> _Recorded:
    request, cache = project.request, project.cache
    with recorder:
        if not project.is_analysed:
            recorder.warm_up()  # they start while the book is read
            mixing.get_ready()
        ahead = narration_ahead.Ahead(project=project, recorder=recorder, listener=listener)
        script = project.load_script(progress=progress, meanwhile=ahead)
        dismiss_spare()  # the workers are there; who read ahead what somebody else has read keeps a book in memory
        _note_strangers(script, project.full_config, progress)
        for sentence in misfits(script, project.full_config.own_audio):
            progress.note(sentence)
        album = tags.album_of(request, script, project.cast, cache)  # now: the book may be another when all is spoken
        part, cast = project.part, project.cast
        deliver.check_room(part, request)
        growing = deliver.growing(part, album, request, cache)
        if growing is not None:
            until_delivered.enter_context(growing)
        ahead_of_levels = planning.cues_ahead(part, cast, cache)
        gains = voice_levels.gains(cast.voices(), request.mastering.loudness, recorder, cache, ahead_of_levels)
        silent: list[planning.Silent] = []
        _announce(part, progress)
        encode = SegmentScheduler(
            recorder=recorder,
            encoder=segment_encoder.SegmentEncoder(
                cache, request.encoding, request.mastering, recorder.verify_cache, request.effects
            ),
            jobs=request.jobs,
            allow_gaps=request.allow_gaps,
            progress=progress,
            timeline=timeline_store.TimelineWriter(cache, part, request.encoding.rate),
            listener=listener,
            growing=growing,
        )
        encoded = encode.run(planning.plan_segments(part, cast, gains, silent, cache))
    return _Recorded(script=script, part=part, album=album, silent=silent, encoded=encoded, growing=growing)


def _check(request: BuildRequest) -> None:
    """Everything cheap, before anything dear."""
    ffmpeg.find()
    writers.check_encoding(request.encoding)
    target = tags.target_of(request)
    (writers.check_folder if request.per_chapter else writers.check_file)(target)
    tags.cover_given(request)
    accounting.check_place(request, target)
    mixing.effect_versions(request.effects)
    timeline_store.check_target(request.timeline, request.book, target, *([request.ledger] if request.ledger else []))


def _note_timeline(
    request: BuildRequest, done: _Recorded, made: writers.DeliveredFiles, cache: Cache
) -> Callable[[], Timeline]:
    """Keep the timeline of the finished files, and write it where the request wants it; returns what loads it."""
    sound_files = made.files[:-1] if request.per_chapter else made.files  # the last one is the playlist
    timeline_store.note_files(sound_files, done.encoded.timed, done.script.facts.language, made, cache)
    if request.timeline is not None:
        timeline_store.write_timeline(request.timeline, sound_files, cache)
    return partial(timeline_store.load_timeline, sound_files, cache)


def _note_strangers(script: Script, casting_config: casting.CastingConfig, progress: Progress) -> None:
    """Names that only the voices file, or only a script's lines, know."""
    for name in casting.unused_speakers(script, casting_config):
        progress.note(f"voices.toml names {name!r}, who does not speak here")
    for name, near in misspelt(script):
        progress.note(f"{name!r} speaks in the script and is not in its cast; is that {near!r}?")


def _announce(script: Script, progress: Progress) -> None:
    total = planning.letters(script)
    progress.stage(SPEAKING, total)
    progress.stage(MIXING, total)


def _report(script: Script, encoded: EncodedBook, voices_file: Path, ledger: Ledger) -> Report:
    return Report(
        voices_file=voices_file,
        recorded=encoded.recorded,
        reused=encoded.reused,
        encoded=encoded.encoded,
        kept=encoded.kept,
        sounds=encoded.sounds,
        recordings=encoded.recordings,
        ledger=ledger,
        gaps=encoded.gaps,
        doubtful=doubtful(script),
    )
