"""Peaks brought under a ceiling, without touching anything else: speech peaks far above its loudness."""

import array
import functools
import math
import sys
from operator import mul

from audiobook.mixing.samples import FULL_SCALE, loudest, pcm_of, samples_of
from audiobook.take import SAMPLE_BYTES

_REACH = 0.0025  # seconds before and after a peak over which it is turned down and up again

_DEPTHS = 256  # as many dips there are, so that each is made once

_LOUD = b"\1"
_BLOCK = 4_096  # bytes looked at at once, where
_WIDE = 1 << 17  # bytes have a peak somewhere
_UPPER = 1 if sys.byteorder == "little" else 0  # of the two halves of 32 bits


def limited(pcm: bytes, limit: int, rate: int) -> bytes:
    """The samples with none louder than `limit`: each peak above is turned down by a smooth dip a few ms wide.

    Blocks with peaks are searched for in C, and the peaks in them among the samples' high bytes; what costs is the few
    there are (one sample in ten thousand).
    """
    blocks = _loud_blocks(pcm, limit) if limit < FULL_SCALE else []
    if not blocks:
        return pcm
    samples = samples_of(pcm)
    reach = max(1, round(_REACH * rate))
    above = _above(limit >> 8)
    for block in blocks:
        marks = pcm[block + 1 : block + _BLOCK : SAMPLE_BYTES].translate(above)
        first = block // SAMPLE_BYTES
        at = marks.find(_LOUD)
        while at >= 0:
            while abs(samples[first + at]) > limit:
                _turn_down(samples, first + at, limit, reach)
            at = marks.find(_LOUD, at + 1)
    return pcm_of(samples)


def _loud_blocks(pcm: bytes, limit: int) -> list[int]:
    """Where blocks begin that have a sample louder than that, in bytes."""
    view = memoryview(pcm)
    wide = [at for at in range(0, len(pcm), _WIDE) if loudest(view[at : at + _WIDE]) > limit]
    return [
        at
        for first in wide
        for at in range(first, min(first + _WIDE, len(pcm)), _BLOCK)
        if loudest(view[at : at + _BLOCK]) > limit
    ]


def _turn_down(samples: "array.array[int]", at: int, limit: int, reach: int) -> None:
    """The loudest sample within reach behind that one comes under the limit, and its surroundings with it."""
    worst = at + _loudest(samples[at : at + reach])
    depth = math.ceil((1 - limit / (abs(samples[worst]) + 1)) * _DEPTHS)
    first, end = max(0, worst - reach), worst + reach + 1
    products = array.array("i", map(mul, samples[first:end], _dip(reach, depth)[first - worst + reach :]))
    halves = memoryview(products).cast("B").cast("h")[_UPPER::2]  # each divided by the one of the dips
    samples[first:end] = array.array("h", halves.tobytes())


def _loudest(samples: "array.array[int]") -> int:
    """The index of the loudest of some samples, the first of several."""
    high, low = max(samples), min(samples)
    return min(samples.index(loud) for loud in (high, low) if abs(loud) == max(high, -low))


@functools.cache
def _dip(reach: int, depth: int) -> list[int]:
    """What the samples around a peak are multiplied with, in 65,536ths: least at its centre, one beyond it."""
    curve = (0.5 + 0.5 * math.cos(math.pi * at / (reach + 1)) for at in range(-reach, reach + 1))
    return [int((1 - depth / _DEPTHS * part) * 65_536) for part in curve]


@functools.cache
def _above(high: int) -> bytes:
    """A translation of the samples' high bytes: loud where the sample may be louder than `high` times 256."""
    return b"".join(_LOUD if min(byte, 0xFF - byte) >= high else b"\0" for byte in range(256))
