"""What a speech recogniser is to the house: a stretch of sound in, the words it hears out."""

from dataclasses import dataclass, field
from typing import Protocol

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
