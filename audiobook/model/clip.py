"""Takes laid out in time. Times of finished sound are in frames of its rate."""

from dataclasses import dataclass
from typing import Literal

from audiobook.model.script import Place

Origin = Literal["voice", "recording", "sound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A cue's place in the sound: which take, how loud, and the silence after it."""

    place: Place
    key: str  # of the take
    gain: float  # dB that bring the take to the common loudness
    pause: int  # milliseconds of silence after it; turned into frames where the rate is known
    usual: float | None = None  # LUFS of the voice by itself, where its lines are evened out
    origin: Origin = "voice"  # what its take is: speech of an engine, or a person's recording or sound
    fade_in: int = 0  # milliseconds; 0: as short as every take's, so that no join clicks
    fade_out: int = 0  # likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of one chapter that is rendered and encoded in one go, a minute to three long, ending in a pause.

    Segments are what makes a build parallel, its memory flat, and a rebuild cheap: an unchanged segment is not
    re-encoded.
    """

    chapter: int  # the chapter's number
    clips: tuple[Clip, ...]
    lead: int = 0  # milliseconds of silence before the first clip


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """What a segment was made of, in frames of its rate."""

    takes: int  # all its takes, and beeps for those that were lost
    pauses: int  # all its silences
    sound: int  # the whole, as it was rendered
    resampled: int = 0  # takes that had another rate: each may be a frame longer or shorter than reckoned

    @property
    def add_up(self) -> bool:
        """Whether the whole is the sum of its parts."""
        return abs(self.takes + self.pauses - self.sound) <= self.resampled


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceBreak:
    """The place between two sentences of a clip, in samples from its beginning."""

    at: int  # offset in the cue's text at which the second sentence begins
    end: int  # of the first sentence
    start: int  # of the second one
    measured: bool  # found in the sound, or reported by the engine; else estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipTiming:
    """How long a clip is in its segment, in samples of the segment's rate, and where its sentences change."""

    samples: int
    breaks: tuple[SentenceBreak, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedSegment:
    """A segment as encoded sound, without any header, ready to be joined."""

    key: str
    frames: int  # decoded frames in it, silence added by the encoder included
    crc: int  # CRC-16 of its bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A chapter's stretch of the finished sound."""

    title: str
    start: int  # frames
    end: int  # frames, exclusive; the next mark's start


def check_marks(marks: tuple[Mark, ...], length: int) -> None:
    """Raises ValueError unless the marks follow each other without a gap from 0 to `length` frames."""
    at = 0
    for mark in marks:
        if mark.start != at or mark.end <= mark.start:
            raise ValueError(f"the mark {mark.title!r} does not begin where the one before it ends")
        at = mark.end
    if at != length:
        raise ValueError(f"the marks end at {at} of {length} frames")
