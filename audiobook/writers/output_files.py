"""Check output paths, write files atomically, and turn each OSError into a DeliveryError with a hint."""

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
    errno.EACCES: "choose a folder you can write to with --output",
    errno.EPERM: "choose a folder you can write to with --output",
    errno.EROFS: "choose a folder you can write to with --output",
    errno.ENOENT: "create that folder first, or choose another place with --output",
    errno.ENOTDIR: "a part of that path is a file; choose another place with --output",
    errno.ENAMETOOLONG: "choose a shorter name with --output",
}


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A temporary path beside `target` for a file; a file left there is removed at the end.

    Missing parent folders are created. An OSError inside the block becomes a DeliveryError about `target`.
    """
    with translate_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.draft(target) as path:
            yield path


@contextmanager
def draft_of_folder(target: Path) -> Iterator[Path]:
    """`draft` for a folder. If `target` exists, the draft is inside it, because it may be the root of another disk."""
    with translate_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with files.draft(target / "draft" if target.is_dir() else target) as path:
            yield path


def write_text(target: Path, text: str) -> None:
    """Write text in UTF-8 with `write_bytes`."""
    write_bytes(target, text.encode("utf-8", "replace"))


def write_bytes(target: Path, data: bytes) -> None:
    """Write a small file atomically into an existing folder. Raises DeliveryError."""
    check_file(target)
    with translate_errors(target):
        files.write_whole(target, data)


@contextmanager
def translate_errors(target: Path) -> Iterator[None]:
    """Turn an OSError inside the block into a DeliveryError about `target`."""
    try:
        yield
    except OSError as error:
        raise _write_error(error, target) from error


def check_file(target: Path) -> None:
    """Raises DeliveryError if a file cannot be written at `target`, as far as this is known without writing."""
    with translate_errors(target):
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
    """`check_file` for a folder of files."""
    with translate_errors(target):
        if target.exists() and not target.is_dir():
            raise DeliveryError(
                "this is a file, not a folder", where=str(target), hint="name a folder for the chapters"
            )
        _check_above(target / "file" if target.exists() else target)


def check_free_space(target: Path, size: int) -> None:
    """Raises DeliveryError if the disk has fewer than `size` free bytes. `target` need not exist."""
    with translate_errors(target):
        above = next((folder for folder in target.absolute().parents if folder.exists()), Path("/"))
        if shutil.disk_usage(above).free < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _check_above(target: Path) -> None:
    above = next((folder for folder in target.absolute().parents if folder.exists()), Path("/"))
    if not above.is_dir():
        raise _write_error(NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)), target)
    if not os.access(above, os.W_OK | os.X_OK):
        raise _write_error(PermissionError(errno.EACCES, os.strerror(errno.EACCES)), target)


def _write_error(error: OSError, target: Path) -> DeliveryError:
    reason = (error.strerror or str(error)).lower()
    return DeliveryError(f"cannot write here: {reason}", where=str(target), hint=_HINTS.get(error.errno or 0))
