"""Level voices: each voice is measured once, on the same texts, and gets one gain for the whole book.

Loudness is measured as EBU R 128 defines it. A voice gets one gain, not one for each line, so that a whisper stays a
whisper.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audiobook.mixing.audio_segments import audio_segment
from audiobook.mixing.resampling import resample
from audiobook.mixing.samples import FULL_SCALE
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.model.request import LOUDNESS
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import key_of
from audiobook.runtime.loudness import ABSOLUTE_GATE, BLOCK, MOMENTARY, STEP, integrate, parse_block

RECIPE = 3  # of the measuring; count up whenever the same sound may come out at another level

CALIBRATION_TEXT = (
    "The quick brown fox jumps over the lazy dog, and five boxing wizards watch it go. "
    "How vexing, cried the judge! Pack my box with a dozen jugs, and let us all be quiet for a while."
)
# Some neural voices are louder in short lines than in long ones, by up to 1.4 LU, others are not: both are measured.
CALIBRATION_LINES = (
    "May I ask you something?",
    "Those letters of yours. Where do they go?",
    "Well, it isn't lost. We know where it is.",
)

QUIETEST, LOUDEST = -60.0, 24.0  # dB of gain that are given at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How loud a voice is by itself."""

    loudness: float  # LUFS
    peak: float  # dBFS


def level_key(take_key: str) -> str:
    """A hash of everything that shapes the level measured on a take."""
    return key_of(RECIPE, take_key)


def gain_for(level: Level, volume: float = 1.0, loudness: float = LOUDNESS) -> float:
    """The dB, to a tenth, that bring a voice to a common loudness (LUFS) and then to `volume` times that (0 to 2)."""
    if volume <= 0 or level.loudness <= ABSOLUTE_GATE:
        return QUIETEST if volume <= 0 else 0.0
    wanted = loudness - level.loudness + 20 * math.log10(volume)
    return round(min(max(wanted, QUIETEST), LOUDEST), 1)


def adjust_gain(gain: float, volume: float, to: float) -> float:
    """Convert a gain computed for one volume to another volume."""
    if volume <= 0 or to <= 0:
        return gain if volume == to else QUIETEST
    return round(min(max(gain + 20 * math.log10(to / volume), QUIETEST), LOUDEST), 1)


def measure_levels(sounds: Mapping[str, Sound]) -> dict[str, Level]:
    """The level of each sound, all measured in one run of ffmpeg. Raises DeliveryError where that fails."""
    if not sounds:
        return {}
    sample_rate = max(sound.sample_rate for sound in sounds.values())
    segments = [_segment(sound, sample_rate) for sound in sounds.values()]
    tape = [_padded(segment.raw_data, sample_rate) for segment in segments]
    blocks = _momentary(tape, sample_rate)
    levels: dict[str, Level] = {}
    at = 0
    for name, segment, stretch in zip(sounds, segments, tape, strict=True):
        steps = len(segment.raw_data) / SAMPLE_BYTES / sample_rate / STEP
        own = blocks[at + BLOCK - 1 : at + max(BLOCK, math.floor(steps))]
        levels[name] = Level(loudness=integrate(own), peak=_peak(segment))
        at += round(len(stretch) / SAMPLE_BYTES / sample_rate / STEP)
    return levels


def _segment(sound: Sound, sample_rate: int) -> Any:
    """The sound as a pydub segment at `sample_rate` Hz."""
    pcm = resample(sound.pcm, sound.sample_rate, sample_rate)
    return audio_segment(pcm, sample_rate)


def _peak(segment: Any) -> float:
    """The loudest sample of a pydub segment, in dBFS; -inf for silence."""
    loudest = segment.max
    return 20 * math.log10(loudest / FULL_SCALE) if loudest else -math.inf


def _padded(pcm: bytes, sample_rate: int) -> bytes:
    """The samples and at least a second of silence, to a whole number of seconds, so that all steps fall together."""
    second = sample_rate * SAMPLE_BYTES
    return pcm + bytes(second + -len(pcm) % second)


def _momentary(tape: Sequence[bytes], sample_rate: int) -> list[float]:
    """The loudness of the 400 ms up to the end of each tenth of a second."""
    step = f"asetnsamples=n={round(sample_rate * STEP)}"  # what the meter takes at once; ffmpeg hands on less
    meter = "ebur128=metadata=1,ametadata=mode=print:key=lavfi.r128.M:file=-"
    arguments = [*ffmpeg.samples_in(sample_rate), "-af", f"{step},{meter}", "-f", "null", "-"]
    measured = ffmpeg.retried(lambda: ffmpeg.pipe(arguments, tape))
    return list(_parsed(measured.decode("ascii", "replace")))


def _parsed(report: str) -> Iterator[float]:
    for line in report.splitlines():
        name, _, value = line.partition("=")
        if name == MOMENTARY:
            yield parse_block(value)
