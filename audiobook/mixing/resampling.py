"""Resample sounds: the duration stays, and no aliases are added.

Count up `segments.RECIPE` whenever this makes other samples.
"""

import math

from audiobook.model.cue import SAMPLE_BYTES

_RUN_OUT = 0.01  # seconds of silence behind a sound, over which its end does not ring into its beginning
_LOUDEST = 32_767


def resampled_length(length: int, own: int, sample_rate: int) -> int:
    """The number of samples of a sound after resampling from its `own` rate to another.

    They lie between the first sample and the last; nothing is added after it.
    """
    return length if own == sample_rate or not length else (length - 1) * sample_rate // own + 1


def resample(pcm: bytes, own: int, sample_rate: int) -> bytes:
    """Resample mono 16-bit samples from their `own` rate to `sample_rate`, both in Hz.

    The spectrum of the whole sound is cut off, or extended with zeros, at half the lower rate. Samples that overshoot
    full scale are clipped.
    """
    if own == sample_rate or not pcm:
        return pcm
    import numpy as np  # noqa: PLC0415  # heavy, and few books have takes of another rate

    samples = np.frombuffer(pcm, dtype="<i2")
    common = math.gcd(own, sample_rate)
    blocks = _smooth(math.ceil((len(samples) + _RUN_OUT * own) / (own // common)))
    before, after = blocks * (own // common), blocks * (sample_rate // common)
    spectrum = np.fft.rfft(samples, before)
    kept = min(before, after) // 2  # without the very last of them, which belongs to both sides
    fitted = np.zeros(after // 2 + 1, dtype=spectrum.dtype)
    fitted[:kept] = spectrum[:kept]
    found = np.fft.irfft(fitted, after)[: resampled_length(len(pcm) // SAMPLE_BYTES, own, sample_rate)] * (
        after / before
    )
    return np.clip(np.rint(found), -_LOUDEST - 1, _LOUDEST).astype("<i2").tobytes()


def _smooth(least: int) -> int:
    """The smallest number from `least` on with no prime factor but 2, 3 and 5: an FFT of that size is fast."""
    best = 1 << (least - 1).bit_length()
    five = 1
    while five < best:
        odd = five
        while odd < best:
            best = min(best, odd << max(0, (-(-least // odd) - 1).bit_length()))
            odd *= 3
        five *= 5
    return best
