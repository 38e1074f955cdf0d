"""Where each line lies in a finished file, known to the frame from the lengths of the takes in the cache.

Only the encoder's part is reckoned: it begins every segment with the same lead and fills up its last frame, so that
what a chapter lasts longer than its takes and pauses is shared among its segments.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from audiobook import mixing, synthesis, writers
from audiobook.errors import UsageError, command_line
from audiobook.model.cast import Cast
from audiobook.model.cue import Cue
from audiobook.model.request import PRESETS, Mastering
from audiobook.model.script import Script
from audiobook.pipeline.planning import SegmentPlan, plan_unlevelled
from audiobook.project import Project, apply_mastering
from audiobook.quality.sound_stream import Span, header
from audiobook.runtime.cache import Cache
from audiobook.writers.file_names import numbered_name

_MASTERINGS = (Mastering(), *(preset.mastering for preset in PRESETS.values()))
_MOST_ADDED = (writers.LEAD + 2 * 1152) / 22_050  # seconds by which encoding makes a segment longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a cue is heard in a file."""

    cue: Cue
    key: str  # of its take
    chapter: str  # its title
    start: float  # seconds
    end: float  # exclusive of the pause behind it
    lost: bool = False  # its take is not in the cache: a beep, where the build left a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """A chapter as it would be built from what is in the cache."""

    number: int
    title: str
    seconds: float  # takes and pauses
    segments: tuple[tuple[Spot, ...], ...]  # from the segment's own beginning
    lengths: tuple[float, ...]  # of the segments, in seconds

    def placed(self, start: float, seconds: float) -> Iterator[Spot]:
        """Its cues in a file in which it begins at `start` and lasts so long."""
        added = (seconds - self.seconds) / len(self.segments)
        at = start
        for spots, length in zip(self.segments, self.lengths, strict=True):
            for spot in spots:
                yield replace(spot, start=spot.start + at, end=spot.end + at)
            at += length + added


def spots_of(file: Path, project: Project) -> list[Spot]:
    """Everything that is spoken in a file, in order.

    Raises UsageError where the project would build another file now.
    """
    request, part = project.request, project.part
    plain = Project(replace(request, mastering=Mastering()), cache=project.cache).cast_script(project.script)
    spans = _spans(file)
    masterings = dict.fromkeys((request.mastering, *_MASTERINGS))
    casts = [apply_mastering(plain, way) for way in masterings]
    ways = [_paired(file, spans, _timed(part, cast, request.encoding.rate, project.cache)) for cast in casts]
    pairs = min(ways, key=lambda way: sum(abs(_over(span, chapter)) for span, chapter in way))
    for span, chapter in pairs:
        if abs(_over(span, chapter)) > _MOST_ADDED * len(chapter.segments):
            raise UsageError(
                f"the chapter {chapter.title!r} lasts {_length(span):.1f} s in it, and {chapter.seconds:.1f} s as the "
                f"book, its cast and the cache folder are now",
                where=str(file),
                hint=f"build it again: {command_line('audiobook', 'build', request.book)}",
            )
    return [spot for span, chapter in pairs for spot in chapter.placed(span.start, _length(span))]


def _paired(file: Path, spans: Sequence[Span], chapters: Sequence[_Timed]) -> list[tuple[Span, _Timed]]:
    """Each chapter of a file, and which of the book it is."""
    if len(spans) == 1 < len(chapters):
        last = max(chapter.number for chapter in chapters)
        chapters = [one for one in chapters if numbered_name(one.number, one.title, last) == file.name]
    if len(spans) != len(chapters):
        raise UsageError(
            f"it has {len(spans)} chapters, and {len(chapters)} would be built from the book now",
            where=str(file),
            hint="name the chapters it was built from with --chapters, or the book with --book",
        )
    return list(zip(spans, chapters, strict=True))


def _spans(file: Path) -> list[Span]:
    """The file's chapters, each with its end."""
    facts = header(file)
    return [replace(span, end=facts.seconds if span.end is None else span.end) for span in facts.spans]


def _length(span: Span) -> float:
    return (span.end or 0.0) - span.start


def _over(span: Span, chapter: _Timed) -> float:
    """By how many seconds a stretch of a file is longer than what it should hold."""
    return _length(span) - chapter.seconds


def _timed(script: Script, cast: Cast, rate: int, cache: Cache) -> list[_Timed]:
    """The chapters that are heard, each with its cues."""
    plans = plan_unlevelled(script, cast, cache)
    chapters = []
    for (number, title), group in groupby(plans, key=lambda plan: (plan.segment.chapter, plan.title)):
        laid = [_laid(plan, rate, cache) for plan in group]
        lengths = tuple(length for _, length in laid)
        segments = tuple(spots for spots, _ in laid)
        chapters.append(_Timed(number=number, title=title, seconds=sum(lengths), segments=segments, lengths=lengths))
    return chapters


def _laid(plan: SegmentPlan, rate: int, cache: Cache) -> tuple[tuple[Spot, ...], float]:
    """The cues of a segment, and how long it is in seconds."""
    at = mixing.silence_frames(plan.segment.lead, rate)
    spots = []
    for clip, (key, cue) in zip(plan.segment.clips, plan.cues, strict=True):
        take = synthesis.kept_take(cache, key)
        frames = mixing.beep(rate).frames if take is None else round(take.frames * rate / take.rate)
        if clip.origin != "sound":  # which says nothing
            spots.append(
                Spot(cue=cue, key=key, chapter=plan.title, start=at / rate, end=(at + frames) / rate, lost=take is None)
            )
        at += frames + mixing.silence_frames(clip.pause, rate)
    return tuple(spots), at / rate
