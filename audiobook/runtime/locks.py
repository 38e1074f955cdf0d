"""Claims: what a process has under way, known to other processes, and at an end with it however it ends.

A claim is a lock on an empty file. The system takes the lock back when the process dies, so nobody guesses from a date
whether what lies about is a ruin or still being made. Where the file system has no locks, dates have to do.
"""

import os
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STALE = 24 * 3600.0  # seconds after which a workspace counts as left behind, where nobody can know
_LOOK = 0.1  # seconds between two tries to get a claim that another process has
_SIGN = "claim"  # the claim's file on a workspace


class Lock:
    """This process's claim, until it is released or the process ends."""

    def __init__(self, path: Path, handle: int) -> None:
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """End the claim and take its file away."""
        with suppress(OSError):  # while it is still ours: a later one of that name is not; Windows takes no open file
            self._path.unlink()
        os.close(self._handle)


def try_lock(path: Path) -> Lock | None:
    """The claim that the file `path` stands for, made where it is missing; None while another process has it.

    Raises OSError where there can be no such file, or no lock on it.
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
        except FileNotFoundError:  # whoever had it took its file away
            pass
        except OSError:
            os.close(handle)
            raise
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises BlockingIOError where another has the lock, another OSError where there are none."""
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
    """Hold the claim `path`; while another process has it, call `waiting` once and wait.

    Where nothing can be claimed, nobody waits.
    """
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    held = _tried(path)
    if held is _TAKEN:
        waiting()
    while held is _TAKEN:
        time.sleep(_LOOK)
        held = _tried(path)
    try:
        yield
    finally:
        if isinstance(held, Lock):
            held.release()


_TAKEN = object()


def remove_stale_locks(folder: Path) -> None:
    """Take away the claims in a folder whose processes are gone."""
    with suppress(OSError):
        for path in folder.iterdir():
            held = _tried(path)
            if isinstance(held, Lock):
                held.release()


def _tried(path: Path) -> object:
    """The claim; `_TAKEN` where another has it; None where it cannot be had at all."""
    try:
        return try_lock(path) or _TAKEN
    except OSError:
        return None


class Workspace:
    """A folder for what this process is making, which others leave alone while the process lives.

    It gets a name of its own in `folder`, made after `pattern`; with `parents`, `folder` is made too. Raises OSError.
    """

    def __init__(self, folder: Path, pattern: str = "{}", *, parents: bool = False) -> None:
        while True:
            self.path = folder / pattern.format(secrets.token_hex(8))
            self.path.mkdir(parents=parents)
            try:
                self._lock_key = try_lock(self.path / _SIGN)
            except FileNotFoundError:
                continue  # somebody cleared it away before it was claimed
            except OSError:  # no locks here: its date has to do
                self._lock_key = None
                return
            if self._lock_key is not None:  # else somebody is just clearing it away
                return

    def close(self) -> None:
        """Remove the folder and whatever is left on it."""
        if self._lock_key is not None:
            self._lock_key.release()
            self._lock_key = None
        shutil.rmtree(self.path, ignore_errors=True)


def remove_abandoned(workspaces: Iterable[Path]) -> int:
    """Remove the workspaces whose processes are gone; gives the bytes that were freed."""
    return sum(_cleared(workspace) for workspace in workspaces)


def _cleared(workspace: Path) -> int:
    sign = workspace / _SIGN
    held = _tried(sign) if sign.exists() else None
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
    """Whether it is so old that it must have been left behind."""
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
