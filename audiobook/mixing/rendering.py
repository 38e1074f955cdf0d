"""Render segments: takes and silences become one stream of samples.

Count up `segments.RECIPE` whenever this makes other samples of the same segment.
"""

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from audiobook.mixing.audio_segments import audio_segment, load_pydub
from audiobook.mixing.effects import apply_effects
from audiobook.mixing.limiting import limit_peaks
from audiobook.mixing.line_loudness import compute_correction
from audiobook.mixing.resampling import resample
from audiobook.mixing.room_tone import room_tone
from audiobook.mixing.samples import FULL_SCALE
from audiobook.model.clip import Segment
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.model.request import CEILING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FADE = 0.003  # seconds over which a take comes in and goes out, so that no join clicks


def get_ready() -> None:
    """Import what rendering needs, before threads would wait for it: a tenth of a second."""
    import numpy  # noqa: F401, PLC0415  # only loaded

    load_pydub()


def render_segment(
    segment: Segment,
    load: Callable[[str], Sound],
    sample_rate: int,
    *,
    ceiling: float = CEILING,
    room: float | None = None,
    effects: Sequence[str] = (),
) -> Any:
    """The segment as a pydub AudioSegment (mono, 16 bits, `sample_rate` Hz), after these effects. Otherwise as
    `render`.

    Raises UsageError and EngineError where an effect is missing or fails.
    """
    rendered = audio_segment(b"".join(render(segment, load, sample_rate, ceiling=ceiling, room=room)), sample_rate)
    return apply_effects(rendered, effects, ceiling) if effects else rendered


def render(
    segment: Segment,
    load: Callable[[str], Sound],
    sample_rate: int,
    *,
    ceiling: float = CEILING,
    room: float | None = None,
) -> Iterator[bytes]:
    """The segment's samples (mono, signed 16-bit little-endian, `sample_rate` Hz), a take or a silence at a time.

    No sample of a take passes `ceiling`, in dBFS. With `room`, in dBFS, the silences are the sound of a quiet room.

    `load` gives the sound of a take key. A take with another rate is resampled; each keeps its own length otherwise,
    and each silence is its milliseconds rounded to whole samples, so that lengths add up exactly.
    """
    if segment.lead:
        yield _silence(segment.lead, sample_rate, room)
    for clip in segment.clips:
        take = load(clip.key)
        gain = clip.gain if clip.usual is None else clip.gain + compute_correction(take, clip.usual)
        yield apply_gain(take, gain, sample_rate, ceiling, fades=(clip.fade_in, clip.fade_out))
        yield _silence(clip.pause, sample_rate, room)


def _silence(milliseconds: int, sample_rate: int, room: float | None) -> bytes:
    samples = silence_samples(milliseconds, sample_rate)
    return bytes(samples * SAMPLE_BYTES) if room is None else room_tone(samples, sample_rate, room)


def silence_samples(milliseconds: int, sample_rate: int) -> int:
    """A pause in samples."""
    return (milliseconds * sample_rate + 500) // 1000


def apply_gain(
    sound: Sound, gain: float, sample_rate: int, ceiling: float = CEILING, *, fades: tuple[int, int] = (0, 0)
) -> bytes:
    """Apply a gain in dB to a take, limit its peaks to the ceiling, and fade its ends.

    `fades` are the milliseconds at its beginning and end; less than 3 ms are 3 ms, so that no join clicks.
    """
    if not sound.pcm:
        return b""
    import numpy as np  # noqa: PLC0415  # heavy, and not needed where every print is kept

    limit = int((FULL_SCALE - 1) * 10 ** ((ceiling - gain) / 20))
    pcm = limit_peaks(
        resample(sound.pcm, sound.sample_rate, sample_rate), limit, sample_rate
    )  # before the gain, which would clip
    samples = np.frombuffer(pcm, dtype="<i2")
    louder = _amplified(samples, gain) if gain else samples.copy()
    for samples_from_end, fade in ((louder, fades[0]), (louder[::-1], fades[1])):
        ramp = _ramp(min(round(max(FADE, fade / 1000) * sample_rate), len(louder) // 2))
        samples_from_end[: len(ramp)] = samples_from_end[: len(ramp)] * ramp
    return louder.tobytes()


def _amplified(samples: "NDArray[np.int16]", gain: float) -> "NDArray[np.int16]":
    import numpy as np  # noqa: PLC0415  # likewise

    louder: NDArray[np.float32] = samples * np.float32(10 ** (gain / 20))
    return np.rint(louder, out=louder).astype(np.dtype("<i2"))


@functools.lru_cache(maxsize=8)
def _ramp(length: int) -> "NDArray[np.float32]":
    """A linear ramp from 0 to nearly 1."""
    import numpy as np  # noqa: PLC0415  # likewise

    return np.arange(length, dtype=np.float32) / np.float32(max(1, length))
