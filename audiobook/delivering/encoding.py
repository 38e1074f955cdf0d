"""Samples → MP3 frames that stand alone, so that reels can be joined without encoding them again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from audiobook import ffmpeg
from audiobook.delivering.frames import boundaries, layout
from audiobook.edition import Encoding
from audiobook.errors import DeliveryError
from audiobook.shelf import key_of
from audiobook.take import SAMPLE_BYTES

# LAME's psychoacoustic search, slow (0) to fast (9). On espeak-ng's speech at 64 kbit/s, 7 is nearer to the original
# than the default 5 (signal to noise 24.4 against 20.1 dB, log-spectral distance below 8 kHz 4.9 against 5.7 dB) at
# half the CPU; 9 is 7 here.
EFFORT = 7

# No bit reservoir: every frame holds its own sound, so that frames may be cut and joined anywhere. At a constant bit
# rate this costs speech nothing (24.5 dB, 4.7 dB). A constant bit rate is also what players seek in exactly.
RESERVOIR = 0

RECIPE = 1  # count up whenever other frames are made of the same samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A reel as MP3 frames, without any header."""

    data: bytes = field(repr=False)
    frames: int  # decoded frames (samples) in it: its share of the finished sound


def print_key(reel_key: str, encoding: Encoding) -> str:
    """A hash of everything that shapes a reel's MP3 frames: its samples, the encoding, the recipe and the encoder."""
    return key_of(RECIPE, reel_key, encoding.bitrate, encoding.rate, encoding.channels, ffmpeg.fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """MP3 frames of mono 16-bit samples at the encoding's rate, at a constant bit rate.

    Their number is the one nearest to the sound's length: the frames that only hold the encoder's delay and flushing
    are left out, as far as the sound ends in silence. Raises UsageError, DeliveryError, and whatever `pcm` raises.
    """
    form = layout(encoding)
    meter = _Meter()
    raw = ffmpeg.pipe(_arguments(encoding), meter.measured(pcm))
    try:
        offsets = boundaries(raw, form)
    except ValueError as error:
        raise DeliveryError(f"ffmpeg wrote an MP3 that is not what was asked for: {error}") from error
    audible = form.lead + meter.frames - meter.quiet
    wanted = max(1, round(meter.frames / form.samples), -(-audible // form.samples))
    first, last = form.dropped, min(form.dropped + wanted, len(offsets) - 1)
    return Encoded(data=raw[offsets[first] : offsets[last]], frames=(last - first) * form.samples)


def _arguments(encoding: Encoding) -> list[str]:
    both_ears = ",pan=stereo|c0=c0|c1=c0" if encoding.channels == 2 else ""
    return [
        *("-filter_complex", ffmpeg.samples_in(encoding.rate) + both_ears),
        *("-c:a", ffmpeg.NEEDED_ENCODER, "-b:a", f"{encoding.bitrate}k", "-threads", "1"),
        *("-compression_level", str(EFFORT), "-reservoir", str(RESERVOIR)),
        *("-write_xing", "0", "-id3v2_version", "0", "-map_metadata", "-1", "-f", "mp3", "pipe:1"),
    ]


@dataclass(slots=True)
class _Meter:
    """Counts what passes through: frames in all, and the silent ones at the end."""

    frames: int = 0
    quiet: int = 0

    def measured(self, pcm: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in pcm:
            frames = len(chunk) // SAMPLE_BYTES
            quiet = (len(chunk) - len(chunk.rstrip(b"\0"))) // SAMPLE_BYTES
            self.frames += frames
            self.quiet = self.quiet + frames if quiet == frames else quiet
            yield chunk
        if not self.frames:
            yield bytes(SAMPLE_BYTES)  # of nothing at all ffmpeg makes no frame, and every reel has one
