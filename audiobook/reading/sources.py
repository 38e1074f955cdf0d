"""Opening a file the user named: its bytes, bounded, or one clear sentence on why not."""

import difflib
import hashlib
from pathlib import Path

from audiobook.errors import BookError

MAX_BYTES = 256 * 2**20  # a book full of pictures is smaller
MAX_TEXT = 64 * 2**20  # the longest novels are under 20 MB
_CHUNK = 1024 * 1024


def check_readable(path: Path, largest: int = MAX_BYTES) -> None:
    """Raises BookError unless `path` is a file of a sensible size; a missing file's hint names its neighbours."""
    try:
        there = path.exists()
    except OSError as error:  # the name is too long, or a folder above may not be looked into
        raise _unreadable(path, error) from error
    if not there:
        raise BookError("there is no such file", where=str(path), hint=_near_names(path))
    if path.is_dir():
        raise BookError("this is a folder, not a book", where=str(path), hint="name the book's file inside it")
    if not path.is_file():
        raise BookError("this is not an ordinary file", where=str(path), hint="save the book to a file first")
    size = path.stat().st_size
    if size == 0:
        raise BookError("the file is empty", where=str(path), hint="was its download or copy cut off?")
    if size > largest:
        raise BookError(
            f"the file is too large to be a book ({size // 2**20} MB; at most {largest // 2**20} MB are read)",
            where=str(path),
            hint="split it into volumes",
        )


def read_text_bytes(path: Path) -> bytes:
    """The bytes of a text file. Raises BookError where it cannot be read, or is larger than any text."""
    check_readable(path, MAX_TEXT)
    return read_head(path, MAX_TEXT)


def read_head(path: Path, length: int) -> bytes:
    """The first bytes of a file. Raises BookError where it cannot be read."""
    check_readable(path)
    try:
        with path.open("rb") as file:
            return file.read(length)
    except OSError as error:
        raise _unreadable(path, error) from error


def read_ends(path: Path, length: int) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file, none of them twice. Raises BookError where it cannot be read."""
    head = read_head(path, length)
    try:
        with path.open("rb") as file:
            file.seek(max(len(head), path.stat().st_size - length))
            return head, file.read(length)
    except OSError as error:
        raise _unreadable(path, error) from error


def digest(path: Path) -> str:
    """A hash of the file's content, for cache keys: the same bytes give the same digest, whatever the name.

    Reads in pieces, about a gigabyte a second. Raises BookError where the file cannot be read.
    """
    check_readable(path)
    hashed = hashlib.blake2b(digest_size=20)
    try:
        with path.open("rb") as file:
            while piece := file.read(_CHUNK):
                hashed.update(piece)
    except OSError as error:
        raise _unreadable(path, error) from error
    return hashed.hexdigest()


def _unreadable(path: Path, error: OSError) -> BookError:
    reason = (error.strerror or type(error).__name__).lower()
    return BookError(f"the file cannot be read: {reason}", where=str(path), hint="check its permissions")


def _near_names(path: Path) -> str:
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.is_file()]
    except OSError:
        return f"there is no folder {path.parent} either"
    by_folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(path.name.casefold(), by_folded, n=3, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(by_folded[name] for name in near) + "?"
    return f"look at the name again; the folder read was {path.parent.resolve()}"
