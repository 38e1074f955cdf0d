"""What is heard where a take is missing: nobody shall take a hole for a pause."""

import array
import functools
import math

from audiobook.mixing.samples import pcm_of
from audiobook.take import Sound

SECONDS = 0.6
PITCH = 660.0  # Hz
_PEAK = 0.2  # of full scale


@functools.cache
def beep(rate: int) -> Sound:
    """A soft tone at `rate` Hz."""
    length = round(SECONDS * rate)
    wave = (round(32767 * _PEAK * math.sin(2 * math.pi * PITCH * at / rate)) for at in range(length))
    samples = array.array("h", wave)
    return Sound(pcm=pcm_of(samples), rate=rate)
