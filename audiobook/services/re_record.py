"""Record misread lines again, and build the file again with them."""

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
from audiobook.pipeline.tags import output_path
from audiobook.project import Project
from audiobook.quality import Fault
from audiobook.runtime.cache import Cache, EntryGoneError
from audiobook.services.verify import MisreadLine, Opener, Verification, verify_again
from audiobook.synthesis import Recorder

Outcome = Literal["mended", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRecording:
    """The result of recording a line again."""

    doubted: MisreadLine  # the line before
    outcome: Outcome  # correct now; a different sound, but still wrong; the same sound again


def re_record_lines(
    verification: Verification, open_recogniser: Opener, *, progress: Progress = SILENT
) -> tuple[ReRecording, ...]:
    """Record the misread lines of a file again, and build the file with them. Raises as `build`."""
    if not verification.doubted:
        return ()
    output_path(verification.request)  # raises if the build cannot write the file
    writers.check_file(verification.file)
    cache = Cache(verification.request.cache)
    keys = {doubted.utterance.key for doubted in verification.doubted}
    before = {key: _sound(cache, key) for key in keys}
    _remove_takes(verification.request, keys, cache)
    verification.file.touch()  # else the build considers it up to date, because its segments have the same keys
    build(verification.request, progress=progress)
    changed = {key for key in keys if _sound(cache, key) != before[key]}
    again = verify_again(verification, changed, open_recogniser, progress=progress)
    still = {one.utterance.key: one.fault for one in again}
    return tuple(ReRecording(doubted=one, outcome=_outcome(one, changed, still)) for one in verification.doubted)


def _outcome(doubted: MisreadLine, changed: Collection[str], still: Mapping[str, Fault]) -> Outcome:
    """The outcome for a line. Takes with the same misreading count as the same, because samples may differ slightly."""
    key = doubted.utterance.key
    if key not in changed or still.get(key) == doubted.fault:
        return "same"
    return "changed" if key in still else "mended"


def _sound(cache: Cache, key: str) -> bytes | None:
    try:
        return synthesis.load_sound(cache, key).pcm
    except EntryGoneError:  # the build left a gap
        return None


def _remove_takes(request: BuildRequest, keys: Collection[str], cache: Cache) -> None:
    """Remove these takes from the cache, and every segment that contains one of them.

    Raises UsageError if the current book has other takes.
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
