"""Takes arranged in time: clips, segments and marks. Times are in samples at the rate of the sound."""

from dataclasses import dataclass
from typing import Literal

from audiobook.model.script import Place

Origin = Literal["voice", "recording", "sound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A take in the sound, with its gain and the pause after it."""

    place: Place
    key: str  # of the take
    gain: float  # dB; brings the take to the common loudness
    pause: int  # pause after it in milliseconds; converted to samples when the rate is known
    usual: float | None = None  # target in LUFS if lines of this voice are evened out; before the gain
    origin: Origin = "voice"  # the origin of the take: an engine, or a file of the user
    fade_in: int = 0  # milliseconds; 0: the short default fade that avoids clicks
    fade_out: int = 0  # milliseconds; 0: the short default fade


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of one chapter that is rendered and encoded at once. It has one to three minutes and ends in a pause.

    Segments are encoded in parallel, limit the memory of a build, and make a rebuild cheap: an unchanged segment is not
    encoded again.
    """

    chapter: int  # number of the chapter
    clips: tuple[Clip, ...]
    lead: int = 0  # milliseconds of silence before the first clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """The parts of a rendered segment, in samples at its rate."""

    takes: int  # all takes, and the beeps that replace lost ones
    pauses: int  # all pauses
    sound: int  # the whole segment, as it was rendered
    resampled: int = 0  # number of resampled takes; each may differ by one sample

    @property
    def add_up(self) -> bool:
        """Whether the whole is the sum of its parts, within the tolerance of resampling."""
        return abs(self.takes + self.pauses - self.sound) <= self.resampled


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceBreak:
    """The boundary between two sentences of a clip, in samples from the start of the clip."""

    at: int  # offset in the text of the cue at which the second sentence begins
    end: int  # of the first sentence
    start: int  # of the second one
    measured: bool  # True: measured in the sound or reported by the engine; False: estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTiming:
    """The length of a clip in its segment, in samples at the segment's rate, and its sentence boundaries."""

    samples: int
    breaks: tuple[SentenceBreak, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedSegment:
    """An encoded segment without a file header, ready to be joined."""

    key: str
    samples: int  # samples that a decoder gives, including those the encoder added
    crc: int  # CRC-16 of its bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The position of a chapter in the finished sound."""

    title: str
    start: int  # samples
    end: int  # samples, exclusive; the start of the next mark


def check_marks(marks: tuple[Mark, ...], length: int) -> None:
    """Raises ValueError unless the marks follow each other without a gap from 0 to `length` samples."""
    at = 0
    for mark in marks:
        if mark.start != at or mark.end <= mark.start:
            raise ValueError(f"the mark {mark.title!r} does not begin where the one before it ends")
        at = mark.end
    if at != length:
        raise ValueError(f"the marks end at {at} of {length} samples")
