"""The cache folder: finished work, found again by a key that is made of everything that shaped it.

Entries are written beside their place and moved into it, so that a reader in any process sees a whole entry or none.
A damaged entry counts as missing and is removed when it is found. The folder may be deleted at any time: a running
build makes again what it still needs.

    <cache>/v2/takes/3f/3f9c…    kind, the key's first two digits, the key
    <cache>/v2/drafts/5d0e…/     a workspace: entries that one process is writing, locked while it lives
    <cache>/v2/locks/81aa…       locks on work that one process at a time may do
"""

import contextlib
import errno
import hashlib
import os
import re
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args
from uuid import uuid4

from audiobook.errors import DeliveryError
from audiobook.runtime import cache_record, files, locks
from audiobook.runtime.cache_record import Meta
from audiobook.runtime.user_folders import CACHE_VARIABLE, cache_folder

Kind = Literal["takes", "segments", "levels", "scripts", "phrases", "covers", "results", "timelines", "plans"]

VERSION = "v2"  # of the folder's layout and the files' format; another version is another folder

_KINDS: tuple[str, ...] = get_args(Kind)
_KEY = re.compile(r"[0-9a-f]{8,128}")
_READ_ONCE = {"takes"}  # read once in a build and rarely again: dropped from the page cache
_DRAFTS, _LOCKS = "drafts", "locks"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DAY = 86_400  # seconds
_HOUR = 3_600  # seconds
_TRIES = 5  # to save an entry while something else keeps deleting the folder


class EntryGoneError(DeliveryError):
    """An entry has left the cache, or was damaged, since it was last seen. It can be made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindUsage:
    """How much the cache holds of one kind."""

    entries: int
    size: int  # bytes


class Cache:
    """A content-addressed store, safe to share between processes; by default in the user's cache folder.

    The environment variable AUDIOBOOK_CACHE names another folder. Nothing is created before something is saved, except
    a folder for temporary files that stands in for a home folder.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = (root or cache_folder()).absolute()
        self._base = self.root / VERSION
        self._workspace: locks.Workspace | None = None
        self._opening = threading.Lock()

    def path(self, kind: Kind, key: str) -> Path:
        """The path of an entry, present or not. Raises ValueError unless the key is lower-case hexadecimal."""
        return Path(self._path_text(kind, key))

    def _path_text(self, kind: Kind, key: str) -> str:
        """The same as text: creating a Path takes longer than opening the file."""
        if kind not in _KINDS:
            raise ValueError(f"the cache keeps {', '.join(_KINDS)}, not {kind!r}")
        if not _KEY.fullmatch(key):
            raise ValueError(f"a key is 8 to 128 lower-case hexadecimal digits, not {key!r}")
        return f"{self._base}/{kind}/{key[:2]}/{key}"

    def peek(self, kind: Kind, key: str, *, verify_cache: bool = False) -> Meta | None:
        """The meta of an entry, or None if it is missing. Cheap: the payload's size is checked, not its content.

        With `verify_cache`, the payload is read too, and a damaged entry is removed.
        """
        seen = self._read(kind, key, whole=verify_cache)
        return None if seen is None else seen[0]

    def load(self, kind: Kind, key: str) -> tuple[Meta, bytes] | None:
        """The meta and payload of an entry, verified by checksum; None if it is missing or damaged."""
        return self._read(kind, key, whole=True)

    def get_or_raise(self, kind: Kind, key: str) -> tuple[Meta, bytes]:
        """As `load`, of an entry that was there when it was last seen. Raises EntryGoneError if it is not."""
        found = self.load(kind, key)
        if found is None:
            raise _gone(self.path(kind, key))
        return found

    def _read(self, kind: Kind, key: str, *, whole: bool) -> tuple[Meta, bytes] | None:
        place = self._path_text(kind, key)
        try:
            with open(place, "rb", buffering=0) as file:  # noqa: PTH123  # likewise
                status = os.fstat(file.fileno())
                seen = cache_record.read(file, whole=whole)
                if whole and kind in _READ_ONCE:
                    files.drop_page_cache(file)
        except OSError:
            return None
        if seen is None:
            _remove_damaged(Path(place), status)
        else:
            _mark_used(place, status.st_mtime)
        return seen

    def save(self, kind: Kind, key: str, payload: bytes | memoryview, meta: Meta) -> Path:
        """Save an entry, in place of an older one with that key. Returns its path.

        Raises DeliveryError, in one sentence, where the folder cannot be written or the disk is full.
        """
        for _ in range(_TRIES - 1):
            with contextlib.suppress(EntryGoneError):
                self.publish(kind, key, self.draft(payload, meta))
                return self.path(kind, key)
        self.publish(kind, key, self.draft(payload, meta))
        return self.path(kind, key)

    def workspace(self) -> Path:
        """The folder for this process's drafts, kept from other processes while it lives. Raises DeliveryError."""
        with self._opening:
            if self._workspace is None:
                try:
                    self._workspace = locks.Workspace(self._base / _DRAFTS, parents=True)
                except OSError as error:
                    raise _cannot_write(self.root, error) from error
                weakref.finalize(self, self._workspace.close)
            return self._workspace.path

    def close_workspace(self) -> None:
        """Remove the workspace and the drafts left in it."""
        with self._opening:
            if self._workspace is not None:
                self._workspace.close()
                self._workspace = None

    def draft(self, payload: bytes | memoryview, meta: Meta) -> Path:
        """Write an entry whole, but outside the cache: `publish` moves it in. Raises DeliveryError.

        A worker process drafts and its parent publishes, so that sound crosses no pipe and one process decides.
        """
        return Path(draft_in(str(self.workspace()), payload, meta))

    def publish(self, kind: Kind, key: str, draft: Path | str) -> None:
        """Move a draft into its place. Raises DeliveryError, or EntryGoneError if the draft is gone."""
        target = self._path_text(kind, key)
        try:
            cache_record.move(draft, target)
        except FileNotFoundError as error:
            raise _gone(Path(draft)) from error
        except OSError as error:
            with contextlib.suppress(OSError):
                Path(draft).unlink()
            if self.peek(kind, key) is None:  # else another process put it there and, on Windows, has it open
                raise _cannot_write(self.root, error) from error

    def exclusive(self, key: str, waiting: Callable[[], object]) -> AbstractContextManager[None]:
        """Hold the lock that `key` names. While another process holds it, call `waiting` once and wait."""
        return locks.exclusive(self._base / _LOCKS / key, waiting)

    def remove(self, kind: Kind, key: str) -> None:
        """Remove an entry if it is there, so that it is made again. Raises DeliveryError."""
        try:
            self.path(kind, key).unlink(missing_ok=True)
        except OSError as error:
            raise _cannot_write(self.root, error) from error

    def usage(self) -> dict[Kind, KindUsage]:
        """The number and total size of the entries, by kind. Raises DeliveryError."""
        held: dict[Kind, KindUsage] = {}
        for kind in get_args(Kind):
            found = self._entry_files(kind)
            held[kind] = KindUsage(entries=len(found), size=sum(entry.size for entry in found))
        return held

    def prune(self, *, older_than: float | None = None, to_size: int | None = None, everything: bool = False) -> int:
        """Remove what was last used more than `older_than` days ago, then the least recently used down to `to_size`
        bytes, or everything; what killed processes left, always. Returns the bytes freed.

        What was used today stays, whatever `older_than` says: a build may be at it. Raises DeliveryError where the
        folder cannot be read, or nothing in it removed.
        """
        freed = self.sweep()
        locks.remove_stale_locks(self._base / _LOCKS)
        since = time.time() - max(older_than, 1) * _DAY if older_than is not None else 0.0
        found = sorted(self._entry_files(*_KINDS), key=lambda entry: entry.last_used)
        total = sum(entry.size for entry in found)
        failure: OSError | None = None
        for entry in found:
            if everything or entry.last_used < since or (to_size is not None and total > to_size):
                try:
                    freed += entry.remove()
                    total -= entry.size
                except OSError as error:  # on Windows, another process has it open
                    failure = error
        if failure is not None and not freed:
            raise _cannot_write(self.root, failure) from failure
        return freed

    def _entry_files(self, *kinds: str) -> list[cache_record.EntryFile]:
        try:
            return [entry for kind in kinds for entry in cache_record.entry_files(self._base / kind)]
        except OSError as error:
            raise DeliveryError(
                f"the cache folder cannot be read: {(error.strerror or str(error)).lower()}",
                where=str(self.root),
                hint=f"allow reading it, or set {CACHE_VARIABLE} to another folder",
            ) from error

    def sweep(self) -> int:
        """Remove what killed processes left half-written. Returns the number of bytes freed."""
        try:
            return locks.remove_abandoned([Path(entry.path) for entry in cache_record.scan(self._base / _DRAFTS)])
        except OSError:  # the folder cannot be read
            return 0


def key_of(*shaped_by: object) -> str:
    """The key of an entry shaped by exactly these values: 40 hexadecimal digits that change when a `repr` does."""
    return hashlib.blake2b(repr(shaped_by).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def draft_in(workspace: str, payload: bytes | memoryview, meta: Meta, *, read_once: bool = False) -> str:
    """As `Cache.draft`, in the workspace of a cache that may belong to another process.

    A `read_once` entry leaves the page cache. Paths are text, as they go from process to process. Raises DeliveryError.
    """
    path = f"{workspace}/{uuid4().hex}"
    try:
        cache_record.write(path, payload, meta, read_once=read_once)
    except OSError as error:
        raise _cannot_write(Path(workspace).parents[2], error) from error
    return path


def _cannot_write(root: Path, error: OSError) -> DeliveryError:
    return DeliveryError(
        f"the cache folder cannot be written: {(error.strerror or str(error)).lower()}",
        where=str(root),
        hint=f"make room with: audiobook cache --prune 30d, or set {CACHE_VARIABLE} to a folder on another disk"
        if error.errno in _FULL
        else f"make it writable, or set {CACHE_VARIABLE} to a folder that is",
    )


def _gone(path: Path) -> EntryGoneError:
    return EntryGoneError(
        "finished work is gone from the cache folder, or damaged",
        where=str(path),
        hint="build again, and leave the cache folder alone meanwhile: what is left is not made twice",
    )


def _remove_damaged(path: Path, status: os.stat_result) -> None:
    """Remove a damaged entry, which `peek` would take for whole. A newer file of that name stays."""
    with contextlib.suppress(OSError):
        if os.path.samestat(path.stat(), status):
            path.unlink()


def _mark_used(place: str, last_used: float) -> None:
    """Note the time of the last use, to the hour: pruning needs no better, and most uses then cost nothing."""
    if abs(time.time() - last_used) > _HOUR:  # also if the date is in the future, by a wrong clock
        with contextlib.suppress(OSError):
            os.utime(place)
