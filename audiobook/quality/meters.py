"""Measure the chapters of a file: levels in dBFS, loudness in LUFS, silences in seconds.

RMS is measured over the whole chapter including pauses, as ACX does. The noise floor is the RMS of the quietest half
second.
"""

import math
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from audiobook.quality.sound_stream import Header, Span, Step, measure_steps, read_header
from audiobook.runtime import loudness

QUIET = -60.0  # dB; a tenth of a second below this counts as silence
_FLOOR_STEPS = 5  # number of steps in half a second
_HALF_STEP = 0.05  # seconds: half a step


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterMeasure:
    """The measurements of one chapter."""

    title: str
    start: float  # seconds
    seconds: float
    rms: float  # dBFS
    peak: float  # dBFS
    floor: float  # dBFS
    loudness: float  # LUFS
    head: float  # seconds of silence before the first sound
    tail: float  # seconds of silence after the last sound
    longest_silence: float  # seconds, between sounds


@dataclass(frozen=True, slots=True, kw_only=True)
class FileMeasure:
    """The measurements of a file."""

    path: Path
    header: Header
    chapters: tuple[ChapterMeasure, ...]


def measure_file(path: Path) -> FileMeasure:
    """Measure all chapters. Raises UsageError if it is not a sound file, DeliveryError if it is damaged."""
    facts = read_header(path)
    return FileMeasure(
        path=path, header=facts, chapters=tuple(_measure_chapters(facts, measure_steps(path, facts.sample_rate)))
    )


def _measure_chapters(facts: Header, levels: Iterator[Step]) -> Iterator[ChapterMeasure]:
    spans = deque(facts.spans)
    meter = _Meter(spans.popleft())
    for at, step in enumerate(levels):
        if spans and at * loudness.STEP + _HALF_STEP >= spans[0].start:
            yield meter.result()
            meter = _Meter(spans.popleft())
        meter.add(step)
    yield meter.result()
    for span in spans:  # chapters that begin after the end of the sound
        yield _Meter(span).result()


@dataclass(slots=True)
class _Meter:
    """Running sums for one chapter."""

    span: Span
    count: int = 0
    power: float = 0.0
    peak: float = -math.inf
    floor: float = math.inf
    head: int | None = None  # steps of silence before the first sound; None until there is a sound
    silence: int = 0  # steps of the current silence
    longest: int = 0
    blocks: list[float] = field(default_factory=list)
    recent: deque[float] = field(default_factory=lambda: deque(maxlen=_FLOOR_STEPS))

    def add(self, step: Step) -> None:
        """Add a tenth of a second."""
        power = 10 ** (step.rms / 10)
        self.count += 1
        self.power += power
        self.peak = max(self.peak, step.peak)
        self.recent.append(power)
        if len(self.recent) == _FLOOR_STEPS:
            self.floor = min(self.floor, sum(self.recent) / _FLOOR_STEPS)
        if self.count >= loudness.BLOCK:
            self.blocks.append(step.momentary)
        self._count_silence(step.rms < QUIET)

    def _count_silence(self, quiet: bool) -> None:
        if quiet:
            self.silence += 1
            return
        if self.head is None:
            self.head = self.silence
        else:
            self.longest = max(self.longest, self.silence)
        self.silence = 0

    def result(self) -> ChapterMeasure:
        """The measurements. If a chapter has no sound, its whole length counts as head."""
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
