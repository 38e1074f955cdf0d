"""Bring lines nearer to their voice's usual loudness, for engines that speak one text much louder than another.

A voice gets one gain for the whole book. Some neural engines, however, read a question 4 LU louder than a long
sentence, in every voice. Count up `segments.RECIPE` whenever this makes
other samples.
"""

from audiobook.model.cue import Sound
from audiobook.runtime.loudness import ABSOLUTE_GATE, BLOCK, SILENT, STEP, integrate

_SHARE = 0.7  # of the difference: the rest is expression
_MOST = 4.0  # dB

_OFFSET = -0.691  # dB between K-weighted power and loudness units
_FULL_SCALE = 32_768
_DESIGNED_FOR = 48_000  # Hz
# BS.1770-4, tables 1 and 2: what a head does to a sound, and the low frequencies that hardly count.
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def compute_correction(sound: Sound, usual: float) -> float:
    """The gain in dB, to a tenth, that brings a take nearer to its voice's usual loudness in LUFS."""
    found = measure_loudness(sound)
    if min(found, usual) <= ABSOLUTE_GATE:
        return 0.0
    return round(max(-_MOST, min(_MOST, (usual - found) * _SHARE)), 1)


def measure_loudness(sound: Sound) -> float:
    """The gated loudness of a take in LUFS (BS.1770-4). A take shorter than a block counts as a whole block."""
    import numpy as np  # noqa: PLC0415  # heavy, and not every engine's takes are evened out

    step = round(STEP * sound.sample_rate)
    steps = max(BLOCK, sound.samples // step)
    samples = np.frombuffer(sound.pcm, dtype="<i2")[: steps * step] / _FULL_SCALE
    if not len(samples):
        return SILENT
    size = (steps + BLOCK) * step  # room for the filters to ring out
    turns = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / sound.sample_rate) / _DESIGNED_FOR)
    response = np.ones_like(turns)
    for zeros, poles in (_SHELF, _HIGH_PASS):
        response *= np.polyval(zeros[::-1], turns) / np.polyval(poles[::-1], turns)
    weighted = np.fft.irfft(np.fft.rfft(samples, size) * response, size)[: steps * step]
    powers = np.convolve((weighted**2).reshape(steps, step).mean(axis=1), np.full(BLOCK, 1 / BLOCK), "valid")
    if sound.samples < BLOCK * step:  # what is missing of the block is no silence of the voice's
        powers *= BLOCK * step / sound.samples
    return integrate([float(level) for level in _OFFSET + 10 * np.log10(np.maximum(powers, 1e-15))])
