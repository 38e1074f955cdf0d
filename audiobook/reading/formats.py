"""The formats that are read: one visible table, chosen by what the file holds and then by its name."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audiobook.book import Book
from audiobook.errors import BookError
from audiobook.reading import decoding
from audiobook.reading.sources import read_bytes
from audiobook.reading.wording import title_from_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of book file."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], Book]


def decoded_text(path: Path) -> str:
    """The text of a plain text or Markdown file as offsets count in it: no byte order mark, line endings one newline.

    Raises BookError where the file cannot be read or is no text.
    """
    return decoding.decode(read_bytes(path), str(path))


def _read_plain(path: Path) -> Book:
    from audiobook.reading.plain import read_plain  # noqa: PLC0415  # each reader loads only when its format is met

    return read_plain(decoded_text(path), title_from_name(path), str(path))


def _read_epub(path: Path) -> Book:
    from audiobook.reading.epub import read_epub  # noqa: PLC0415

    return read_epub(path, title_from_name(path))


FORMATS = (
    Format(name="plain text", suffixes=(".txt", ".text"), read=_read_plain),
    Format(name="EPUB", suffixes=(".epub",), read=_read_epub),
)


def read_book(path: Path) -> Book:
    """The book in a file. Raises BookError, with where and the way out, for whatever cannot be read."""
    if read_bytes(path, 4).startswith(b"PK"):
        return _read_epub(path)
    return _read_plain(path)
