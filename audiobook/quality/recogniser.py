"""The interface of a speech recogniser, and excerpts of a sound file for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from audiobook.model.cue import SAMPLE_BYTES
from audiobook.runtime import ffmpeg

SAMPLE_RATE = 16_000  # Hz, of all excerpts


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A part of a sound file that is transcribed by itself."""

    start: float  # seconds into the file
    pcm: bytes = field(repr=False)  # mono, signed 16-bit little-endian samples at 16 kHz


class Recogniser(Protocol):
    """Transcribes speech. The same excerpt always gives the same text."""

    def transcribe(self, stretch: Excerpt) -> str:
        """The text of the speech, with capitals, punctuation and digits. Raises EngineError."""


_CHUNK = SAMPLE_RATE * SAMPLE_BYTES  # bytes; one second


def cut_excerpts(file: Path, spans: Iterable[tuple[float, float]]) -> Iterator[Excerpt]:
    """Cut excerpts, given by start and end in seconds, in the order of their starts. Raises DeliveryError.

    Parts after the end of the file are left out.
    """
    form = ("-map", "0:a:0", "-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1")
    chunks = ffmpeg.stream(["-i", file, *form, "pipe:1"], _CHUNK)
    buffer, at = bytearray(), 0  # decoded bytes that may still be needed, and the offset of the first
    for start, end in spans:
        first, last = _byte_offset(start), _byte_offset(end)
        while at + len(buffer) < last and (chunk := next(chunks, b"")):
            buffer += chunk
            used = min(max(first - at, 0), len(buffer))
            del buffer[:used]
            at += used
        used = min(max(first - at, 0), len(buffer))
        del buffer[:used]
        at += used
        yield Excerpt(start=start, pcm=bytes(buffer[first - at : last - at]))


def _byte_offset(second: float) -> int:
    return max(0, round(second * SAMPLE_RATE)) * SAMPLE_BYTES
