"""Encode samples as MP3 frames that can be joined, with LAME in this process if it is installed, else with ffmpeg.

ffmpeg reads, filters, encodes and writes in separate threads and passes every 26 ms of sound between them, which takes
a third of the CPU time of encoding speech. LAME in this process avoids that, and releases the GIL while it encodes.
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
from audiobook.writers.lossy import encode_with_ffmpeg
from audiobook.writers.mp3.checksums import music_crc
from audiobook.writers.mp3.frames import LEAD, frame_offsets, layout
from audiobook.writers.mp3.silences import SilenceSkipper

# LAME's psychoacoustic search, slow (0) to fast (9). On espeak-ng's speech at 64 kbit/s, 7 is as close to the original
# as the default 5 by every metric we use, at half the CPU time (`python -m tools.benchmarks.encoders`); 9 equals 7.
EFFORT = 7

_AT_ONCE = 256 << 10  # bytes of samples, six seconds

_WHEEL = "lameenc"


def encode_frames(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
    """Encode mono 16-bit samples as MP3 frames, with the encoder delay. Raises DeliveryError and what `pcm` raises."""
    return (_in_process if has_lame() else _in_ffmpeg)(pcm, encoding)


@functools.cache
def has_lame() -> bool:
    """Whether LAME's wheel is installed. It is not available for every system and Python version."""
    return importlib.util.find_spec(_WHEEL) is not None


@functools.cache
def fingerprint() -> str:
    """A short text that identifies the encoder and its version, because versions may give different frames."""
    return f"{_WHEEL} {version(_WHEEL)}" if has_lame() else ffmpeg.fingerprint()


def _in_process(pcm: Iterable[bytes], encoding: Encoding) -> bytes:
    import lameenc  # noqa: PLC0415  # not needed if every segment is cached

    lame = lameenc.Encoder()
    lame.silence()
    lame.set_channels(encoding.channels)
    lame.set_in_sample_rate(encoding.sample_rate)
    lame.set_out_sample_rate(encoding.sample_rate)
    lame.set_bit_rate(encoding.bitrate)
    lame.set_quality(EFFORT)
    frames = bytearray()
    for chunk in _combine_chunks(pcm):
        frames += lame.encode(chunk if encoding.channels == 1 else both_channels(chunk))
    return bytes(frames + lame.flush())


def _combine_chunks(pcm: Iterable[bytes]) -> Iterator[bytes]:
    """Combine samples into larger chunks, because the encoder waits for the GIL after each chunk."""
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
    options = [
        *("-c:a", ffmpeg.NEEDED_ENCODER, "-b:a", f"{encoding.bitrate}k", "-threads", "1"),
        *("-compression_level", str(EFFORT)),
        *("-write_xing", "0", "-id3v2_version", "0", "-map_metadata", "-1", "-f", "mp3"),
    ]
    return encode_with_ffmpeg(pcm, encoding, options)


RECIPE = 4  # increase when the same samples give other frames


def encoded_segment_key(segment_key: str, encoding: Encoding) -> str:
    """The cache key of an encoded segment: a hash of its samples, encoding, recipe and encoder."""
    return key_of(RECIPE, segment_key, encoding.bitrate, encoding.sample_rate, encoding.channels, fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """Encode mono 16-bit samples as MP3 frames at a constant bit rate.

    The number of frames is the one nearest to the length of the sound: frames that the encoder adds when it is flushed
    are dropped if the sound ends in silence. No frame refers to data before the first one, so the segment can follow
    any other. Raises UsageError, DeliveryError, and whatever `pcm` raises.
    """
    form = layout(encoding)
    sound = SilenceSkipper(form)
    raw = encode_frames(sound.skip_silences(pcm), encoding)
    try:
        offsets = frame_offsets(raw, form)
        audible = LEAD + sound.samples - sound.quiet
        wanted = max(1, round(sound.samples / form.samples), -(-audible // form.samples))
        last = min(wanted - sound.missing, len(offsets) - 1)
        data = sound.restore_silences(raw, offsets[: last + 1])
    except ValueError as error:
        raise DeliveryError(f"the encoder wrote invalid MP3 frames: {error}") from error
    frames = last + sound.missing
    return Encoded(data=data, samples=frames * form.samples, sound=sound.samples, crc=music_crc(data))
