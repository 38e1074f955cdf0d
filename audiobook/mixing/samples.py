"""Samples as PCM bytes (signed 16-bit, little-endian), and the beep in place of a missing take."""

import array
import functools
import math
import sys

from audiobook.model.cue import Sound

FULL_SCALE = 32768  # the sample of 0 dBFS


def to_pcm(samples: "array.array[int]") -> bytes:
    """The bytes of these samples."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()


SECONDS = 0.6
PITCH = 660.0  # Hz
_PEAK = 0.2  # of full scale


@functools.cache
def beep(sample_rate: int) -> Sound:
    """A soft tone at `sample_rate` Hz."""
    length = round(SECONDS * sample_rate)
    wave = (round(32767 * _PEAK * math.sin(2 * math.pi * PITCH * at / sample_rate)) for at in range(length))
    samples = array.array("h", wave)
    return Sound(pcm=to_pcm(samples), sample_rate=sample_rate)
