"""The models folder: model weights and voice packs that pip does not install, with a folder for each engine.

`audiobook voices install` puts files there, and engines read them. Unlike the cache, it is never cleaned
automatically.

    <models>/kokoro/kokoro-v1.0.int8.onnx
    <models>/piper/en_US-joe-medium.onnx
"""

import hashlib
from pathlib import Path

from audiobook.runtime import user_folders
from audiobook.runtime.files import write_whole

_DIGEST_SUFFIX = ".sha256"


def models_folder(engine: str) -> Path:
    """The folder for an engine's files; it may not exist."""
    return user_folders.models_folder() / engine


def compute_digest(path: Path) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def store_digest(path: Path) -> str:
    """Write a file's SHA-256 to a file beside it, so that engines need not read the whole file. Raises OSError."""
    digest = compute_digest(path)
    write_whole(_digest_file(path), f"{digest} {path.stat().st_size}\n".encode("ascii"))
    return digest


def load_digest(path: Path) -> str:
    """The SHA-256 stored beside a file. If it is missing, or the size of the file differs, compute it.

    Raises OSError.
    """
    try:
        digest, size = _digest_file(path).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return compute_digest(path)
    return digest if size == str(path.stat().st_size) else compute_digest(path)


def _digest_file(path: Path) -> Path:
    return path.with_name(path.name + _DIGEST_SUFFIX)
