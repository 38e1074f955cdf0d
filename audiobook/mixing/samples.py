"""PCM bytes (signed 16-bit, little-endian) as arrays of numbers, and back."""

import array
import sys

FULL_SCALE = 32768  # the sample of 0 dBFS


def samples_of(pcm: bytes) -> "array.array[int]":
    """The samples of these bytes."""
    samples = array.array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def pcm_of(samples: "array.array[int]") -> bytes:
    """The bytes of these samples."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples.tobytes()
