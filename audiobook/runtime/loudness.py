"""Loudness as ITU-R BS.1770-4 and EBU R 128 define it: K-weighted power of 400 ms blocks, through two gates.

ffmpeg does the weighting. This module reads its report and integrates the blocks.
"""

import math
from collections.abc import Sequence

STEP = 0.1  # seconds from one measured block to the next
BLOCK = 4  # steps in a block
SILENT = -120.0  # LUFS: what a sound without any loud block measures
ABSOLUTE_GATE = -70.0  # LUFS below which a block is silence
MOMENTARY = "lavfi.r128.M"  # the row of ffmpeg's report with the loudness of the block that ends there
_RELATIVE_GATE = -10.0  # LU below the ungated loudness under which a block does not count
_OFFSET = -0.691  # dB between K-weighted power and loudness units


def parse_block(value: str) -> float:
    """The loudness of a block in LUFS, from a value of ffmpeg's report."""
    loudness = float(value)
    return SILENT if math.isnan(loudness) else max(loudness, SILENT)


def integrate(blocks: Sequence[float]) -> float:
    """The gated loudness of consecutive blocks, in LUFS (BS.1770-4, equations 3 to 7)."""
    audible = [loudness for loudness in blocks if loudness > ABSOLUTE_GATE]
    if not audible:
        return SILENT
    gate = _mean(audible) + _RELATIVE_GATE
    return _mean([loudness for loudness in audible if loudness > gate])


def _mean(blocks: Sequence[float]) -> float:
    powers = [10 ** ((loudness - _OFFSET) / 10) for loudness in blocks]
    return _OFFSET + 10 * math.log10(sum(powers) / len(powers))
