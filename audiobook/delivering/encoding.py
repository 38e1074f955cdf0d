"""Samples → MP3 frames that begin anew, so that reels can be joined without encoding them again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from audiobook.delivering import encoders
from audiobook.delivering.checksums import music_crc
from audiobook.delivering.frames import LEAD, boundaries, layout
from audiobook.edition import Encoding
from audiobook.errors import DeliveryError
from audiobook.shelf import key_of
from audiobook.take import SAMPLE_BYTES

RECIPE = 2  # count up whenever other frames are made of the same samples

_TAIL = 1_024  # bytes of a chunk within which its last sound mostly is


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A reel as MP3 frames, without any header."""

    data: bytes = field(repr=False)
    frames: int  # decoded frames (samples) in it: its share of the finished sound
    sound: int  # samples that were encoded
    crc: int  # CRC-16 of the data


def print_key(reel_key: str, encoding: Encoding) -> str:
    """A hash of everything that shapes a reel's MP3 frames: its samples, the encoding, the recipe and the encoder."""
    return key_of(RECIPE, reel_key, encoding.bitrate, encoding.rate, encoding.channels, encoders.fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """MP3 frames of mono 16-bit samples at the encoding's rate, at a constant bit rate.

    Their number is the one nearest to the sound's length: the frames that only hold the encoder's flushing are left
    out, as far as the sound ends in silence. Nothing in them refers to a frame before the first, so that any frames
    may stand in front. Raises UsageError, DeliveryError, and whatever `pcm` raises.
    """
    form = layout(encoding)
    meter = _Meter()
    raw = encoders.frames_of(meter.measured(pcm), encoding)
    try:
        offsets = boundaries(raw, form)
    except ValueError as error:
        raise DeliveryError(f"the encoder wrote an MP3 that is not what was asked for: {error}") from error
    audible = LEAD + meter.frames - meter.quiet
    wanted = max(1, round(meter.frames / form.samples), -(-audible // form.samples))
    last = min(wanted, len(offsets) - 1)
    data = raw[: offsets[last]]
    return Encoded(data=data, frames=last * form.samples, sound=meter.frames, crc=music_crc(data))


def _quiet_bytes(chunk: bytes) -> int:
    """The zeros at its end. Nearly every chunk is a take, which is not copied to be stripped of a few, or a silence."""
    tail = chunk[-_TAIL:]
    quiet = len(tail) - len(tail.rstrip(b"\0"))
    if quiet < len(tail):
        return quiet
    return len(chunk) if chunk == bytes(len(chunk)) else len(chunk) - len(chunk.rstrip(b"\0"))


@dataclass(slots=True)
class _Meter:
    """Counts what passes through: frames in all, and the silent ones at the end."""

    frames: int = 0
    quiet: int = 0

    def measured(self, pcm: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in pcm:
            frames = len(chunk) // SAMPLE_BYTES
            quiet = _quiet_bytes(chunk) // SAMPLE_BYTES
            self.frames += frames
            self.quiet = self.quiet + frames if quiet == frames else quiet
            yield chunk
        if not self.frames:
            yield bytes(SAMPLE_BYTES)  # of nothing at all no encoder makes a frame, and every reel has one
