"""The files of the cache: a checked head, a few facts about the entry (the meta), and the payload.

Whatever is damaged, truncated or of another format is told from what is whole: a CRC-32 stands over head and meta, and
another over the payload. Only `cache` uses this.
"""

import errno
import io
import json
import os
import struct
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from audiobook.runtime import files

try:
    # The same CRC as zlib's in a fraction of the time: every take is checked twice. ISA-L is as quick, but leaves the
    # upper halves of the vector registers in use, which makes scalar code in the same thread (LAME, espeak-ng) two to
    # three times slower.
    from zlib_ng.zlib_ng import crc32
except ImportError:  # no wheel for this machine
    from zlib import crc32

Meta = Mapping[str, int | float | str]

_MAGIC = b"fullcst1"
_HEAD = struct.Struct("<8sIQI")  # magic, meta bytes, payload bytes, CRC-32 of the payload
_HEAD_CHECK = struct.Struct("<I")  # CRC-32 of the head and the meta
_META_AT = _HEAD.size + _HEAD_CHECK.size
_PEEK = 512  # bytes read at once to get the head and the meta
_MOST_META = 1 << 20  # bytes; a larger meta means damage
_TRIES = 5  # while something else keeps deleting the folder


def write(path: str, payload: bytes | memoryview, meta: Meta, *, read_once: bool = False) -> None:
    """Write an entry to a new file, whole or not at all. A `read_once` entry leaves the page cache. Raises OSError."""
    front = _front(payload, meta)
    try:
        with _created(path) as file:
            for part in (front, payload):
                rest = memoryview(part).cast("B")
                while rest:
                    rest = rest[file.write(rest) :]
            if read_once:
                files.drop_page_cache(file)
    except OSError:
        with suppress(OSError):
            Path(path).unlink()
        raise


def move(draft: Path | str, target: str) -> None:
    """Move an entry into its place. Raises OSError; FileNotFoundError if the draft is gone."""
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):  # usually the first entry in this folder
            os.replace(draft, target)  # noqa: PTH105  # a third of the cost of Path.replace, once a take
            return
        Path(target).parent.mkdir(parents=True, exist_ok=True)
    os.replace(draft, target)  # noqa: PTH105  # likewise


def read(file: BinaryIO, *, whole: bool) -> tuple[Meta, bytes] | None:
    """The (meta, payload) of an open entry, or None if it is damaged. Without `whole`, the payload is not read.

    Raises OSError.
    """
    try:
        return _read(file, whole=whole)
    except (EOFError, ValueError, RecursionError):
        return None
    except OSError as error:
        if error.errno == errno.EIO:  # the disk cannot read it
            return None
        raise


@dataclass(frozen=True, slots=True)
class EntryFile:
    """An entry as its folder lists it."""

    path: str
    size: int  # bytes of the file
    last_used: float  # seconds since 1970

    def remove(self) -> int:
        """Remove the file. Returns the number of bytes freed. Raises OSError."""
        try:
            os.unlink(self.path)  # noqa: PTH108  # it is text already
        except FileNotFoundError:  # another process removed it first
            return 0
        return self.size


def entry_files(folder: Path) -> Iterator[EntryFile]:
    """The entries in the subfolders of a folder. Raises OSError if they cannot be listed."""
    for fan in list(scan(folder)):
        if fan.is_dir(follow_symlinks=False):
            for entry in scan(Path(fan.path)):
                with suppress(FileNotFoundError):  # another process removed it
                    status = entry.stat()
                    yield EntryFile(entry.path, status.st_size, status.st_mtime)


def scan(folder: Path) -> Iterator[os.DirEntry[str]]:
    """List a folder; a missing one is empty. Raises OSError."""
    try:
        with os.scandir(folder) as entries:
            yield from entries
    except (FileNotFoundError, NotADirectoryError):
        return


def _read(file: BinaryIO, *, whole: bool) -> tuple[Meta, bytes] | None:
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
    if _HEAD_CHECK.unpack_from(start, _HEAD.size)[0] != crc32(facts, crc32(start[: _HEAD.size])):
        return None
    meta = json.loads(facts)
    if not isinstance(meta, dict):
        return None
    if not whole:
        return meta, b""
    file.seek(payload_at)  # reads some bytes again, so that the payload is one object and is not copied
    payload = _read_exactly(file, size)
    return (meta, payload) if crc32(payload) == checksum else None


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


def _front(payload: bytes | memoryview, meta: Meta) -> bytes:
    """The head and the meta: all that comes before the payload."""
    facts = json.dumps(dict(meta), separators=(",", ":")).encode()
    size = payload.nbytes if isinstance(payload, memoryview) else len(payload)
    head = _HEAD.pack(_MAGIC, len(facts), size, crc32(payload))
    check = _HEAD_CHECK.pack(crc32(facts, crc32(head)))
    return head + check + facts


def _created(path: str) -> io.FileIO:
    for _ in range(_TRIES):
        with suppress(FileNotFoundError):  # something deletes the cache
            return io.FileIO(path, "xb")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    return io.FileIO(path, "xb")
