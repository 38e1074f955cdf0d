"""Putting small files where they were asked for, whole or not at all."""

import os
import tempfile
from pathlib import Path

from audiobook.errors import DeliveryError


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text beside `path` and move it into place. Raises DeliveryError."""
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, data: bytes) -> None:
    """Write beside `path` and move it into place. Raises DeliveryError."""
    if path.is_dir():
        raise DeliveryError("is a folder, not a file", where=str(path), hint="name a file in it with --output")
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as beside:
            beside.write(data)
        Path(beside.name).chmod(0o666 & ~_umask())  # a temporary file is private; a result is not
        Path(beside.name).replace(path)
    except OSError as error:
        raise DeliveryError(
            f"cannot be written: {error.strerror or error}", where=str(path), hint="choose another place with --output"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
