"""A sound file cut into stretches, as it is decoded: no more of it is in memory than the longest of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from audiobook import ffmpeg
from audiobook.hearing.recogniser import RATE, Stretch
from audiobook.take import SAMPLE_BYTES

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
