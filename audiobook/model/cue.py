"""The input of an engine (a cue) and its output (a sound, cached as a take)."""

from dataclasses import dataclass, field

from audiobook.model.cast import Voice
from audiobook.model.script import Place

SAMPLE_BYTES = 2  # signed 16-bit, little-endian, mono: the sample format of the whole program


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One utterance. Its place is only for messages; the sound and the cache key do not depend on it."""

    place: Place
    text: str  # the spoken form
    voice: Voice
    words: int = 0  # words of its line that it speaks; for the ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Mono 16-bit PCM. Raises ValueError unless it has whole samples."""

    pcm: bytes = field(repr=False)  # signed 16-bit little-endian samples
    sample_rate: int  # Hz
    sentences: tuple[
        tuple[int, int], ...
    ] = ()  # (offset in the text, sample) of each sentence start that the engine reported

    def __post_init__(self) -> None:
        if len(self.pcm) % SAMPLE_BYTES:
            raise ValueError("a sound is made of whole samples")
        if self.sample_rate < 1:
            raise ValueError("a sound has a positive sample rate")

    @property
    def samples(self) -> int:
        """The number of samples."""
        return len(self.pcm) // SAMPLE_BYTES

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.samples / self.sample_rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """A recorded cue in the cache."""

    key: str  # hash of everything that the sound depends on
    samples: int
    sample_rate: int  # Hz
    fresh: bool = True  # recorded by this build; False: it was in the cache

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.samples / self.sample_rate
