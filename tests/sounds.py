"""Sounds for tests, and what can be heard in them. Pure Python: a few seconds at most."""

import array
import math
import sys

from audiobook.model.cue import Sound
from audiobook.runtime import ffmpeg


def samples_of(pcm: bytes) -> "array.array[int]":
    samples = array.array("h", pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def to_pcm(samples: "list[int]") -> bytes:
    block = array.array("h", samples)
    if sys.byteorder == "big":
        block.byteswap()
    return block.tobytes()


def tone(seconds: float = 0.5, *, hertz: float = 440.0, level: float = 0.3, sample_rate: int = 22050) -> Sound:
    """A sine wave that begins and ends at once."""
    turn = 2 * math.pi * hertz / sample_rate
    return Sound(
        pcm=to_pcm([round(32767 * level * math.sin(turn * at)) for at in range(round(seconds * sample_rate))]),
        sample_rate=sample_rate,
    )


def silence(seconds: float, sample_rate: int = 22050) -> bytes:
    return bytes(2 * round(seconds * sample_rate))


def first_audible(samples: "array.array[int]", start: int = 0, threshold: int = 1500) -> int:
    """The index of the first loud sample from `start` on."""
    return next(at for at in range(start, len(samples)) if abs(samples[at]) > threshold)


def loudest(samples: "array.array[int]") -> int:
    return max(map(abs, samples), default=0)


def decoded(path: object, sample_rate: int, *, gapless: bool = True) -> "array.array[int]":
    """What a player puts out, mixed to mono: one that knows of delays, or one that does not."""
    naive = [] if gapless else ["-flags2", "+skip_manual"]
    arguments = [
        *naive,
        "-f",
        "mp3",
        "-i",
        str(path),
        "-map",
        "0:a",
        "-ac",
        "1",
        "-ar",
        str(sample_rate),
        "-f",
        "s16le",
        "pipe:1",
    ]
    pcm, _ = ffmpeg.run(arguments)
    return samples_of(pcm)
