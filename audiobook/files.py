"""Files written beside their place and moved into it: there is the old file or the new one, never half of one.

Everything here raises OSError; each room says in its own words what that means.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX, _SUFFIX = ".audiobook-", ".part"  # of a draft's name
_STALE = 24 * 3600.0  # seconds after which a draft counts as left behind by a crash


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A new path beside `target`, for a file or a folder; whatever is left there afterwards is removed."""
    _sweep(target.parent)
    path = target.parent / f"{_PREFIX}{secrets.token_hex(6)}{_SUFFIX}"
    try:
        yield path
    finally:
        _remove(path)


def place(path: Path, target: Path) -> None:
    """Move a finished file into its place, over an older one, whose permissions it takes on."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())  # else a power cut may leave an empty file under the final name
    with suppress(FileNotFoundError):
        shutil.copymode(target, path)
    path.replace(target)


def write_whole(target: Path, data: bytes) -> None:
    """Write a small file, in a folder that is there."""
    with draft(target) as path:
        path.write_bytes(data)
        place(path, target)


def _sweep(folder: Path) -> None:
    """Remove what earlier runs that were killed left here."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
