"""What is asked of an engine (a cue) and what comes back (a sound, kept as a take)."""

from dataclasses import dataclass, field

from audiobook.model.cast import Voice
from audiobook.model.script import Place

SAMPLE_BYTES = 2  # signed 16-bit, little-endian, mono: everywhere in the house


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One utterance to be spoken. The place is for people: it shapes no sound and no key."""

    place: Place
    text: str  # the spoken form
    voice: Voice
    words: int = 0  # of its line, that are spoken with it; for the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Mono 16-bit PCM. Raises ValueError where it is not whole frames."""

    pcm: bytes = field(repr=False)  # signed 16-bit little-endian samples
    rate: int  # Hz
    sentences: tuple[tuple[int, int], ...] = ()  # (offset in the text, sample) where the engine said that one begins

    def __post_init__(self) -> None:
        if len(self.pcm) % SAMPLE_BYTES:
            raise ValueError("a sound is made of whole frames")
        if self.rate < 1:
            raise ValueError("a sound has a positive sample rate")

    @property
    def frames(self) -> int:
        """Samples."""
        return len(self.pcm) // SAMPLE_BYTES

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recorded cue in the cache, with that many frames."""

    key: str  # hash of everything that shapes the sound
    frames: int
    rate: int  # Hz
    fresh: bool = True  # recorded by this build; False where it was in the cache already

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.rate
