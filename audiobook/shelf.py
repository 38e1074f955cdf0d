"""The only keeper of the cache folder: finished pieces of work, found again by what they were made of.

A piece is a file with a checked head, a few facts about it (the meta) and the payload. Pieces are written beside and
moved into place, so that a reader, in this process or another, sees a whole piece or none; whatever is damaged,
truncated or of another version counts as missing. Nothing here is precious: the folder may be
deleted at any time.

    <cache>/v1/takes/3f/3f9c…    kind, the key's first two digits, the key
    <cache>/v1/drafts/           pieces being written
"""

import contextlib
import hashlib
import io
import json
import os
import re
import struct
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, get_args
from uuid import uuid4

from audiobook.errors import AudiobookError, DeliveryError

Kind = Literal["takes", "prints", "levels", "scripts", "covers", "editions"]
Meta = Mapping[str, int | float | str]

CACHE_VARIABLE = "AUDIOBOOK_CACHE"
VERSION = "v1"  # of the folder's layout and the files' format; another version is another folder

_KINDS: tuple[str, ...] = get_args(Kind)
_KEY = re.compile(r"[0-9a-f]{8,128}")
_MAGIC = b"fullcst1"
_HEAD = struct.Struct("<8sIQI")  # magic, meta bytes, payload bytes, CRC-32 of the payload
_HEAD_CHECK = struct.Struct("<I")  # CRC-32 of the head and the meta
_META_AT = _HEAD.size + _HEAD_CHECK.size
_PEEK = 512  # bytes read to see head and meta at once
_MOST_META = 1 << 20  # bytes; more is damage
_DAY = 86_400  # seconds
_STRAY = 3_600  # seconds after which a draft belongs to nobody


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What the shelf holds of one kind."""

    pieces: int
    size: int  # bytes


class Shelf:
    """A content-addressed store, safe to share between processes; by default in the user's cache folder.

    The environment variable AUDIOBOOK_CACHE names another folder. Nothing is created before something is saved.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = (root or _default_root()).absolute()
        self._base = self.root / VERSION

    def path(self, kind: Kind, key: str) -> Path:
        """Where the piece is kept, whether it is there or not. Raises ValueError unless the key is lower-case hex."""
        if kind not in _KINDS:
            raise ValueError(f"the shelf keeps {', '.join(_KINDS)}, not {kind!r}")
        if not _KEY.fullmatch(key):
            raise ValueError(f"a key is 8 to 128 lower-case hexadecimal digits, not {key!r}")
        return Path(f"{self._base}/{kind}/{key[:2]}/{key}")

    def glance(self, kind: Kind, key: str) -> Meta | None:
        """The piece's meta, or None where it is missing. Cheap: the payload's size is checked, its content is not."""
        seen = self._read(kind, key, whole=False)
        return None if seen is None else seen[0]

    def load(self, kind: Kind, key: str) -> tuple[Meta, bytes] | None:
        """The piece's meta and payload, verified by checksum; None where it is missing or damaged."""
        return self._read(kind, key, whole=True)

    def _read(self, kind: Kind, key: str, *, whole: bool) -> tuple[Meta, bytes] | None:
        path = self.path(kind, key)
        try:
            with path.open("rb", buffering=0) as file:
                seen = _read_piece(file, whole=whole)
                if seen is not None:
                    _mark_used(path, os.fstat(file.fileno()).st_mtime)
                return seen
        except (OSError, EOFError):
            return None

    def save(self, kind: Kind, key: str, payload: bytes | memoryview, meta: Meta) -> Path:
        """Put a piece on the shelf, over an older one of that key; returns its path.

        Raises DeliveryError, in one sentence, where the folder cannot be written or the disk is full.
        """
        return self.publish(kind, key, self.draft(payload, meta))

    def draft(self, payload: bytes | memoryview, meta: Meta) -> Path:
        """A piece written out whole but not yet on the shelf: whoever gets the path publishes it. Raises DeliveryError.

        A worker process drafts and its parent publishes, so that sound crosses no pipe and one process decides.
        """
        content = memoryview(b"".join((_head(payload, meta), payload)))  # one write is cheaper than two
        path = self._base / "drafts" / uuid4().hex
        try:
            with _created(path) as file:
                while content:
                    content = content[file.write(content) :]
        except OSError as error:
            with contextlib.suppress(OSError):
                path.unlink()
            raise self._cannot_write(error) from error
        return path

    def publish(self, kind: Kind, key: str, draft: Path) -> Path:
        """Move a draft into its place; returns the place. Raises DeliveryError."""
        target = self.path(kind, key)
        try:
            _move(draft, target)
        except OSError as error:
            draft.unlink(missing_ok=True)
            if self.glance(kind, key) is None:  # else somebody put the same piece there and, on Windows, has it open
                raise self._cannot_write(error) from error
        return target

    def _cannot_write(self, error: OSError) -> AudiobookError:
        return DeliveryError(
            f"the cache folder cannot be written: {error.strerror or error}",
            where=str(self.root),
            hint=f"make room with: audiobook shelf --prune, or set {CACHE_VARIABLE} to a folder on another disk",
        )

    def usage(self) -> dict[Kind, Holding]:
        """How many pieces of every kind there are, and how large they are together."""
        held: dict[Kind, Holding] = {}
        for kind in get_args(Kind):
            sizes = [_size(entry) for entry in _entries(self._base / kind)]
            held[kind] = Holding(pieces=len(sizes), size=sum(sizes))
        return held

    def prune(self, *, older_than: float | None = None, to_size: int | None = None, everything: bool = False) -> int:
        """Remove what was last used more than `older_than` days ago, then the least recently used down to `to_size`
        bytes, or everything; stray drafts always. Returns the bytes freed.
        """
        now = time.time()
        freed = self.sweep(older_than=0 if everything else _STRAY)
        pieces = sorted((e for kind in _KINDS for e in _entries(self._base / kind)), key=_last_used)
        total = sum(map(_size, pieces))
        for entry in pieces:
            too_old = older_than is not None and now - _last_used(entry) > older_than * _DAY
            too_much = to_size is not None and total > to_size
            if everything or too_old or too_much:
                size = _remove(entry)
                freed, total = freed + size, total - size
        return freed

    def sweep(self, *, older_than: float = _STRAY) -> int:
        """Remove the drafts of processes that were killed, by default those of an hour ago; returns the bytes freed."""
        now = time.time()
        strays = [entry for entry in _scan(self._base / "drafts") if now - _last_used(entry) >= older_than]
        return sum(map(_remove, strays))


def key_of(*shaped_by: object) -> str:
    """The key of a piece made of exactly these values: 40 hexadecimal digits that change when one's `repr` does."""
    return hashlib.blake2b(repr(shaped_by).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _default_root() -> Path:
    if named := os.environ.get(CACHE_VARIABLE):
        return Path(named).expanduser()
    import platformdirs  # noqa: PLC0415  # --help needs no cache folder

    return platformdirs.user_cache_path("audiobook", appauthor=False)


def _head(payload: bytes | memoryview, meta: Meta) -> bytes:
    facts = json.dumps(dict(meta), separators=(",", ":")).encode()
    size = payload.nbytes if isinstance(payload, memoryview) else len(payload)
    head = _HEAD.pack(_MAGIC, len(facts), size, zlib.crc32(payload))
    return head + _HEAD_CHECK.pack(zlib.crc32(facts, zlib.crc32(head))) + facts


def _read_piece(file: BinaryIO, *, whole: bool) -> tuple[Meta, bytes] | None:
    """(meta, payload or nothing) of an open piece; None where it is damaged."""
    start = file.read(_PEEK)
    if len(start) < _META_AT:
        return None
    magic, meta_size, size, checksum = _HEAD.unpack_from(start)
    if magic != _MAGIC or meta_size > _MOST_META or os.fstat(file.fileno()).st_size != _META_AT + meta_size + size:
        return None
    payload_at = _META_AT + meta_size
    if payload_at > _PEEK:
        start += _read_exactly(file, payload_at - _PEEK)
    facts = start[_META_AT:payload_at]
    if _HEAD_CHECK.unpack_from(start, _HEAD.size)[0] != zlib.crc32(facts, zlib.crc32(start[: _HEAD.size])):
        return None
    meta: Meta = json.loads(facts)
    if not whole:
        return meta, b""
    payload = start[payload_at:] + _read_exactly(file, size - len(start[payload_at:]))
    return (meta, payload) if zlib.crc32(payload) == checksum else None


def _read_exactly(file: BinaryIO, size: int) -> bytes:
    data = file.read(size)
    if len(data) == size:
        return data
    parts = [data]
    while (missing := size - sum(map(len, parts))) > 0:  # an unbuffered read may stop at 2 GiB, or at a signal
        part = file.read(missing)
        if not part:
            raise EOFError("the file became shorter while it was read")
        parts.append(part)
    return b"".join(parts)


def _created(path: Path) -> io.FileIO:
    try:
        return io.FileIO(path, "xb")
    except FileNotFoundError:  # the first piece ever, or somebody deleted the cache
        path.parent.mkdir(parents=True, exist_ok=True)
        return io.FileIO(path, "xb")


def _move(draft: Path, target: Path) -> None:
    try:
        os.replace(draft, target)  # noqa: PTH105  # a third of the cost of Path.replace, once a take
    except FileNotFoundError:  # mostly the first piece in this folder
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(draft, target)  # noqa: PTH105  # likewise


def _mark_used(path: Path, last_used: float) -> None:
    """Keep the date of the last use, to a day: pruning needs no better, and most uses then cost nothing."""
    if time.time() - last_used > _DAY:
        with contextlib.suppress(OSError):
            os.utime(path)


def _entries(kind_folder: Path) -> Iterator[os.DirEntry[str]]:
    for fan in list(_scan(kind_folder)):
        if fan.is_dir(follow_symlinks=False):
            yield from _scan(Path(fan.path))


def _scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except (FileNotFoundError, NotADirectoryError):
        return


def _last_used(entry: os.DirEntry[str]) -> float:
    try:
        return entry.stat().st_mtime
    except FileNotFoundError:  # another process removed it
        return 0.0


def _size(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat().st_size
    except FileNotFoundError:
        return 0


def _remove(entry: os.DirEntry[str]) -> int:
    size = _size(entry)
    try:
        os.unlink(entry.path)  # noqa: PTH108  # the entry has it as text
    except OSError:  # another process removed it first, or has it open on Windows
        return 0
    return size
