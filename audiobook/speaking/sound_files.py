"""Sound files as engines leave them → Sound."""

import os
import wave
from pathlib import Path
from typing import BinaryIO

from audiobook import ffmpeg
from audiobook.errors import AudiobookError, EngineError
from audiobook.take import SAMPLE_BYTES, Sound

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
