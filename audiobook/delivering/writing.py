"""Files written beside their place and moved into it, and every way that can fail said in a sentence."""

import errno
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from audiobook.errors import DeliveryError

_DRAFT_PREFIX, _DRAFT_SUFFIX = ".audiobook-", ".part"
_STALE = 24 * 3600.0  # seconds after which a draft counts as left behind by a crash

_HINTS = {
    errno.ENOSPC: "make room on that disk, or choose another place with --output",
    errno.EDQUOT: "make room within your quota, or choose another place with --output",
    errno.EACCES: "choose a place you may write to with --output",
    errno.EPERM: "choose a place you may write to with --output",
    errno.EROFS: "choose a place you may write to with --output",
    errno.ENOTDIR: "a part of that path is a file; choose another place with --output",
    errno.ENAMETOOLONG: "choose a shorter name with --output",
}


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A new path beside `target`, for a file or a folder; whatever is left there afterwards is removed.

    The folders above it are made where they are missing. Every OSError inside comes out as a DeliveryError about
    `target`.
    """
    path = target.parent / f"{_DRAFT_PREFIX}{secrets.token_hex(6)}{_DRAFT_SUFFIX}"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        yield path
    except OSError as error:
        raise _cannot(error, target) from error
    finally:
        _remove(path)


def place(path: Path, target: Path) -> None:
    """Move a finished file into its place, over an older one."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())  # else a power cut may leave an empty file under the final name
    path.replace(target)


def check_file(target: Path) -> None:
    """Raises DeliveryError where a file cannot come to stand at `target`, as far as one can see without writing."""
    if target.is_dir():
        raise DeliveryError("this is a folder, not a file", where=str(target), hint="name a file such as book.mp3")
    _check_parent(target)


def check_folder(target: Path) -> None:
    """The same for a folder of files."""
    if target.exists() and not target.is_dir():
        raise DeliveryError("this is a file, not a folder", where=str(target), hint="name a folder for the chapters")
    _check_parent(target)


def _check_parent(target: Path) -> None:
    above = next((folder for folder in target.absolute().parents if folder.exists()), Path("/"))
    if not above.is_dir():
        raise _cannot(NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)), target)
    if not os.access(above, os.W_OK | os.X_OK):
        raise _cannot(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), target)


def _cannot(error: OSError, target: Path) -> DeliveryError:
    reason = (error.strerror or str(error)).lower()
    return DeliveryError(f"cannot write here: {reason}", where=str(target), hint=_HINTS.get(error.errno or 0))


def _sweep(folder: Path) -> None:
    """Remove what earlier builds that were killed left here."""
    for path in folder.glob(f"{_DRAFT_PREFIX}*{_DRAFT_SUFFIX}"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
