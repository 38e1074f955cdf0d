"""A person's own audio file → a take in the cache: decoded by ffmpeg, mono, and named by the file's content."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.model.cue import SAMPLE_BYTES, Sound, Take
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache, key_of
from audiobook.synthesis.recorder import kept_take
from audiobook.synthesis.trimming import trimmed

RECIPE = 1  # count up whenever the same file may give other samples

LARGEST = 512 << 20  # bytes of a file
_RATE = 44_100  # Hz of every imported file
_PATIENCE = 120.0  # seconds that ffmpeg may take for one file
_CHUNK = 1 << 20  # bytes
_UNREAD = "holds no sound that ffmpeg can decode"


class AudioFileError(ValueError):
    """A file cannot be imported. The message ends a sentence that begins with the file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is wanted of a file."""

    longest: float  # seconds; a longer file is an error
    seconds: float | None = None  # how much of it is wanted, from its beginning; None: all
    trim: bool = False  # without the silence at both ends


def import_audio(path: Path, wanted: Import, cache: Cache) -> Take:
    """The file's sound as a take, decoded only if the cache does not have it.

    Raises AudioFileError, and DeliveryError where the cache cannot be written or ffmpeg is killed.
    """
    key = audio_key(_hash(path), wanted)
    kept = kept_take(cache, key)
    if kept is not None:
        return kept
    sound = _decode(path, wanted)
    if not any(sound.pcm):
        raise AudioFileError("holds only silence" if sound.pcm else "holds no sound")
    cache.save("takes", key, sound.pcm, {"frames": sound.frames, "rate": sound.rate})
    return Take(key=key, frames=sound.frames, rate=sound.rate)


def audio_key(content: str, wanted: Import) -> str:
    """The key of the take of a file with this hash of its content."""
    return key_of("imported", RECIPE, content, wanted)


def _hash(path: Path) -> str:
    """The hash of a file's content. Raises AudioFileError where it is too large or cannot be read."""
    try:
        if not path.is_file():  # reading a device or a pipe might never end
            raise AudioFileError("is not a regular file" if path.exists() else "does not exist")
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                raise AudioFileError(f"is larger than {LARGEST >> 20} MiB")
            digest = hashlib.blake2b(digest_size=20)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise AudioFileError(f"cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()


def _decode(path: Path, wanted: Import) -> Sound:
    """The file's first audio stream, mixed to mono. No more than the longest is ever decoded."""
    most = wanted.longest if wanted.seconds is None else wanted.seconds
    frames = round(most * _RATE)
    arguments: list[ffmpeg.Argument] = [
        *("-protocol_whitelist", "file"),  # a playlist must not fetch anything from a network
        *("-i", path, "-map", "0:a:0", "-t", f"{most + 1:.3f}", "-ac", "1", "-ar", str(_RATE)),
        *("-f", "s16le", "pipe:1"),
    ]
    try:
        pcm, _ = ffmpeg.run(arguments, patience=_PATIENCE)
    except ffmpeg.KilledError:
        raise
    except DeliveryError as error:
        raise AudioFileError(f"{_UNREAD}: {error.message}") from error
    pcm = pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]
    if wanted.seconds is not None:
        pcm = pcm[: frames * SAMPLE_BYTES]
    elif len(pcm) > frames * SAMPLE_BYTES:
        raise AudioFileError(f"lasts longer than {wanted.longest:g} seconds")
    sound = Sound(pcm=pcm, rate=_RATE)
    return trimmed(sound) if wanted.trim else sound
