"""Files written beside their place and moved into it: there is the old file or the new one, never half of one.

Everything here raises OSError where it does not say otherwise; each room says in its own words what that means.
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
_UNKNOWN = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # to a file system that cannot do what is asked


@contextmanager
def draft(target: Path) -> Iterator[Path]:
    """A new path beside `target`, for a file or a folder; whatever is left there afterwards is removed.

    What earlier runs that were killed left here is removed as well.
    """
    clear_drafts(target)
    folder = standing(target).parent
    workspace = locks.Workspace(folder, f"{_PREFIX}{{}}{_SUFFIX}")
    try:
        yield workspace.path / "draft"
    finally:
        workspace.close()


def clear_drafts(target: Path) -> None:
    """Remove what runs that were killed left beside `target`."""
    locks.remove_abandoned(standing(target).parent.glob(f"{_PREFIX}*{_SUFFIX}"))


def place(path: Path, target: Path) -> None:
    """Move a finished file into its place, over an older one, whose permissions it takes on.

    Where a link stands there, the file that it leads to is replaced.
    """
    _settle(path)
    target = standing(target)
    with suppress(OSError):  # there is none, or nobody may have permissions here
        shutil.copymode(target, path)
    path.replace(target)


@contextmanager
def settling(path: Path) -> Iterator[None]:
    """Bring a finished file onto its disk, where it is afterwards, while something else is done with it."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  # whoever speaks needs no threads

    with ThreadPoolExecutor(1) as pool:
        settled = pool.submit(_settle, path)
        yield
    settled.result()


def standing(target: Path) -> Path:
    """Where a file named `target` really stands: at the end of the links, there or not."""
    try:
        return target.resolve() if target.is_symlink() else target
    except (OSError, RuntimeError):  # links in a circle
        return target


def write_whole(target: Path, data: bytes) -> None:
    """Write a small file, in a folder that is there."""
    with draft(target) as path:
        path.write_bytes(data)
        place(path, target)


def drop_page_cache(file: IO[bytes]) -> None:
    """Tell the system that it need not keep the file in its memory: it begins to write out what is new of it, and has
    the room of what is written.

    Sound that is read once would fill the memory of a machine, 2.6 MB a minute, in place of what somebody needs; and
    room that is used again costs a virtual machine a tenth of what fresh memory does. Never raises.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def name_of(path: Path) -> str:
    """The file's name as text; what is no UTF-8 in it becomes question marks. Never raises."""
    return path.name.encode("utf-8", "replace").decode()


def _settle(path: Path) -> None:
    """Else a power cut may leave an empty file under the final name."""
    with path.open("rb+") as file:
        try:
            os.fsync(file.fileno())
        except OSError as error:
            if error.errno not in _UNKNOWN:
                raise
