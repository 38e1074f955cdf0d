"""The folder of what engines need and pip does not bring: weights and voice packs, a folder an engine.

`audiobook voices install` puts files there, an engine reads them. Unlike the cache it holds what was put there on
purpose.

    <models>/kokoro/kokoro-v1.0.int8.onnx
    <models>/piper/en_US-joe-medium.onnx
"""

import hashlib
from pathlib import Path

from audiobook.runtime import user_folders
from audiobook.runtime.files import write_whole

_DIGEST_SUFFIX = ".sha256"


def models_folder(engine: str) -> Path:
    """Where the files of an engine lie, whether there are any or not."""
    return user_folders.models_folder() / engine


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def note_digest(path: Path) -> str:
    """Write a file's SHA-256 beside it, so that an engine need not read it whole to know it. Raises OSError."""
    digest = digest_of(path)
    write_whole(_beside(path), f"{digest} {path.stat().st_size}\n".encode("ascii"))
    return digest


def noted_digest(path: Path) -> str:
    """The SHA-256 that is noted beside a file; of a file without a note, or of another size by now, its own.

    Raises OSError.
    """
    try:
        digest, size = _beside(path).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return digest_of(path)
    return digest if size == str(path.stat().st_size) else digest_of(path)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + _DIGEST_SUFFIX)
