"""What the writers of lossy formats share: ffmpeg as encoder and decoder, and how many frames a segment keeps."""

from collections.abc import Iterable, Sequence

from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg


def encode_with_ffmpeg(pcm: Iterable[bytes], encoding: Encoding, options: Sequence[str]) -> bytes:
    """Encode mono samples with ffmpeg's options of a codec and a format; both channels of stereo get the same sound.

    Raises DeliveryError and whatever the iterable raises.
    """
    both_ears = ("-af", "pan=stereo|c0=c0|c1=c0") if encoding.channels == 2 else ()
    return ffmpeg.pipe([*ffmpeg.samples_in(encoding.sample_rate), *both_ears, *options, "pipe:1"], pcm)


def decode_with_ffmpeg(data: bytes, encoding: Encoding, demuxer: str) -> bytes:
    """Decode a segment to mono samples, with what its encoder put before the sound. Raises DeliveryError."""
    form = ("-f", "s16le", "-ar", str(encoding.sample_rate), "-ac", "1")
    return ffmpeg.pipe(["-f", demuxer, "-i", "pipe:0", *form, "pipe:1"], [data])


def count_frames(sound: bytes, *, lead: int, frame: int) -> int:
    """How many frames of `frame` samples a segment keeps, so that it is as long as its sound.

    The sound begins after `lead` samples. Frames at the end are dropped if only silence is lost.
    """
    audible = -(-len(sound.rstrip(b"\0")) // SAMPLE_BYTES)
    return max(1, round(len(sound) // SAMPLE_BYTES / frame), -(-(lead + audible) // frame))
