"""Limit peaks to a ceiling. Speech has peaks far above its loudness; all other samples stay as they are."""

import functools
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_REACH = 0.0025  # seconds before and after a peak over which the gain changes

_DEPTHS = 256  # steps of the gain: each step's curve is computed once


def limit_peaks(pcm: bytes, limit: int, sample_rate: int) -> bytes:
    """Attenuate each peak above `limit` by a smooth curve a few milliseconds wide.

    Few samples are that loud (one in ten thousand), and in most takes none is: those are returned as they are.
    """
    import numpy as np  # noqa: PLC0415  # heavy, and not needed where every print is kept

    samples = np.frombuffer(pcm, dtype="<i2")
    if not len(samples) or max(int(samples.max()), -int(samples.min())) <= limit:
        return pcm
    samples = samples.copy()
    reach = max(1, round(_REACH * sample_rate))
    for at in np.flatnonzero((samples > limit) | (samples < -limit)).tolist():
        while abs(int(samples[at])) > limit:
            _turn_down(samples, at, limit, reach)
    return samples.tobytes()


def _turn_down(samples: "NDArray[np.int16]", at: int, limit: int, reach: int) -> None:
    """Attenuate the loudest sample within reach after `at`, and the samples around it."""
    worst = at + _loudest(samples[at : at + reach])
    depth = math.ceil((1 - limit / (abs(int(samples[worst])) + 1)) * _DEPTHS)
    first, end = max(0, worst - reach), min(len(samples), worst + reach + 1)
    dip = _dip(reach, depth)[first - worst + reach : end - worst + reach]
    samples[first:end] = samples[first:end] * dip >> 16


def _loudest(samples: "NDArray[np.int16]") -> int:
    """The index of the loudest of some samples, the first of several."""
    return int(abs(samples.astype("i4")).argmax())


@functools.cache
def _dip(reach: int, depth: int) -> "NDArray[np.int32]":
    """What the samples around a peak are multiplied with, in 65,536ths: least at its centre, one beyond it."""
    import numpy as np  # noqa: PLC0415  # likewise

    curve = (0.5 + 0.5 * math.cos(math.pi * at / (reach + 1)) for at in range(-reach, reach + 1))
    return np.array([int((1 - depth / _DEPTHS * part) * 65_536) for part in curve], dtype=np.int32)
