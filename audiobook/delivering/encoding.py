"""Samples → MP3 frames that begin anew, so that reels can be joined without encoding them again."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from audiobook.delivering import encoders
from audiobook.delivering.checksums import music_crc
from audiobook.delivering.frames import LEAD, boundaries, layout
from audiobook.delivering.silences import Abridging
from audiobook.edition import Encoding
from audiobook.errors import DeliveryError
from audiobook.shelf import key_of

RECIPE = 4  # count up whenever other frames are made of the same samples


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
    sound = Abridging(form)
    raw = encoders.frames_of(sound.abridged(pcm), encoding)
    try:
        offsets = boundaries(raw, form)
        audible = LEAD + sound.frames - sound.quiet
        wanted = max(1, round(sound.frames / form.samples), -(-audible // form.samples))
        last = min(wanted - sound.missing, len(offsets) - 1)
        data = sound.restored(raw, offsets[: last + 1])
    except ValueError as error:
        raise DeliveryError(f"the encoder wrote an MP3 that is not what was asked for: {error}") from error
    frames = last + sound.missing
    return Encoded(data=data, frames=frames * form.samples, sound=sound.frames, crc=music_crc(data))
