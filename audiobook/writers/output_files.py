"""What is delivered is written whole or not at all, and every way that can fail is said in a sentence."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audiobook.errors import DeliveryError
from audiobook.runtime import files

_HINTS = {
    errno.ENOSPC: "make room on that disk, or choose another place with --output",
    errno.EDQUOT: "make room within your quota, or choose another place with --output",
    errno.EACCES: "choose a place you may write to with --output",
    errno.EPERM: "choose a place you may write to with --output",
    errno.EROFS: "choose a place you may write to with --output",
    errno.ENOENT: "make that folder first, or choose another place with --output",
    errno.ENOTDIR: "a part of that path is a file; choose another place with --output",
    errno.ENAMETOOLONG: "choose a shorter name with --output",
}


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A new path beside `target`, for a file; whatever is left there afterwards is removed.

    The folders above it are made where they are missing. Every OSError inside comes out as a DeliveryError about
    `target`.
    """
    with worded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.draft(target) as path:
            yield path


@contextmanager
def draft_of_folder(target: Path) -> Iterator[Path]:
    """The same for a folder of files, which may stand already, even as a disk of its own: then the draft is inside."""
    with worded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.draft(target / "draft" if target.is_dir() else target) as path:
            yield path


def write_text(target: Path, text: str) -> None:
    """Write text in UTF-8, as `write_bytes` does."""
    write_bytes(target, text.encode("utf-8", "replace"))


def write_bytes(target: Path, data: bytes) -> None:
    """Write a small file in a folder that is there, whole or not at all. Raises DeliveryError."""
    check_file(target)
    with worded(target):
        files.write_whole(target, data)


@contextmanager
def worded(target: Path) -> Iterator[None]:
    """Every OSError inside comes out as a DeliveryError about `target`."""
    try:
        yield
    except OSError as error:
        raise _cannot(error, target) from error


def check_file(target: Path) -> None:
    """Raises DeliveryError where a file cannot come to stand at `target`, as far as one can see without writing."""
    with worded(target):
        if target.is_dir():
            raise DeliveryError("this is a folder, not a file", where=str(target), hint="name a file such as book.mp3")
        if target.exists() and not target.is_file():
            raise DeliveryError("this is a device, not a file", where=str(target), hint="name a file such as book.mp3")
        if target.exists() and not os.access(target, os.W_OK):
            raise DeliveryError(
                "this file is write-protected", where=str(target), hint="allow writing to it, or name another --output"
            )
        _check_above(files.resolve_link(target))


def check_folder(target: Path) -> None:
    """The same for a folder of files."""
    with worded(target):
        if target.exists() and not target.is_dir():
            raise DeliveryError(
                "this is a file, not a folder", where=str(target), hint="name a folder for the chapters"
            )
        _check_above(target / "file" if target.exists() else target)


def check_free_space(target: Path, size: int) -> None:
    """Raises DeliveryError if the disk of `target`, which need not be there yet, has fewer free bytes."""
    with worded(target):
        above = next((folder for folder in target.absolute().parents if folder.exists()), Path("/"))
        if shutil.disk_usage(above).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _check_above(target: Path) -> None:
    above = next((folder for folder in target.absolute().parents if folder.exists()), Path("/"))
    if not above.is_dir():
        raise _cannot(NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)), target)
    if not os.access(above, os.W_OK | os.X_OK):
        raise _cannot(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), target)


def _cannot(error: OSError, target: Path) -> DeliveryError:
    reason = (error.strerror or str(error)).lower()
    return DeliveryError(f"cannot write here: {reason}", where=str(target), hint=_HINTS.get(error.errno or 0))
