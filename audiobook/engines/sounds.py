"""Samples and sound files as engines leave them → Sound."""

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

_OWN_PITCH = 50
_WIDEST = 5.0  # semitones at pitch 0 and 100
_LOUDEST = 32_767


def sound_of(samples: "NDArray[np.float32]", rate: int) -> Sound:
    """Samples as 16-bit PCM, rounded; what is louder than full scale is clipped."""
    import numpy as np  # noqa: PLC0415  # heavy

    scaled = np.clip(np.rint(samples * _LOUDEST), -_LOUDEST, _LOUDEST)
    return Sound(pcm=scaled.astype("<i2").tobytes(), rate=rate)


def pitched(spoken: "Callable[[float], NDArray[np.float32]]", pace: float, pitch: int) -> "NDArray[np.float32]":
    """What `spoken` says at a pace, in another pitch: spoken slower or faster, then played faster or slower.

    That moves the voice's timbre along, as a smaller or larger speaker would have it.
    """
    if pitch == _OWN_PITCH:
        return spoken(pace)
    factor = 2.0 ** ((pitch - _OWN_PITCH) / _OWN_PITCH * _WIDEST / 12)
    return _played(spoken(pace / factor), factor)


def _played(samples: "NDArray[np.float32]", factor: float) -> "NDArray[np.float32]":
    """The samples played so many times as fast, band-limited (resampled in the frequency domain)."""
    import numpy as np  # noqa: PLC0415  # heavy

    length = max(1, round(len(samples) / factor))
    spectrum = np.fft.rfft(samples)
    fitted = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    shared = min(len(spectrum), len(fitted))
    fitted[:shared] = spectrum[:shared]
    return (np.fft.irfft(fitted, length) * (length / len(samples))).astype(np.float32)


_RATE_OF_OTHERS = 22_050  # Hz; formats that Python cannot read are converted to this


def read_wave(file: BinaryIO) -> Sound | None:
    """The sound of a mono 16-bit WAV; None where it is something else or shorter than it says."""
    there = file.seek(0, os.SEEK_END)  # bytes; memory for what a header claims is only asked for if the file has it
    file.seek(0)
    try:
        with wave.open(file, "rb") as reader:
            claimed = reader.getnframes() * SAMPLE_BYTES
            if reader.getnchannels() != 1 or reader.getsampwidth() != SAMPLE_BYTES or claimed > there:
                return None
            pcm = reader.readframes(reader.getnframes())
            return Sound(pcm=pcm, rate=reader.getframerate()) if len(pcm) == claimed else None
    except (wave.Error, EOFError, ValueError, RuntimeError):  # the last: a chunk that reaches beyond its list
        return None


def read_sound(path: Path) -> Sound:
    """The sound of any file that ffmpeg reads (AIFF, WAV of any width, …). Raises EngineError."""
    if not path.is_file() or not path.stat().st_size:
        raise EngineError("the engine wrote no sound")
    with path.open("rb") as file:
        sound = read_wave(file)
    if sound is not None:
        return sound
    form = ["-f", "s16le", "-ac", "1", "-ar", str(_RATE_OF_OTHERS)]
    try:
        pcm, _ = ffmpeg.run(["-i", path, *form, "pipe:1"])
    except AudiobookError as error:
        raise EngineError(f"the engine wrote a file that is no sound: {error.message}") from error
    return Sound(pcm=pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES], rate=_RATE_OF_OTHERS)
