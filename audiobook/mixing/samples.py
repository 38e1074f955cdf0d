"""Numbers as PCM bytes: signed 16-bit, little-endian."""

import array
import sys

FULL_SCALE = 32768  # the sample of 0 dBFS


def pcm_of(samples: "array.array[int]") -> bytes:
    """The bytes of these samples."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()
