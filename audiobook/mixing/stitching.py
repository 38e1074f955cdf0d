"""Takes and silences stitched into one stream of samples. The only place that knows pydub.

Count up `reels.RECIPE` whenever this makes other samples of the same reel.
"""

import array
import functools
import math
import os
from collections.abc import Callable, Iterator
from typing import Any

from audiobook.edition import CEILING
from audiobook.mix import Reel
from audiobook.mixing.evening import evening
from audiobook.mixing.limiting import limited
from audiobook.mixing.resampling import resampled
from audiobook.mixing.room_tone import room_tone
from audiobook.mixing.samples import FULL_SCALE, pcm_of, quietly_imported, samples_of
from audiobook.take import SAMPLE_BYTES, Sound

FADE = 0.003  # seconds over which a take comes in and goes out, so that no join clicks


def render(
    reel: Reel, load: Callable[[str], Sound], rate: int, *, ceiling: float = CEILING, room: float | None = None
) -> Iterator[bytes]:
    """The reel's samples (mono, signed 16-bit little-endian, `rate` Hz), a take or a silence at a time.

    No sample of a take passes `ceiling`, in dBFS. With `room`, in dBFS, the silences are the sound of a quiet room.

    `load` gives the sound of a take key. A take with another rate is resampled; each keeps its own length otherwise,
    and each silence is its milliseconds rounded to whole frames, so that lengths add up exactly.
    """
    if reel.lead:
        yield _silence(reel.lead, rate, room)
    for clip in reel.clips:
        take = load(clip.key)
        gain = clip.gain if clip.usual is None else clip.gain + evening(take, clip.usual)
        yield leveled(take, gain, rate, ceiling)
        yield _silence(clip.pause, rate, room)


def _silence(milliseconds: int, rate: int, room: float | None) -> bytes:
    frames = silence_frames(milliseconds, rate)
    return bytes(frames * SAMPLE_BYTES) if room is None else room_tone(frames, rate, room)


def silence_frames(milliseconds: int, rate: int) -> int:
    """A pause in frames."""
    return (milliseconds * rate + 500) // 1000


def leveled(sound: Sound, gain: float, rate: int, ceiling: float = CEILING) -> bytes:
    """The samples of a take, made louder by `gain` dB, its peaks held under the ceiling and its ends made soft."""
    if not sound.pcm:
        return b""
    limit = int(FULL_SCALE * 10 ** ((ceiling - gain) / 20))
    pcm = limited(resampled(sound.pcm, sound.rate, rate), limit, rate)  # before the gain, which would clip
    if gain:
        pcm = at_rate(Sound(pcm=pcm, rate=rate), rate).apply_gain(gain).raw_data
    return _soft_ended(pcm, round(FADE * rate))


def at_rate(sound: Sound, rate: int) -> Any:
    """The sound as a pydub segment at `rate` Hz."""
    pcm = resampled(sound.pcm, sound.rate, rate)
    return _segments()(data=pcm, sample_width=SAMPLE_BYTES, frame_rate=rate, channels=1)


def peak(segment: Any) -> float:
    """The loudest sample of a pydub segment, in dBFS; -inf for silence."""
    loudest = segment.max
    return 20 * math.log10(loudest / FULL_SCALE) if loudest else -math.inf


def _soft_ended(pcm: bytes, fade: int) -> bytes:
    """The samples with the first and the last `fade` of them ramped from and to nothing."""
    fade = min(fade, len(pcm) // SAMPLE_BYTES // 2)
    size = fade * SAMPLE_BYTES
    head, body, tail = pcm[:size], memoryview(pcm)[size : len(pcm) - size], pcm[len(pcm) - size :]
    return b"".join((_ramped(head), body, _reversed(_ramped(_reversed(tail)))))


def _ramped(pcm: bytes) -> bytes:
    samples = samples_of(pcm)
    length = len(samples)
    return pcm_of(array.array("h", [sample * at // length for at, sample in enumerate(samples)]))


def _reversed(pcm: bytes) -> bytes:
    samples = samples_of(pcm)
    samples.reverse()
    return pcm_of(samples)


@functools.cache
def _segments() -> Any:
    """pydub's AudioSegment, without its warnings: it asks for an ffmpeg on the PATH, which we never let it start."""
    os.environ.setdefault("PATH", os.defpath)  # pydub fails where there is none, as under some schedulers
    return quietly_imported("pydub").AudioSegment  # dear to import, and not needed where every print is kept
