"""Advisory locks between processes, and workspaces: folders for unfinished files.

A lock is an OS lock on an empty file. The operating system releases it when the process dies, so a later process knows
without a guess whether a folder is in use or was left behind. On a file system without locks, the age decides.
"""

import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STALE = 24 * 3600.0  # seconds after which a workspace counts as left behind, on a file system without locks
_LOOK = 0.1  # seconds between two tries to get a lock that another process holds
_LOCK_FILE = "lock"  # the name of the lock file in a workspace


class Lock:
    """A lock that this process holds until it is released or the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Release the lock and remove its file."""
        with suppress(
            OSError
        ):  # before the lock is released, so that no newer file is removed; Windows keeps an open file
            self._path.unlink()
        os.close(self._handle)


def try_lock(path: Path) -> Lock | None:
    """Lock the file `path`, which is created if it is missing. Returns None while another process holds it.

    Raises OSError if the file cannot be created, or the file system has no locks.
    """
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(handle)
            if os.path.samestat(path.stat(), os.fstat(handle)):
                return Lock(path, handle)
        except BlockingIOError:
            os.close(handle)
            return None
        except FileNotFoundError:  # the process that held it has removed the file
            pass
        except OSError:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises BlockingIOError if another process holds the lock, another OSError if there are no locks."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # Windows only

        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error
    else:
        import fcntl  # noqa: PLC0415  # not on Windows

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def exclusive(path: Path, waiting: Callable[[], object]) -> Iterator[None]:
    """Hold the lock `path`. While another process holds it, call `waiting` once and wait.

    On a file system without locks this does not wait.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    held = _try_quietly(path)
    if held is _TAKEN:
        waiting()
    while held is _TAKEN:
        time.sleep(_LOOK)
        held = _try_quietly(path)
    try:
        yield
    finally:
        if isinstance(held, Lock):
            held.release()


_TAKEN = object()


def remove_stale_locks(folder: Path) -> None:
    """Remove the lock files in a folder whose processes have ended."""
    with suppress(OSError):
        for path in folder.iterdir():
            held = _try_quietly(path)
            if isinstance(held, Lock):
                held.release()


def _try_quietly(path: Path) -> object:
    """The lock; `_TAKEN` if another process holds it; None if nothing can be locked here."""
    try:
        return try_lock(path) or _TAKEN
    except OSError:
        return None


class Workspace:
    """A folder for this process's unfinished files. Other processes leave it alone while this one lives.

    It is created in `folder` under a unique name that follows `pattern`; with `parents`, `folder` is created too.
    Raises OSError.
    """

    def __init__(self, folder: Path, pattern: str = "{}", *, parents: bool = False) -> None:
        while True:
            self.path = folder / pattern.format(secrets.token_hex(8))
            self.path.mkdir(parents=parents)
            try:
                self._lock = try_lock(self.path / _LOCK_FILE)
            except FileNotFoundError:
                continue  # another process removed it before it was locked
            except OSError:  # no locks here: the age decides
                self._lock = None
                return
            if self._lock is not None:  # otherwise another process is just removing it
                return

    def close(self) -> None:
        """Remove the folder and everything in it."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        shutil.rmtree(self.path, ignore_errors=True)


def remove_abandoned(workspaces: Iterable[Path]) -> int:
    """Remove the workspaces whose processes have ended. Returns the number of bytes freed."""
    return sum(_remove_if_abandoned(workspace) for workspace in workspaces)


def _remove_if_abandoned(workspace: Path) -> int:
    lock_file = workspace / _LOCK_FILE
    held = _try_quietly(lock_file) if lock_file.exists() else None
    if held is _TAKEN or (held is None and not _is_stale(workspace)):
        return 0
    size = _size(workspace)
    if workspace.is_dir():
        shutil.rmtree(workspace, ignore_errors=True)
    else:
        with suppress(OSError):
            workspace.unlink()
    if isinstance(held, Lock):
        held.release()
    return size


def _is_stale(workspace: Path) -> bool:
    """Whether the workspace is so old that it must have been left behind."""
    try:
        return time.time() - workspace.stat().st_mtime > _STALE
    except OSError:
        return False


def _size(folder: Path) -> int:
    total = 0
    for path in (folder, *folder.rglob("*")):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total
