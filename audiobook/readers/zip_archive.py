"""The zip file that a book is: its members are read within limits, and never extracted to disk."""

import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from audiobook.errors import BookError
from audiobook.readers.sources import check_readable

_MAX_PICTURE = 48 * 2**20  # bytes
_MAX_TOTAL = 384 * 2**20  # bytes read from one book
_MAX_MEMBERS = 20_000
_MAX_DIRECTORY = 8 * 2**20  # bytes of the zip's table of members
_SUSPICIOUS_SIZE = 4 * 2**20  # a member larger than this …
_SUSPICIOUS_RATIO = 200  # … and packed tighter than this is a bomb: novels pack about 3 to 1
_END_RECORD = struct.Struct("<4s4H2LH")
_REACH = 66_000  # bytes from the end within which the end record lies
_AGAIN = "download or copy it again"
_FREE = "only books without copy protection can be read"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much the documents in a zip file may hold. The defaults are for the pages of an EPUB."""

    document: int = 16 * 2**20  # bytes of one document: a novel of two million words in one
    marks: int = 400_000  # tags and attributes of one document: each takes up to a kilobyte while it is read
    all_marks: int = 4_000_000  # of all documents


class Archive:
    """An open zip file. Raises BookError where it is no zip file, is damaged, encrypted or a bomb.

    `kind` names the format in messages: "EPUB", "Word document".
    """

    def __init__(self, path: Path, kind: str, limits: Limits | None = None) -> None:
        check_readable(path)
        self._kind = kind
        self._limits = limits or Limits()
        self.where = str(path)
        self._total = self._marks = 0
        self._check_directory(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise self.error(
                f"the {self._kind} is damaged or cut off: it cannot be opened as a zip file", hint=_AGAIN
            ) from error
        infos = self._zip.infolist()
        if len(infos) > _MAX_MEMBERS:
            self._zip.close()
            raise self.error(f"the {self._kind} holds {len(infos)} files, which no book does", hint=_AGAIN)
        self._members = {info.filename: info for info in infos}
        self._folded = {info.filename.replace("\\", "/").casefold(): info for info in infos}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def error(self, message: str, *, inside: str = "", hint: str | None = None) -> BookError:
        """A BookError about this file, or about a member of it."""
        return BookError(message, where=f"{self.where}, {inside}" if inside else self.where, hint=hint)

    def has(self, name: str) -> bool:
        """Whether there is such a member, whatever the case of its name."""
        return self._find(name) is not None

    def names(self) -> list[str]:
        """The names of the members, with slashes; some programs write backslashes."""
        return list(dict.fromkeys(name.replace("\\", "/") for name in self._members))

    def document(self, name: str) -> bytes | None:
        """A document's bytes; None where there is none. Raises BookError as `read`, and where it has too many tags."""
        data = self.read(name, self._limits.document)
        marks = data.count(b"<") + data.count(b"=") if data else 0
        self._marks += marks
        if marks > self._limits.marks or self._marks > self._limits.all_marks:
            raise self.error(f"the {self._kind} holds more tags than the text of any book", inside=name, hint=_AGAIN)
        return data

    def read(self, name: str, limit: int = _MAX_PICTURE) -> bytes | None:
        """A member's bytes; None where there is none. Raises BookError where it is damaged, encrypted or too large."""
        info = self._find(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise self.error(f"the {self._kind} is protected by a password", inside=name, hint=_FREE)
        try:
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except _DAMAGED as error:
            raise self.error(f"the {self._kind} is damaged or cut off inside", inside=name, hint=_AGAIN) from error
        self._total += len(data)
        packed_tight = len(data) > _SUSPICIOUS_SIZE and len(data) > _SUSPICIOUS_RATIO * max(info.compress_size, 1)
        if len(data) > limit or self._total > _MAX_TOTAL or packed_tight:
            raise self.error(
                f"the {self._kind} unpacks to far more than a book (a zip bomb?)", inside=name, hint=_AGAIN
            )
        return data

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        return self._members.get(name) or self._folded.get(name.casefold())

    def _check_directory(self, path: Path) -> None:
        """Refuse a table of members too large to be loaded, which zipfile would load whole."""
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - _REACH))
            tail = file.read(_REACH)
        at = tail.rfind(b"PK\x05\x06")
        record = tail[at : at + _END_RECORD.size]
        if at < 0 or len(record) < _END_RECORD.size:
            raise self.error(f"the {self._kind} is damaged or cut off: the end of its zip file is missing", hint=_AGAIN)
        directory = _END_RECORD.unpack(record)[5]
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        if directory == 0xFFFFFFFF and 0 <= wide <= len(tail) - 56:
            directory = struct.unpack_from("<Q", tail, wide + 40)[0]
        if directory > _MAX_DIRECTORY:
            raise self.error(f"the {self._kind} holds more files than any book does", hint=_AGAIN)
