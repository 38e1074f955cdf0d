"""What every writer of a sound format provides: the row of the table in `formats`, and the types in it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.writers.album import FileTags

Load = Callable[[EncodedSegment], bytes]  # gives the data of an encoded segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A segment as encoded sound. The cache keeps `data` as it is."""

    data: bytes = field(repr=False)
    frames: int  # samples that a decoder makes of it, with the encoder's delay and padding
    sound: int  # samples that were encoded
    crc: int  # a checksum whose meaning is the writer's


class JoinedFile(Protocol):
    """One finished file while it is written, from segments that are not encoded again."""

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next segment."""

    def finish(self, tags: FileTags) -> None:
        """Write what is known only at the end. The file stays open.

        Raises ValueError if these tags do not fit where room was made for them; the file must then be written anew.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format of sound files.

    Sound goes in as mono samples, signed 16-bit little-endian, at the encoding's sample rate. A writer that has two
    channels to write makes them equal.
    """

    name: str  # in lower case, as in `Encoding.format` and `--format`; with a dot before it, the suffix
    is_lossless: bool  # no bit rate can be chosen
    default_rate: int = Encoding().rate  # Hz; another one if the format does not have the usual one
    lead: int = 0  # samples that a decoder puts out before the sound of each segment; players skip the file's first
    most_added: int = 0  # samples, at most, that `Encoded.frames` is longer than `Encoded.sound`
    most_chapters: int | None = None  # that the chapter list of one file can hold; None: any number

    check: Callable[[Encoding], object]
    """Raises UsageError, with the values that are possible, if the format has no such rate, bit rate or channels."""

    segment_key: Callable[[str, Encoding], str]
    """A hash of all that shapes an encoded segment; the argument is the hash of its samples."""

    encode: Callable[[Iterable[bytes], Encoding], Encoded]
    """Encode samples. Raises UsageError, DeliveryError, and what the iterable raises."""

    decode: Callable[[bytes, Encoding], bytes]
    """The mono samples of `Encoded.data`. Raises DeliveryError."""

    join: Callable[[BinaryIO, Encoding, FileTags], JoinedFile]
    """Begin a file. Its tags may still change, but each text keeps its length. The file is empty and can be sought."""

    verify: Callable[[Path, FileTags, Sequence[EncodedSegment], Encoding], None]
    """Read a finished file with an independent reader. Raises DeliveryError unless it holds what was meant."""

    sound_bytes: Callable[[int, Encoding], int] | None = None
    """The bytes of so many samples, if they are known before encoding; then free disk space is checked first."""

    @property
    def suffix(self) -> str:
        """The suffix of its files."""
        return f".{self.name}"
