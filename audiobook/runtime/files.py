"""Atomic writing of files: a file is written beside its place and moved into it, so that no reader sees half a file.

Functions here raise OSError unless they say otherwise. Callers turn it into an error in their own words.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from audiobook.runtime import locks

_PREFIX, _SUFFIX = ".audiobook-", ".part"  # of a draft's folder
_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # the file system cannot flush a file


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A new path beside `target` for a file or a folder. Anything still there at the end is removed.

    Drafts that killed processes left beside `target` are removed too.
    """
    clear_drafts(target)
    folder = resolve_link(target).parent
    workspace = locks.Workspace(folder, f"{_PREFIX}{{}}{_SUFFIX}")
    try:
        yield workspace.path / "draft"
    finally:
        workspace.close()


def clear_drafts(target: Path) -> None:
    """Remove the drafts that killed processes left beside `target`."""
    locks.remove_abandoned(resolve_link(target).parent.glob(f"{_PREFIX}*{_SUFFIX}"))


def move_into_place(path: Path, target: Path) -> None:
    """Move a finished file to `target`. It replaces an older file and takes on its permissions.

    If `target` is a symbolic link, the file that it points to is replaced.
    """
    _flush(path)
    target = resolve_link(target)
    with suppress(OSError):  # no older file, or permissions cannot be set here
        shutil.copymode(target, path)
    path.replace(target)


@contextmanager
def flush_in_background(path: Path) -> Iterator[None]:
    """Flush a finished file to its disk in the background; it is flushed when the block ends."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # worker processes do not need it

    with ThreadPoolExecutor(1) as pool:
        flushed = pool.submit(_flush, path)
        yield
    flushed.result()


def resolve_link(target: Path) -> Path:
    """The path behind the symbolic links of `target`, whether a file exists there or not."""
    try:
        return target.resolve() if target.is_symlink() else target
    except (OSError, RuntimeError):  # a circle of links
        return target


def write_whole(target: Path, data: bytes) -> None:
    """Write a small file atomically. Its folder must exist."""
    with draft(target) as path:
        path.write_bytes(data)
        move_into_place(path, target)


def drop_page_cache(file: IO[bytes]) -> None:
    """Tell the operating system to drop the file from its page cache. Dirty pages begin to be written out.

    Sound is written once and read once. It would fill the page cache (2.6 MB a minute) and push useful pages out; and
    reused pages cost a virtual machine a tenth of what fresh ones cost. Never raises.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def printable_name(path: Path) -> str:
    """The file name as text; bytes that are not UTF-8 become question marks. Never raises."""
    return path.name.encode("utf-8", "replace").decode()


def _flush(path: Path) -> None:
    """Flush the file to its disk: otherwise a power cut may leave an empty file under the final name."""
    with path.open("rb+") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in _UNSUPPORTED:
                raise


def is_folder(path: Path) -> bool:
    """Whether a path is a folder. A name that no file can have counts as none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
