"""Where each line lies in a finished file, known to the frame from the lengths of the takes on the shelf.

Only the encoder's part is reckoned: it begins every reel with the same lead and fills up its last frame, so that what a
chapter lasts longer than its takes and pauses is shared among its reels.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from audiobook import mixing, synthesis, writers
from audiobook.errors import UsageError, command_line
from audiobook.model.cast import Cast
from audiobook.model.cue import Cue
from audiobook.model.request import PRESETS, Mastering, Order
from audiobook.model.script import Script
from audiobook.pipeline.arranging import ReelPlan, unlevelled
from audiobook.pipeline.casts import cast_for, direction_for, mastered
from audiobook.pipeline.scripts import selected
from audiobook.quality.sound_stream import Span, header
from audiobook.runtime.cache import Shelf
from audiobook.writers.file_names import numbered_name

_MASTERINGS = (Mastering(), *(preset.mastering for preset in PRESETS.values()))
_MOST_ADDED = (writers.LEAD + 2 * 1152) / 22_050  # seconds by which encoding makes a reel longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a cue is heard in a file."""

    cue: Cue
    key: str  # of its take
    chapter: str  # its title
    start: float  # seconds
    end: float  # exclusive of the pause behind it
    lost: bool = False  # its take is not on the shelf: a beep, where the build left a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Timed:
    """A chapter as it would be built from what is on the shelf."""

    number: int
    title: str
    seconds: float  # takes and pauses
    reels: tuple[tuple[Spot, ...], ...]  # from the reel's own beginning
    lengths: tuple[float, ...]  # of the reels, in seconds

    def placed(self, start: float, seconds: float) -> Iterator[Spot]:
        """Its cues in a file in which it begins at `start` and lasts so long."""
        added = (seconds - self.seconds) / len(self.reels)
        at = start
        for spots, length in zip(self.reels, self.lengths, strict=True):
            for spot in spots:
                yield replace(spot, start=spot.start + at, end=spot.end + at)
            at += length + added


def spots_of(file: Path, order: Order, script: Script, shelf: Shelf) -> list[Spot]:
    """Everything that is spoken in a file, in order. Raises UsageError where `order` would build another file now."""
    direction, _ = direction_for(order)
    cast = cast_for(script, direction)
    part = selected(script, order.chapters, order.book)
    spans = _spans(file)
    masterings = dict.fromkeys((order.mastering, *_MASTERINGS))
    ways = [_paired(file, spans, _timed(part, mastered(cast, way), order.encoding.rate, shelf)) for way in masterings]
    pairs = min(ways, key=lambda way: sum(abs(_over(span, chapter)) for span, chapter in way))
    for span, chapter in pairs:
        if abs(_over(span, chapter)) > _MOST_ADDED * len(chapter.reels):
            raise UsageError(
                f"the chapter {chapter.title!r} lasts {_length(span):.1f} s in it, and {chapter.seconds:.1f} s as the "
                f"book, its cast and the cache folder are now",
                where=str(file),
                hint=f"build it again: {command_line('audiobook', 'build', order.book)}",
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


def _timed(script: Script, cast: Cast, rate: int, shelf: Shelf) -> list[_Timed]:
    """The chapters that are heard, each with its cues."""
    plans = unlevelled(script, cast, shelf)
    chapters = []
    for (number, title), group in groupby(plans, key=lambda plan: (plan.reel.chapter, plan.title)):
        laid = [_laid(plan, rate, shelf) for plan in group]
        lengths = tuple(length for _, length in laid)
        reels = tuple(spots for spots, _ in laid)
        chapters.append(_Timed(number=number, title=title, seconds=sum(lengths), reels=reels, lengths=lengths))
    return chapters


def _laid(plan: ReelPlan, rate: int, shelf: Shelf) -> tuple[tuple[Spot, ...], float]:
    """The cues of a reel, and how long it is in seconds."""
    at = mixing.silence_frames(plan.reel.lead, rate)
    spots = []
    for clip, (key, cue) in zip(plan.reel.clips, plan.cues, strict=True):
        take = synthesis.kept_take(shelf, key)
        frames = mixing.beep(rate).frames if take is None else round(take.frames * rate / take.rate)
        spots.append(
            Spot(cue=cue, key=key, chapter=plan.title, start=at / rate, end=(at + frames) / rate, lost=take is None)
        )
        at += frames + mixing.silence_frames(clip.pause, rate)
    return tuple(spots), at / rate
