"""Samples as neural engines give them (float32, -1 to 1) → Sound."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from audiobook.take import Sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_OWN_PITCH = 50
_WIDEST = 5.0  # semitones at pitch 0 and 100
_LOUDEST = 32_767


def sound_of(samples: "NDArray[np.float32]", rate: int) -> Sound:
    """Samples as 16-bit PCM, rounded; what is louder than full scale is clipped."""
    import numpy as np  # noqa: PLC0415  # heavy

    scaled = np.clip(np.rint(samples * _LOUDEST), -_LOUDEST, _LOUDEST)
    return Sound(pcm=scaled.astype("<i2").tobytes(), rate=rate)


def pitched(spoken: "Callable[[float], NDArray[np.float32]]", pace: float, pitch: int) -> "NDArray[np.float32]":
    """What `spoken` says at a pace, in another pitch: spoken slower or faster, then played faster or slower.

    That moves the voice's timbre along, as a smaller or larger speaker would have it.
    """
    if pitch == _OWN_PITCH:
        return spoken(pace)
    factor = 2.0 ** ((pitch - _OWN_PITCH) / _OWN_PITCH * _WIDEST / 12)
    return _played(spoken(pace / factor), factor)


def _played(samples: "NDArray[np.float32]", factor: float) -> "NDArray[np.float32]":
    """The samples played so many times as fast, band-limited (resampled in the frequency domain)."""
    import numpy as np  # noqa: PLC0415  # heavy

    length = max(1, round(len(samples) / factor))
    spectrum = np.fft.rfft(samples)
    fitted = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    shared = min(len(spectrum), len(fitted))
    fitted[:shared] = spectrum[:shared]
    return (np.fft.irfft(fitted, length) * (length / len(samples))).astype(np.float32)
