"""The utterances of a finished file with the times at which they are heard, read from its timeline."""

from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import UsageError, command_line
from audiobook.model.cue import Cue
from audiobook.pipeline.planning import plan_unlevelled
from audiobook.pipeline.timelines import timeline_of
from audiobook.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An utterance, and when it is heard in a file."""

    cue: Cue
    key: str  # of its take
    chapter: str  # its title
    start: float  # seconds
    end: float  # exclusive of the pause after it
    lost: bool = False  # a beep is heard: the build left a gap


def spots_of(file: Path, project: Project) -> list[Spot]:
    """Every utterance in a file, in order.

    Raises UsageError if the file has no timeline, or if the project would build another file now.
    """
    hint = f"build it again: {command_line('audiobook', 'build', project.request.book)}"
    timeline = timeline_of(file, project.cache)
    if timeline is None:
        raise UsageError(
            "nothing says when its lines are heard: it was built elsewhere, or has changed since",
            where=str(file),
            hint=hint,
        )
    numbers = {chapter.number for chapter in timeline.chapters}
    cues = [
        (plan.title, key, cue)
        for plan in plan_unlevelled(project.part, project.cast, project.cache)
        if plan.segment.chapter in numbers
        for clip, (key, cue) in zip(plan.segment.clips, plan.cues, strict=True)
        if clip.origin != "sound"
    ]
    heard = [(line.place, one) for chapter in timeline.chapters for line in chapter.lines for one in line.utterances]
    if [(cue.place, key) for _, key, cue in cues] != [(place, one.take) for place, one in heard]:
        raise UsageError("the book, its cast or the program have changed since", where=str(file), hint=hint)
    rate = timeline.sample_rate
    return [
        Spot(cue=cue, key=key, chapter=title, start=one.start / rate, end=one.end / rate, lost=one.lost)
        for (title, key, cue), (_, one) in zip(cues, heard, strict=True)
    ]
