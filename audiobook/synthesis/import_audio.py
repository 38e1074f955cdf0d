"""Import a person's own audio file as a take: decode it with ffmpeg to mono, and cache it by the file's content."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.model.cue import SAMPLE_BYTES, Sound, Take
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache, key_of
from audiobook.synthesis.recorder import find_take
from audiobook.synthesis.trimming import trim_silence

RECIPE = 1  # count up whenever the same file may give other samples

MAX_SIZE = 512 << 20  # bytes; the largest file that is imported
_SAMPLE_RATE = 44_100  # Hz of every imported file
_TIMEOUT = 120.0  # seconds that ffmpeg may take for one file
_CHUNK = 1 << 20  # bytes
_UNDECODABLE = "holds no sound that ffmpeg can decode"


class AudioFileError(ValueError):
    """A file cannot be imported. The message ends a sentence that begins with the file's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What part of a file is imported."""

    longest: float  # seconds; a longer file is an error
    seconds: float | None = None  # how much of the file is imported, from its start; None: all of it
    trim: bool = False  # whether silence at both ends is removed


def import_audio(path: Path, wanted: Import, cache: Cache) -> Take:
    """Import the file's sound as a take. It is decoded only if it is not in the cache.

    Raises AudioFileError, and DeliveryError if the cache cannot be written or ffmpeg is killed.
    """
    key = audio_key(_hash(path), wanted)
    cached = find_take(cache, key)
    if cached is not None:
        return cached
    sound = _decode(path, wanted)
    if not any(sound.pcm):
        raise AudioFileError("holds only silence" if sound.pcm else "holds no sound")
    cache.save("takes", key, sound.pcm, {"frames": sound.samples, "rate": sound.sample_rate})
    return Take(key=key, samples=sound.samples, sample_rate=sound.sample_rate)


def audio_key(content: str, wanted: Import) -> str:
    """The cache key of a file with this content hash."""
    return key_of("imported", RECIPE, content, wanted)


def _hash(path: Path) -> str:
    """Hash a file's content. Raises AudioFileError if it is too large or cannot be read."""
    try:
        if not path.is_file():  # reading a device or a pipe may never end
            raise AudioFileError("is not a regular file" if path.exists() else "does not exist")
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_SIZE:
                raise AudioFileError(f"is larger than {MAX_SIZE >> 20} MiB")
            digest = hashlib.blake2b(digest_size=20)
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise AudioFileError(f"cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()


def _decode(path: Path, wanted: Import) -> Sound:
    """Decode the file's first audio stream to mono, and never more of it than the maximum length."""
    max_seconds = wanted.longest if wanted.seconds is None else wanted.seconds
    max_samples = round(max_seconds * _SAMPLE_RATE)
    arguments: list[ffmpeg.Argument] = [
        *("-protocol_whitelist", "file"),  # a playlist must not download anything
        *("-i", path, "-map", "0:a:0", "-t", f"{max_seconds + 1:.3f}", "-ac", "1", "-ar", str(_SAMPLE_RATE)),
        *("-f", "s16le", "pipe:1"),
    ]
    try:
        pcm, _ = ffmpeg.run(arguments, timeout=_TIMEOUT)
    except ffmpeg.KilledError:
        raise
    except DeliveryError as error:
        raise AudioFileError(f"{_UNDECODABLE}: {error.message}") from error
    pcm = pcm[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]
    if wanted.seconds is not None:
        pcm = pcm[: max_samples * SAMPLE_BYTES]
    elif len(pcm) > max_samples * SAMPLE_BYTES:
        raise AudioFileError(f"lasts longer than {wanted.longest:g} seconds")
    sound = Sound(pcm=pcm, sample_rate=_SAMPLE_RATE)
    return trim_silence(sound) if wanted.trim else sound
