"""The interface of a writer: the type of a row in the table of `formats`, and the types it uses."""

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
    """An encoded segment. The cache stores `data` unchanged."""

    data: bytes = field(repr=False)
    samples: int  # samples that a decoder gives, including the encoder's delay and padding
    sound: int  # samples that were encoded
    crc: int  # a checksum; each writer defines which


class JoinedFile(Protocol):
    """A file that is being written from encoded segments. Segments are not encoded again."""

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next segment."""

    def finish(self, tags: FileTags) -> None:
        """Write headers and tags that are known only at the end. The file stays open.

        Raises ValueError if the tags do not fit into the reserved space; the file must then be written again.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format of sound files.

    Its input is mono samples, signed 16-bit little-endian, at the encoding's sample rate. For stereo, it writes the
    same samples to both channels.
    """

    name: str  # lower case; the value of `Encoding.format` and `--format`, and the suffix without its dot
    is_lossless: bool  # True: the bit rate cannot be chosen
    default_sample_rate: int = Encoding().sample_rate  # Hz; another one if the format does not have the usual one
    default_bitrate: int = Encoding().bitrate  # kbit/s; ignored by lossless formats
    lead: int = 0  # samples that a decoder emits before the sound of each segment; players skip those of the first
    most_added: int = 0  # the most samples by which `Encoded.samples` exceeds `Encoded.sound`
    most_chapters: int | None = None  # limit of the chapter list of one file; None: no limit

    check: Callable[[Encoding], object]
    """Raises UsageError that lists the allowed values if the rate, bit rate or channels are not supported."""

    segment_key: Callable[[str, Encoding], str]
    """The cache key of an encoded segment: a hash of all inputs. The first argument is the hash of its samples."""

    encode: Callable[[Iterable[bytes], Encoding], Encoded]
    """Encode samples. Raises UsageError, DeliveryError, and whatever the iterable raises."""

    decode: Callable[[bytes, Encoding], bytes]
    """Decode `Encoded.data` to mono samples. Raises DeliveryError."""

    join: Callable[[BinaryIO, Encoding, FileTags], JoinedFile]
    """Begin an empty, seekable file that can also be read. Its tags may still change; each text keeps its length."""

    verify: Callable[[Path, FileTags, Sequence[EncodedSegment], Encoding], None]
    """Read a finished file with ffmpeg. Raises DeliveryError unless it has the expected content."""

    sound_bytes: Callable[[int, Encoding], int] | None = None
    """The size in bytes of a number of samples, if it is known before encoding. Used to check free disk space."""

    @property
    def suffix(self) -> str:
        """The suffix of its files."""
        return f".{self.name}"
