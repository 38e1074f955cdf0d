"""Sound files as engines leave them → Sound."""

import wave
from pathlib import Path
from typing import BinaryIO

from audiobook import ffmpeg
from audiobook.errors import AudiobookError, EngineError
from audiobook.take import SAMPLE_BYTES, Sound

_RATE_OF_OTHERS = 22_050  # Hz; formats that Python cannot read are converted to this


def read_wave(file: BinaryIO | str) -> Sound | None:
    """The sound of a mono 16-bit WAV; None where it is something else or shorter than it says."""
    try:
        with wave.open(file, "rb") as reader:
            if reader.getnchannels() != 1 or reader.getsampwidth() != SAMPLE_BYTES:
                return None
            pcm = reader.readframes(reader.getnframes())
            whole = len(pcm) == reader.getnframes() * SAMPLE_BYTES
            return Sound(pcm=pcm, rate=reader.getframerate()) if whole else None
    except (wave.Error, EOFError, ValueError):
        return None


def read_sound(path: Path) -> Sound:
    """The sound of any file that ffmpeg reads (AIFF, WAV of any width, …). Raises EngineError."""
    if not path.is_file() or not path.stat().st_size:
        raise EngineError("the engine wrote no sound")
    sound = read_wave(str(path))
    if sound is not None:
        return sound
    form = ["-f", "s16le", "-ac", "1", "-ar", str(_RATE_OF_OTHERS)]
    try:
        pcm, _ = ffmpeg.run(["-i", path, *form, "pipe:1"])
    except AudiobookError as error:
        raise EngineError(f"the engine wrote a file that is no sound: {error.message}") from error
    return Sound(pcm=pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES], rate=_RATE_OF_OTHERS)
