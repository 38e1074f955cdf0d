"""What is measured of a chapter: levels in dB of full scale, loudness in LUFS, silences in seconds.

RMS is over all of a chapter, pauses included, as ACX measures it; the noise floor is that of its quietest half second.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audiobook.quality.sound_stream import Header, Span, Step, header, steps
from audiobook.runtime import loudness

QUIET = -60.0  # dB below which a tenth of a second counts as silence
_FLOOR_STEPS = 5  # in the half second of the noise floor
_PLACES = 0.05  # seconds: half a step


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMeasure:
    """What was measured of one chapter."""

    title: str
    start: float  # seconds
    seconds: float
    rms: float  # dBFS
    peak: float  # dBFS
    floor: float  # dBFS
    loudness: float  # LUFS
    head: float  # seconds of silence before the first sound
    tail: float  # seconds of silence after the last
    longest_silence: float  # seconds, of those between sounds


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMeasure:
    """What was measured of a file."""

    path: Path
    header: Header
    chapters: tuple[ChapterMeasure, ...]


def measured(path: Path) -> FileMeasure:
    """Measure a sound file, chapter by chapter. Raises UsageError for no sound, DeliveryError for a damaged one."""
    facts = header(path)
    return FileMeasure(path=path, header=facts, chapters=tuple(_chapters(facts, steps(path, facts.rate))))


def _chapters(facts: Header, levels: Iterator[Step]) -> Iterator[ChapterMeasure]:
    spans = deque(facts.spans)
    meter = _Meter(spans.popleft())
    for at, step in enumerate(levels):
        if spans and at * loudness.STEP + _PLACES >= spans[0].start:
            yield meter.reading()
            meter = _Meter(spans.popleft())
        meter.take(step)
    yield meter.reading()
    for span in spans:  # chapters that begin behind the end
        yield _Meter(span).reading()


@dataclass(slots=True)
class _Meter:
    """The sums of one chapter so far."""

    span: Span
    count: int = 0
    power: float = 0.0
    peak: float = -math.inf
    floor: float = math.inf
    head: int | None = None  # steps; None while there was only silence
    silence: int = 0  # steps of silence just now
    longest: int = 0
    blocks: list[float] = field(default_factory=list)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=_FLOOR_STEPS))

    def take(self, step: Step) -> None:
        """Take a tenth of a second in."""
        power = 10 ** (step.rms / 10)
        self.count += 1
        self.power += power
        self.peak = max(self.peak, step.peak)
        self.recent.append(power)
        if len(self.recent) == _FLOOR_STEPS:
            self.floor = min(self.floor, sum(self.recent) / _FLOOR_STEPS)
        if self.count >= loudness.BLOCK:
            self.blocks.append(step.momentary)
        self._listen(step.rms < QUIET)

    def _listen(self, quiet: bool) -> None:
        if quiet:
            self.silence += 1
            return
        if self.head is None:
            self.head = self.silence
        else:
            self.longest = max(self.longest, self.silence)
        self.silence = 0

    def reading(self) -> ChapterMeasure:
        """What was measured; of a chapter without any sound, all of it is head."""
        return ChapterMeasure(
            title=self.span.title,
            start=self.span.start,
            seconds=self.count * loudness.STEP,
            rms=_decibels(self.power / self.count if self.count else 0.0),
            peak=self.peak,
            floor=_decibels(self.floor if self.recent else 0.0),
            loudness=loudness.integrate(self.blocks),
            head=(self.silence if self.head is None else self.head) * loudness.STEP,
            tail=self.silence * loudness.STEP,
            longest_silence=self.longest * loudness.STEP,
        )


def _decibels(power: float) -> float:
    return 10 * math.log10(power) if 0 < power < math.inf else -math.inf
