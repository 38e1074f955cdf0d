"""PCM bytes (signed 16-bit, little-endian) as arrays of numbers and back, and how loud they become."""

import array
import functools
import importlib
import sys
import threading
import warnings
from typing import Any

FULL_SCALE = 32768  # the sample of 0 dBFS

_IMPORTING = threading.Lock()


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


def loudest(pcm: bytes | memoryview) -> int:
    """The sample farthest from zero, without its sign; 0 where there is none."""
    return int(_arithmetic().max(pcm, 2))


def quietly_imported(name: str) -> Any:
    """A module that has something to say about itself while it is imported."""
    with _IMPORTING, warnings.catch_warnings():  # warnings' filters belong to all threads
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


@functools.cache
def _arithmetic() -> Any:
    return quietly_imported("audioop")  # deprecated in 3.11, and a package of its own from 3.13 on
