"""Peaks brought under a ceiling, without touching anything else: speech peaks far above its loudness."""

import array
import functools
import math
from collections.abc import Iterator

from audiobook.mixing.samples import pcm_of, samples_of

_REACH = 0.0025  # seconds before and after a peak over which it is turned down and up again

_LOUD = b"\1"
_HIGHEST = 0x7F  # the high byte of the loudest positive sample; the negative ones count down from 0xFF


def limited(pcm: bytes, limit: int, rate: int) -> bytes:
    """The samples with none louder than `limit`: each peak above is turned down by a smooth dip a few ms wide.

    Peaks are searched for among the high bytes, in C; what costs is the few there are (one sample in ten thousand).
    """
    if limit >> 8 > _HIGHEST:
        return pcm
    marks = pcm[1::2].translate(_above(limit >> 8))
    at = marks.find(_LOUD)
    if at < 0:
        return pcm
    samples = samples_of(pcm)
    reach = max(1, round(_REACH * rate))
    while at >= 0:
        while abs(samples[at]) > limit:
            worst = at + _loudest(samples[at : at + reach])
            depth = 1 - limit / (abs(samples[worst]) + 1)
            for where, part in _dip(worst, reach, len(samples)):
                samples[where] = int(samples[where] * (1 - depth * part))
        at = marks.find(_LOUD, at + 1)
    return pcm_of(samples)


def _loudest(samples: "array.array[int]") -> int:
    """The index of the loudest of some samples, the first of several."""
    high, low = max(samples), min(samples)
    return min(samples.index(loud) for loud in (high, low) if abs(loud) == max(high, -low))


def _dip(centre: int, reach: int, length: int) -> Iterator[tuple[int, float]]:
    """(index, how much of the depth) around a peak: 1 at its centre, nothing beyond its reach."""
    first = max(0, centre - reach)
    curve = _curve(reach)
    return zip(range(first, min(length, centre + reach + 1)), curve[first - centre + reach :], strict=False)


@functools.cache
def _curve(reach: int) -> list[float]:
    return [0.5 + 0.5 * math.cos(math.pi * at / (reach + 1)) for at in range(-reach, reach + 1)]


@functools.cache
def _above(high: int) -> bytes:
    """A translation of the samples' high bytes: loud where the sample may be louder than `high` times 256."""
    return b"".join(_LOUD if min(byte, 0xFF - byte) >= high else b"\0" for byte in range(256))
