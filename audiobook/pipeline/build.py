"""The whole flow of a build, from a request to a result, on one screen."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from audiobook import casting, engines, mixing, writers
from audiobook.errors import BookError
from audiobook.languages.codes import get_language_name
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
from audiobook.pipeline.doubts import count_doubtful, find_misspelt_names
from audiobook.pipeline.own_audio import describe_unused
from audiobook.pipeline.synthesize_and_encode import MIXING, SPEAKING, EncodedBook, SegmentScheduler
from audiobook.pipeline.timeline import store as timeline_store
from audiobook.project import Project
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache, EntryGoneError
from audiobook.synthesis import Recorder, stop_spare_processes

DELIVERING = "delivering"
_WORDLESS = "is this the right file? `audiobook chapters` shows what is in it"
_WAITING = "another build is making the same files; this one waits until they are done"
_TRIES = 3  # if another process removes cache entries that the build needs


def build(request: BuildRequest, *, progress: Progress = SILENT) -> BuildResult:
    """Build the requested audiobook.

    Finished takes and segments stay in the cache in any case, so that the next build continues where this one stopped.
    An audiobook with gaps is delivered only if the request allows it. Raises UsageError, BookError,
    VoicesError, MissingToolError, EngineError or DeliveryError.
    """
    request = tags.choose_format(request)
    _check(request)
    cache = Cache(request.cache)
    with (
        live_playback.open_listener(request, cache, progress) as listener,
        cache.exclusive(deliver.lock_key(request), lambda: progress.note(_WAITING)),
    ):
        for again in range(_TRIES - 1):
            try:
                return _run_build(Project(request, cache=cache), listener, progress, verify_cache=again > 0)
            except EntryGoneError as error:
                progress.note(f"{error}; it is made again")
        return _run_build(Project(request, cache=cache), listener, progress, verify_cache=True)


def _run_build(
    project: Project,
    listener: live_playback.Listener | None,
    progress: Progress,
    *,
    verify_cache: bool,
) -> BuildResult:
    """Run the build. With `verify_cache`, cached entries are read completely, because one was damaged."""
    request, cache, names = project.request, project.cache, project.full_config.engines()
    workers = engines.max_processes(names, request.jobs)
    prepare = partial(engines.get_ready, names)
    recorder = Recorder(cache, engines.speak_cue, workers=workers, verify_cache=verify_cache, prepare=prepare)
    with ExitStack() as until_delivered:
        done = _record(project, recorder, listener, progress, until_delivered)
        if done.encoded.gaps and not request.allow_gaps:
            raise gaps_error(done.encoded.gaps) from done.encoded.failure
        if not done.encoded.segments:
            raise BookError("the book has no speakable text", where=str(request.book), hint=_WORDLESS)
        progress.stage(DELIVERING)
        made = deliver.deliver_files(done.encoded.segments, done.album, request, cache, done.growing)
    plans.keep_plan(project, done.album, [chapter.key for chapter in done.encoded.timed], made.files, cache)
    sound_files = made.files[:-1] if request.per_chapter else made.files  # the last one is the playlist
    load_timeline = _note_timeline(request, done, made, sound_files, cache)
    companions = _write_companions(request, done.album.title, sound_files, cache)
    finished = accounting.StageResults(
        whole=done.script, part=done.part, silent=done.silent, encoded=done.encoded, delivered=made
    )
    ledger = accounting.make_ledger(request, finished)
    accounting.write_ledger(request, ledger)
    report = _report(done.part, done.encoded, project.voices_file, ledger)
    return BuildResult(
        files=made.files,
        marks=made.marks,
        sample_rate=made.sample_rate,
        report=report,
        companions=companions,
        timeline=load_timeline,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _RecordedBook:
    """A book that is spoken and encoded, with its tags and counts."""

    script: Script
    part: Script  # the requested chapters
    album: writers.Album
    silent: list[planning.Silent]
    encoded: EncodedBook
    growing: writers.GrowingFile | None


def _record(
    project: Project,
    recorder: Recorder,
    listener: live_playback.Listener | None,
    progress: Progress,
    until_delivered: ExitStack,
) -> _RecordedBook:
    request, cache = project.request, project.cache
    with recorder:
        if not project.is_analysed:
            recorder.warm_up()  # the workers start while the book is read
            mixing.get_ready()
        ahead = narration_ahead.Ahead(project=project, recorder=recorder, listener=listener)
        script = project.load_script(progress=progress, meanwhile=ahead)
        stop_spare_processes()  # no more workers are needed; a spare one may hold a book in memory
        for sentence in _describe_oddities(script, project):
            progress.note(sentence)
        # The tags are made now, because the book may change while it is spoken.
        album = tags.make_album(request, script, project.cast, cache)
        part, cast = project.part, project.cast
        deliver.check_room(part, request)
        growing = deliver.start_growing_file(part, album, request, cache)
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
            timeline=timeline_store.TimelineWriter(cache, part, request.encoding.sample_rate),
            listener=listener,
            growing=growing,
        )
        encoded = encode.run(planning.plan_segments(part, cast, gains, silent, cache))
    return _RecordedBook(script=script, part=part, album=album, silent=silent, encoded=encoded, growing=growing)


def _check(request: BuildRequest) -> None:
    """All cheap checks, before any expensive work."""
    ffmpeg.find()
    writers.check_encoding(request.encoding)
    target = tags.output_path(request)
    (writers.check_folder if request.per_chapter else writers.check_file)(target)
    tags.cover_given(request)
    accounting.check_place(request, target)
    mixing.effect_versions(request.effects)
    if request.also:
        from audiobook.pipeline.companions import check_companions  # noqa: PLC0415  # most builds write none

        check_companions(request, request.book, target)
    timeline_store.check_target(request.timeline, request.book, target, *([request.ledger] if request.ledger else []))


def _write_companions(request: BuildRequest, title: str, sound_files: Sequence[Path], cache: Cache) -> tuple[Path, ...]:
    if not request.also:
        return ()
    from audiobook.pipeline.companions import write_companions  # noqa: PLC0415  # most builds write none

    return write_companions(request, title, sound_files, cache)


def _note_timeline(
    request: BuildRequest, done: _RecordedBook, made: writers.DeliveredFiles, sound_files: Sequence[Path], cache: Cache
) -> Callable[[], Timeline]:
    """Keep the timeline of the finished files, and write it where the request wants it; returns its loader."""
    timeline_store.note_files(sound_files, done.encoded.timed, done.script.facts.language, made, cache)
    if request.timeline is not None:
        timeline_store.write_timeline(request.timeline, sound_files, cache)
    return partial(timeline_store.load_timeline, sound_files, cache)


def _describe_oddities(script: Script, project: Project) -> Iterator[str]:
    """Sentences about what does not fit together, such as a name in the voices file of somebody who does not speak."""
    config = project.full_config
    for name in casting.find_unused_speakers(script, config):
        yield f"voices.toml names {name!r}, who does not speak here"
    for name, near in find_misspelt_names(script):
        yield f"{name!r} speaks in the script and is not in its cast; is that {near!r}?"
    yield from describe_unused(script, config.own_audio)
    for tag in project.cast.unvoiced:
        name = get_language_name(tag)
        yield f"the engine has no voice for {name}: the usual voices read the passages in {name}"


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
        doubtful=count_doubtful(script),
    )
