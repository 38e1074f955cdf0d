"""A speech recogniser as a contract: stretches of sound in, words out; and a sound file cut into such stretches."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from audiobook.model.cue import SAMPLE_BYTES
from audiobook.runtime import ffmpeg

RATE = 16_000  # Hz, of every sound that is listened to


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A piece of a sound file, to be listened to by itself."""

    start: float  # seconds into the file
    pcm: bytes = field(repr=False)  # mono, signed 16-bit little-endian samples, 16,000 a second


class Recogniser(Protocol):
    """Listens. The same stretch gives the same words."""

    def hear(self, stretch: Stretch) -> str:
        """What is said in it, as a recogniser writes it: with capitals, marks and figures. Raises EngineError."""


_PIECE = RATE * SAMPLE_BYTES  # bytes of a second


def stretches(file: Path, spans: Iterable[tuple[float, float]]) -> Iterator[Stretch]:
    """The stretches from second to second of a sound file, by their beginnings. Raises DeliveryError.

    What lies behind the file's end is left out.
    """
    form = ("-map", "0:a:0", "-f", "s16le", "-ar", str(RATE), "-ac", "1")
    pieces = ffmpeg.stream(["-i", file, *form, "pipe:1"], _PIECE)
    held, at = bytearray(), 0  # what was decoded and may still be needed, and the byte at which it begins
    for start, end in spans:
        first, last = _byte(start), _byte(end)
        while at + len(held) < last and (piece := next(pieces, b"")):
            held += piece
            gone = min(max(first - at, 0), len(held))
            del held[:gone]
            at += gone
        gone = min(max(first - at, 0), len(held))
        del held[:gone]
        at += gone
        yield Stretch(start=start, pcm=bytes(held[first - at : last - at]))


def _byte(second: float) -> int:
    return max(0, round(second * RATE)) * SAMPLE_BYTES
