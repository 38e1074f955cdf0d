"""Room tone for the pauses: some publishers reject digital silence."""

import array
import functools
import math
import random

from audiobook.mixing.samples import FULL_SCALE, to_pcm
from audiobook.model.cue import SAMPLE_BYTES

_SECONDS = 3  # of tone that is computed and then repeated; the repetition of a shorter one is audible
_DULL = 0.9  # of each sample that the next one keeps: a room is darker than white noise
_SEED = 1


def room_tone(samples: int, sample_rate: int, level: float) -> bytes:
    """So many samples (mono, signed 16-bit little-endian) at `level` dBFS RMS; the same ones each time."""
    tone = _tone(sample_rate, level)
    size = samples * SAMPLE_BYTES
    return (tone * (size // len(tone) + 1))[:size]


@functools.cache
def _tone(sample_rate: int, level: float) -> bytes:
    chance = random.Random(_SEED)  # noqa: S311  # nothing here is secret
    last, wave = 0.0, []
    for _ in range(_SECONDS * sample_rate):
        last = _DULL * last + chance.gauss(0.0, 1.0)
        wave.append(last)
    rms = math.sqrt(sum(value * value for value in wave) / len(wave))
    loud = FULL_SCALE * 10 ** (level / 20) / rms
    return to_pcm(array.array("h", (round(value * loud) for value in wave)))
