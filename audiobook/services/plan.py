"""Forecast what a build would make again, and why, before anything is spoken."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from audiobook import mixing, synthesis, writers
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.plan import Plan
from audiobook.model.progress import SILENT, Progress
from audiobook.model.request import BuildRequest, cores
from audiobook.pipeline import voice_levels
from audiobook.pipeline.planning import SegmentPlan, plan_segments
from audiobook.pipeline.plans import kept_plan, planned_chapters
from audiobook.pipeline.segment_encoder import SegmentEncoder
from audiobook.pipeline.tags import output_path
from audiobook.project import Project
from audiobook.runtime.cache import Cache
from audiobook.services.plan_changes import Cause, compare_plans
from audiobook.synthesis.validation import duration_bounds

# CPU seconds for a second of sound, from the measurements in docs/performance.md (pyttsx3, encoding) and in
# docs/engines.md (the neural engines). An engine that is not here counts as slow.
_SPEAKING_COST: Mapping[str, float] = {"tone": 0.0002, "pyttsx3": 0.0013, "piper": 0.042, "kokoro": 0.25}
_UNKNOWN_COST = 0.25
_ENCODING_COST = 0.0006


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a build would do now. The seconds are estimates."""

    output: Path
    causes: tuple[Cause, ...]
    lines: int  # utterances and recordings of the whole audiobook
    lines_to_speak: int
    segments: int
    segments_to_encode: int
    seconds: float  # of sound, of the whole audiobook
    seconds_to_encode: float  # of sound, of the segments that are encoded again
    work_seconds: float  # that speaking and encoding take

    @property
    def is_up_to_date(self) -> bool:
        """Whether a build would not change anything."""
        return not self.causes


@dataclass(slots=True)
class _Count:
    """Counts what is missing in the cache while the segments of a build pass."""

    cache: Cache
    encoder: SegmentEncoder
    paces: Mapping[tuple[str, str], float]  # by engine and voice
    seen: set[str] = field(default_factory=set)  # takes that are there, or counted already
    lines: int = 0
    lines_to_speak: int = 0
    segments: int = 0
    segments_to_encode: int = 0
    seconds: float = 0.0
    seconds_to_encode: float = 0.0
    cpu_seconds: float = 0.0

    def watch(self, plans: Iterable[SegmentPlan]) -> Iterator[SegmentPlan]:
        """The same segments, each counted when it passes."""
        for plan in plans:
            self.segments += 1
            self.lines += sum(clip.origin != "sound" for clip in plan.segment.clips)
            found = self.encoder.find(plan)
            if found is None:
                self._count_missing(plan)
            else:
                self.seconds += found.encoded.samples / self.encoder.encoding.sample_rate
            yield plan

    def _count_missing(self, plan: SegmentPlan) -> None:
        silence = plan.segment.lead + sum(clip.pause for clip in plan.segment.clips)
        pairs = zip(plan.segment.clips, plan.cues, strict=True)
        spoken = sum(self._count_take(key, cue, is_own=clip.origin != "voice") for clip, (key, cue) in pairs)
        seconds = spoken + silence / 1000
        self.segments_to_encode += 1
        self.seconds += seconds
        self.seconds_to_encode += seconds
        self.cpu_seconds += seconds * _ENCODING_COST

    def _count_take(self, key: str, cue: Cue, *, is_own: bool) -> float:
        """The seconds of a take: as recorded, else estimated from the characters and the pace of the voice."""
        take = synthesis.find_take(self.cache, key)
        if take is not None:
            return take.seconds
        voice = cue.voice
        seconds = duration_bounds(cue.text, voice.words_per_minute, self.paces.get((voice.engine, voice.name), 1.0))[1]
        if key not in self.seen and not is_own:
            self.seen.add(key)
            self.lines_to_speak += 1
            self.cpu_seconds += seconds * _SPEAKING_COST.get(voice.engine, _UNKNOWN_COST)
        return seconds


def forecast_build(request: BuildRequest, *, progress: Progress = SILENT) -> Forecast:
    """What a build of this request would make, compared with the last build of its output. Nothing is spoken.

    A book that was never analysed is analysed now. Raises UsageError, BookError, VoicesError or MissingToolError.
    """
    writers.check_encoding(request.encoding)
    output = output_path(request)
    mixing.effect_versions(request.effects)
    project = Project(request)
    project.load_script(progress=progress)
    levels = voice_levels.known_levels(project.cast.voices(), request.mastering.loudness, project.cache)
    count = _Count(
        project.cache,
        SegmentEncoder(project.cache, request.encoding, request.mastering, effects=request.effects),
        {(voice.engine, voice.name): pace for voice, pace in levels.paces.items()},
    )
    plan = _counted_plan(project, levels.gains, count)
    return Forecast(
        output=output,
        causes=_causes(kept_plan(output, project.cache), plan, count, output),
        lines=count.lines,
        lines_to_speak=count.lines_to_speak,
        segments=count.segments,
        segments_to_encode=count.segments_to_encode,
        seconds=count.seconds,
        seconds_to_encode=count.seconds_to_encode,
        work_seconds=count.cpu_seconds / max(1, min(request.jobs, cores())),
    )


def _counted_plan(project: Project, known: Mapping[Voice, float], count: _Count) -> Plan:
    """The whole plan, and `count` filled. A voice that was never measured has no gain, so its segments are missing."""
    gains = {voice: known.get(voice, math.nan) for voice in project.cast.voices()}
    segments = plan_segments(project.part, project.cast, gains, [], project.cache)
    chapters = planned_chapters(count.watch(segments), project.part, project.request.mastering.loudness)
    return replace(project.plan, chapters=tuple(chapters))


def _causes(kept: Plan | None, plan: Plan, count: _Count, output: Path) -> tuple[Cause, ...]:
    if kept is None:
        return (Cause("first build", "no earlier build of this output is known"),)
    causes = compare_plans(kept, plan)
    if not output.exists():
        causes = (*causes, Cause("file", "the finished file is not there any more"))
    if count.segments_to_encode and not causes:
        causes = (Cause("cache", "some finished work is not in the cache any more"),)
    return causes
