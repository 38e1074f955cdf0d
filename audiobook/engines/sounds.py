"""Convert an engine's samples and sound files to `Sound`."""

import os
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from audiobook.errors import AudiobookError, EngineError
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.runtime import ffmpeg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEUTRAL_PITCH = 50
_MAX_SEMITONES = 5.0  # semitones at pitch 0 and 100
_FULL_SCALE = 32_767


def make_sound(samples: "NDArray[np.float32]", sample_rate: int) -> Sound:
    """Convert samples to 16-bit PCM, rounded; samples beyond full scale are clipped."""
    import numpy as np  # noqa: PLC0415  # heavy

    scaled = np.clip(np.rint(samples * _FULL_SCALE), -_FULL_SCALE, _FULL_SCALE)
    return Sound(pcm=scaled.astype("<i2").tobytes(), sample_rate=sample_rate)


def speak_at_pitch(speak: "Callable[[float], NDArray[np.float32]]", pace: float, pitch: int) -> "NDArray[np.float32]":
    """Change the pitch of what `speak` says: speak slower or faster, then play the result faster or slower.

    This changes the timbre too, as for a smaller or larger speaker.
    """
    if pitch == _NEUTRAL_PITCH:
        return speak(pace)
    factor = 2.0 ** ((pitch - _NEUTRAL_PITCH) / _NEUTRAL_PITCH * _MAX_SEMITONES / 12)
    return _resample(speak(pace / factor), factor)


def _resample(samples: "NDArray[np.float32]", factor: float) -> "NDArray[np.float32]":
    """Play samples faster by a factor, band-limited (resampled in the frequency domain)."""
    import numpy as np  # noqa: PLC0415  # heavy

    length = max(1, round(len(samples) / factor))
    spectrum = np.fft.rfft(samples)
    fitted = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    shared = min(len(spectrum), len(fitted))
    fitted[:shared] = spectrum[:shared]
    return (np.fft.irfft(fitted, length) * (length / len(samples))).astype(np.float32)


_CONVERTED_SAMPLE_RATE = 22_050  # Hz; files that Python cannot read are converted to this sample rate


def read_wave(file: BinaryIO) -> Sound | None:
    """Read a mono 16-bit WAV file; None if it is another kind of file or shorter than its header says."""
    size = file.seek(0, os.SEEK_END)  # bytes; memory is allocated only for data that the file really has
    file.seek(0)
    try:
        with wave.open(file, "rb") as reader:
            expected = reader.getnframes() * SAMPLE_BYTES
            if reader.getnchannels() != 1 or reader.getsampwidth() != SAMPLE_BYTES or expected > size:
                return None
            pcm = reader.readframes(reader.getnframes())
            return Sound(pcm=pcm, sample_rate=reader.getframerate()) if len(pcm) == expected else None
    except (wave.Error, EOFError, ValueError, RuntimeError):  # RuntimeError: a chunk that extends beyond its list
        return None


def read_sound(path: Path) -> Sound:
    """Read any sound file that ffmpeg supports (AIFF, WAV of any width, …). Raises EngineError."""
    if not path.is_file() or not path.stat().st_size:
        raise EngineError("the engine wrote no file, or an empty one")
    with path.open("rb") as file:
        sound = read_wave(file)
    if sound is not None:
        return sound
    form = ["-f", "s16le", "-ac", "1", "-ar", str(_CONVERTED_SAMPLE_RATE)]
    try:
        pcm, _ = ffmpeg.run(["-i", path, *form, "pipe:1"])
    except AudiobookError as error:
        raise EngineError(f"the engine wrote a file that cannot be read: {error.message}") from error
    return Sound(pcm=pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES], sample_rate=_CONVERTED_SAMPLE_RATE)
