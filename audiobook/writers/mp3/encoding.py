"""Samples → MP3 frames that can be joined: LAME in this process where its wheel is installed, else inside ffmpeg.

An ffmpeg has threads of its own for reading, filtering, encoding and writing, and hands every 26 ms of sound from one
to the next: a third of the CPU of encoding speech goes into that. In the process, LAME is all there is; it lets other
threads run meanwhile.
"""

import functools
import importlib.util
from collections.abc import Iterable, Iterator
from importlib.metadata import version

from audiobook.errors import DeliveryError
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import key_of
from audiobook.writers.channels import both_channels
from audiobook.writers.contract import Encoded
from audiobook.writers.mp3.checksums import music_crc
from audiobook.writers.mp3.frames import LEAD, boundaries, layout
from audiobook.writers.mp3.silences import Abridging

# LAME's psychoacoustic search, slow (0) to fast (9). On espeak-ng's speech at 64 kbit/s, 7 is as near to the original
# as the default 5 by every measure we know, at half the CPU (`python -m tools.benchmarks.encoders`); 9 is 7 here.
EFFORT = 7

_AT_ONCE = 256 << 10  # bytes of samples, six seconds

_WHEEL = "lameenc"


def frames_of(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
    """Mono 16-bit samples as MP3 frames, the encoder's delay in front. Raises DeliveryError and what `pcm` raises."""
    return (_in_process if has_lame() else _in_ffmpeg)(pcm, encoding)


@functools.cache
def has_lame() -> bool:
    """Whether LAME's wheel is installed; it exists for most systems and Pythons, not for all."""
    return importlib.util.find_spec(_WHEEL) is not None


@functools.cache
def fingerprint() -> str:
    """A short text that differs between two encoders that may make different frames."""
    return f"{_WHEEL} {version(_WHEEL)}" if has_lame() else ffmpeg.fingerprint()


def _in_process(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
    import lameenc  # noqa: PLC0415  # not needed where every print is kept

    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(encoding.channels)
    lame.set_in_sample_rate(encoding.rate)
    lame.set_out_sample_rate(encoding.rate)
    lame.set_bit_rate(encoding.bitrate)
    lame.set_quality(EFFORT)
    frames = bytearray()
    for chunk in _gathered(pcm):
        frames += lame.encode(chunk if encoding.channels == 1 else both_channels(chunk))
    return bytes(frames + lame.flush())


def _gathered(pcm: Iterable[bytes]) -> Iterator[bytes]:
    """The samples in larger chunks: between any two, the encoder waits until no other thread is at Python."""
    parts, size = list[bytes](), 0
    for part in pcm:
        parts.append(part)
        size += len(part)
        if size >= _AT_ONCE:
            yield b"".join(parts)
            parts, size = [], 0
    if parts:
        yield b"".join(parts)


def _in_ffmpeg(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
    both_ears = ("-af", "pan=stereo|c0=c0|c1=c0") if encoding.channels == 2 else ()
    arguments = [
        *ffmpeg.samples_in(encoding.rate),
        *both_ears,
        *("-c:a", ffmpeg.NEEDED_ENCODER, "-b:a", f"{encoding.bitrate}k", "-threads", "1"),
        *("-compression_level", str(EFFORT)),
        *("-write_xing", "0", "-id3v2_version", "0", "-map_metadata", "-1", "-f", "mp3", "pipe:1"),
    ]
    return ffmpeg.pipe(arguments, pcm)


RECIPE = 4  # count up whenever other frames are made of the same samples


def encoded_segment_key(segment_key: str, encoding: Encoding) -> str:
    """A hash of all that shapes a segment's MP3 frames: samples, encoding, recipe and encoder."""
    return key_of(RECIPE, segment_key, encoding.bitrate, encoding.rate, encoding.channels, fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """MP3 frames of mono 16-bit samples at the encoding's rate, at a constant bit rate.

    Their number is the one nearest to the sound's length: the frames that only hold the encoder's flushing are left
    out, as far as the sound ends in silence. Nothing in them refers to a frame before the first, so that any frames
    may stand in front. Raises UsageError, DeliveryError, and whatever `pcm` raises.
    """
    form = layout(encoding)
    sound = Abridging(form)
    raw = frames_of(sound.abridged(pcm), encoding)
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
