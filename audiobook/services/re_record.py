"""Lines recorded once more, because they were not said as they stand, and the file built again with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from audiobook import engines, synthesis, writers
from audiobook.errors import UsageError
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest
from audiobook.pipeline import voice_levels
from audiobook.pipeline.build import build
from audiobook.pipeline.planning import plan_segments
from audiobook.pipeline.segment_encoder import SegmentEncoder
from audiobook.pipeline.tags import target_of
from audiobook.project import Project
from audiobook.quality import Fault
from audiobook.runtime.cache import Cache, EntryGoneError
from audiobook.services.verify import Doubted, Opener, Verification, verify_again
from audiobook.synthesis import Recorder

Outcome = Literal["mended", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRecording:
    """A line that was recorded once more."""

    doubted: Doubted  # as it was
    outcome: Outcome  # heard right; another sound, and still not right; the very same sound again


def re_record_lines(
    verification: Verification, open_recogniser: Opener, *, progress: Progress = SILENT
) -> tuple[ReRecording, ...]:
    """Record the doubted lines of a file once more, and build it again with them. Raises what a build raises."""
    if not verification.doubted:
        return ()
    target_of(verification.request)  # raises where the build could not write the file again
    writers.check_file(verification.file)
    cache = Cache(verification.request.cache)
    keys = {doubted.utterance.key for doubted in verification.doubted}
    before = {key: _sound(cache, key) for key in keys}
    _let_go(verification.request, keys, cache)
    verification.file.touch()  # else the build takes it for finished: its segments have the same names as before
    build(verification.request, progress=progress)
    changed = {key for key in keys if _sound(cache, key) != before[key]}
    again = verify_again(verification, changed, open_recogniser, progress=progress)
    still = {one.utterance.key: one.fault for one in again}
    return tuple(ReRecording(doubted=one, outcome=_outcome(one, changed, still)) for one in verification.doubted)


def _outcome(doubted: Doubted, changed: Collection[str], still: Mapping[str, Fault]) -> Outcome:
    """What became of a line; engines that say it the same again may well differ in a sample."""
    key = doubted.utterance.key
    if key not in changed or still.get(key) == doubted.fault:
        return "same"
    return "changed" if key in still else "mended"


def _sound(cache: Cache, key: str) -> bytes | None:
    try:
        return synthesis.sound_of(cache, key).pcm
    except EntryGoneError:  # the build left a gap
        return None


def _let_go(request: BuildRequest, keys: Collection[str], cache: Cache) -> None:
    """Take these takes out of the cache, and every segment that has one of them.

    Raises UsageError where the book as it is now has other takes.
    """
    project = Project(request, cache=cache)
    cast = project.cast
    with Recorder(cache, engines.speak_cue) as recorder:
        gains = voice_levels.gains(cast.voices(), request.mastering.loudness, recorder, cache)
    plans = plan_segments(project.part, cast, gains, [], cache)
    concerned = [plan for plan in plans if any(clip.key in keys for clip in plan.segment.clips)]
    if set(keys) - {clip.key for plan in concerned for clip in plan.segment.clips}:
        raise UsageError(
            "the book or its cast has changed since this file was built",
            where=str(request.book),
            hint="build the file again, and then check it again",
        )
    encoder = SegmentEncoder(cache, request.encoding, request.mastering, effects=request.effects)
    for plan in concerned:
        encoder.forget(plan)
    for key in keys:
        cache.remove("takes", key)
