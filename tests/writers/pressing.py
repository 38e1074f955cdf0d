"""Prints for tests: encoded once a session, kept in memory."""

import functools

from audiobook.model.clip import Print
from audiobook.model.request import Encoding
from audiobook.writers import Encoded, PrintedChapter, encode
from tests.sounds import silence, tone

SMALL = Encoding()


@functools.cache
def burst(encoding: Encoding = SMALL, ending: float = 0.6) -> Encoded:
    """Half a second of tone at once, then `ending` seconds of silence."""
    return encode([tone(0.5, rate=encoding.rate).pcm, silence(ending, encoding.rate)], encoding)


def as_print(encoded: Encoded, key: str = "burst") -> Print:
    return Print(key=key, frames=encoded.frames, crc=encoded.crc)


def chapters_of(titles: list[str], encoded: Encoded, prints: int = 1) -> list[PrintedChapter]:
    """A chapter a title, each of the same sound."""
    own = (as_print(encoded),) * prints
    return [PrintedChapter(number=number, title=title, prints=own) for number, title in enumerate(titles, 1)]
