"""Encoded segments for tests. They are encoded once per session and kept in memory."""

import functools

from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.writers import Encoded, EncodedChapter
from audiobook.writers.mp3.encoding import encode
from tests.sounds import silence, tone

SMALL = Encoding()


@functools.cache
def burst(encoding: Encoding = SMALL, ending: float = 0.6) -> Encoded:
    """Half a second of tone at once, then `ending` seconds of silence."""
    return encode([tone(0.5, sample_rate=encoding.sample_rate).pcm, silence(ending, encoding.sample_rate)], encoding)


def as_encoded_segment(encoded: Encoded, key: str = "burst") -> EncodedSegment:
    return EncodedSegment(key=key, samples=encoded.samples, crc=encoded.crc)


def chapters_of(titles: list[str], encoded: Encoded, encoded_segments: int = 1) -> list[EncodedChapter]:
    """One chapter for each title, all with the same sound."""
    own = (as_encoded_segment(encoded),) * encoded_segments
    return [EncodedChapter(number=number, title=title, encoded_segments=own) for number, title in enumerate(titles, 1)]
