"""What a writer of a sound file format must do, and the values it works with."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.model.clip import EncodedSegment, Mark
from audiobook.model.request import Encoding
from audiobook.writers.album import Album, Piece
from audiobook.writers.encoded import Encoded
from audiobook.writers.mp3.growing import Growing

Load = Callable[[EncodedSegment], bytes]  # the encoded bytes of a segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """One file to be written."""

    title: str
    album: Album
    segments: tuple[EncodedSegment, ...]
    marks: tuple[Mark, ...] = ()  # its chapters; none in a file that holds one chapter
    piece: Piece | None = None  # which of several files it is

    @property
    def frames(self) -> int:
        """Samples of all segments, the format's lead included."""
        return sum(segment.frames for segment in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A format. All functions raise DeliveryError where a file cannot be written or an encoder fails."""

    name: str  # as in `Encoding.format`
    suffix: str
    is_lossless: bool  # decoding gives the very samples that were encoded
    lead: int  # samples a decoder puts out before the sound, and players skip
    check: Callable[[Encoding], object]  # raises UsageError if the format has no such rate, channels or bit rate
    encode: Callable[[Iterable[bytes], Encoding], Encoded]  # mono 16-bit samples → a segment; runs in several threads
    segment_key: Callable[[str, Encoding], str]  # from the key of the rendered segment: all that shapes the encoding
    write: Callable[[Path, Content, Encoding, Load], None]  # join, tag and mark: a new, whole file
    verify: Callable[[Path, Content, Encoding], None]  # read back with ffmpeg; raises if it is not as meant
    grow: Callable[[Sequence[str], Album, Encoding, Path, Load], Growing] | None = None  # join while encoding goes on
