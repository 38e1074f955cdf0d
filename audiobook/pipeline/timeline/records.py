"""The cache record of the timeline of one chapter: columns of numbers and texts, with times from the chapter start.

A build writes one record per chapter, and most are never read. So writing is cheap, and lines are constructed when a
record is read.

An encoded segment starts at the sum of the frames of the segments before it, because all segments of a format begin
with the same delay, and a player skips the delay of the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from audiobook import mixing
from audiobook.model.clip import ClipTiming, SentenceBreak
from audiobook.model.codec import Codec
from audiobook.model.cue import Cue
from audiobook.model.script import Line, Place
from audiobook.model.timeline import TimedCue, TimedLine
from audiobook.pipeline.planning import SegmentPlan
from audiobook.pipeline.segment_encoder import ClipNumbers, SegmentResult
from audiobook.pipeline.timeline.sentences import time_sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterRecord:
    """The spoken lines of a chapter, a column for each fact. Raises ValueError unless the columns fit together."""

    paragraphs: tuple[int, ...]  # of each line
    numbers: tuple[int, ...]  # in the paragraph
    speakers: tuple[str | None, ...]
    texts: tuple[str, ...]
    counts: tuple[int, ...]  # cues
    takes: tuple[str, ...]  # of each cue
    said: tuple[str | None, ...]  # None: the text of its line
    voices: tuple[int, ...]  # index in `engine_voices`
    starts: tuple[int, ...]  # samples
    clips: tuple[ClipNumbers, ...]
    lost: tuple[int, ...]  # indices of cues
    engine_voices: tuple[tuple[str, str], ...]  # (engine, voice)

    def __post_init__(self) -> None:
        lines = {len(self.paragraphs), len(self.numbers), len(self.speakers), len(self.texts), len(self.counts)}
        cues = {len(self.takes), len(self.said), len(self.voices), len(self.starts), len(self.clips)}
        if len(lines) > 1 or cues != {sum(self.counts)} or not all(count > 0 for count in self.counts):
            raise ValueError("the columns of a timeline have not one length")
        if any(not 0 <= voice < len(self.engine_voices) for voice in self.voices):
            raise ValueError("a voice of a timeline is not in its list")


RECORDS = Codec(ChapterRecord, "audiobook-timeline-chapter", 1)


@dataclass(slots=True)
class _Columns:
    """A record under construction."""

    paragraphs: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    speakers: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    takes: list[str] = field(default_factory=list)
    said: list[str | None] = field(default_factory=list)
    voices: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    clips: list[ClipNumbers] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)
    engine_voices: dict[tuple[str, str], int] = field(default_factory=dict)

    def add_line(self, line: Line) -> None:
        self.paragraphs.append(line.place.paragraph)
        self.numbers.append(line.place.line)
        self.speakers.append(line.speaker)
        self.texts.append(line.text)
        self.counts.append(0)

    def add_cue(self, key: str, cue: Cue, start: int, numbers: ClipNumbers, *, lost: bool) -> None:
        """Add a cue to the line that was added last."""
        if lost:
            self.lost.append(len(self.takes))
        self.counts[-1] += 1
        self.takes.append(key)
        self.said.append(None if cue.text == self.texts[-1] else cue.text)
        voice = (cue.voice.engine, cue.voice.name)
        self.voices.append(self.engine_voices.setdefault(voice, len(self.engine_voices)))
        self.starts.append(start)
        self.clips.append(numbers)

    def record(self) -> ChapterRecord:
        columns: dict[str, Any] = {name: tuple(getattr(self, name)) for name in self.__slots__}
        return ChapterRecord(**columns)


def make_record(
    lines: Sequence[Line], segments: Sequence[tuple[SegmentPlan, SegmentResult]], sample_rate: int
) -> ChapterRecord:
    """Make the record of a chapter from its lines and segments, at `sample_rate` samples per second."""
    columns = _Columns()
    coming = iter(lines)
    place: Place | None = None
    base = 0
    for plan, result in segments:
        at = base + mixing.silence_samples(plan.segment.lead, sample_rate)
        for clip, (key, cue), numbers in zip(plan.segment.clips, plan.cues, result.clips, strict=True):
            if clip.origin != "sound":  # a sound of the user does not belong to a line
                if cue.place != place:
                    place = cue.place
                    columns.add_line(next(line for line in coming if line.place == place))
                columns.add_cue(key, cue, at, numbers, lost=key in result.lost)
            at += numbers[0] + mixing.silence_samples(clip.pause, sample_rate)
        base += result.encoded.samples
    return columns.record()


def lines_of(record: ChapterRecord, chapter: int, start: int) -> Iterator[TimedLine]:
    """The lines of a chapter with this number, which begins at the sample `start`."""
    lost = frozenset(record.lost)
    at = 0
    for number, count in enumerate(record.counts):
        text = record.texts[number]
        cues = [_cue(record, position, text, start, lost) for position in range(at, at + count)]
        timings = [_timing(numbers) for numbers in record.clips[at : at + count]]
        at += count
        yield TimedLine(
            place=Place(chapter=chapter, paragraph=record.paragraphs[number], line=record.numbers[number]),
            speaker=record.speakers[number],
            text=text,
            start=cues[0].start,
            end=cues[-1].end,
            sentences=time_sentences(text, cues, timings),
            cues=tuple(cues),
        )


def _cue(record: ChapterRecord, position: int, text: str, start: int, lost: frozenset[int]) -> TimedCue:
    engine, voice = record.engine_voices[record.voices[position]]
    said = record.said[position]
    first = start + record.starts[position]
    return TimedCue(
        take=record.takes[position],
        text=text if said is None else said,
        engine=engine,
        voice=voice,
        start=first,
        end=first + record.clips[position][0],
        lost=position in lost,
    )


def _timing(numbers: ClipNumbers) -> ClipTiming:
    """The timing of a clip from its numbers."""
    breaks = (numbers[at : at + 4] for at in range(1, len(numbers) - 3, 4))
    return ClipTiming(
        samples=numbers[0],
        breaks=tuple(
            SentenceBreak(at=at, end=end, start=start, measured=bool(measured)) for at, end, start, measured in breaks
        ),
    )
