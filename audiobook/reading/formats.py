"""The formats that are read: one visible table, chosen by what the file holds and then by its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from audiobook.account import Account
from audiobook.book import Book
from audiobook.errors import BookError
from audiobook.reading import decoding
from audiobook.reading.documents import Document
from audiobook.reading.sources import read_head, read_text_bytes
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
    return decoding.decode(read_text_bytes(path), str(path))


def _book_text(path: Path, most_lines: int) -> str:
    """The text of a book, of a length that can be analysed. Raises BookError where it is longer."""
    text = decoded_text(path)
    if len(text) > _MOST_CHARACTERS:
        raise _too_long(path, f"{len(text):,} characters", _MOST_CHARACTERS)
    if text.count("\n") > most_lines and (lines := sum(1 for _ in _LINE.finditer(text))) > most_lines:
        raise _too_long(path, f"{lines:,} lines", most_lines)
    return text


def _too_long(path: Path, length: str, most: int) -> BookError:
    return BookError(
        f"the text is too long: {length}; at most {most:,} are read", where=str(path), hint="split it into volumes"
    )


def _read_plain(path: Path) -> Book:
    from audiobook.reading.plain import read_plain  # noqa: PLC0415  # each reader loads only when its format is met

    return read_plain(_book_text(path, _MOST_LINES), title_from_name(path), str(path))


def _read_markdown(path: Path) -> Book:
    from audiobook.reading.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(_book_text(path, _MOST_LINES_OF_MARKDOWN), title_from_name(path), str(path))


def _read_epub(path: Path) -> Book:
    from audiobook.reading.epub import read_epub  # noqa: PLC0415

    return read_epub(path, title_from_name(path))


_PLAIN = Format(name="plain text", suffixes=(".txt", ".text", ""), read=_read_plain)
_MARKDOWN = Format(name="Markdown", suffixes=(".md", ".markdown", ".mdown", ".mkd"), read=_read_markdown)
_EPUB = Format(name="EPUB", suffixes=(".epub",), read=_read_epub)
FORMATS = (_PLAIN, _MARKDOWN, _EPUB)

# What books come in that is not read, and what to do about it.
_OTHERS = {
    ".pdf": "a PDF document", ".doc": "a Word document", ".docx": "a Word document", ".odt": "an OpenDocument text",
    ".rtf": "a Rich Text document", ".mobi": "a Kindle book", ".azw": "a Kindle book", ".azw3": "a Kindle book",
    ".kfx": "a Kindle book", ".fb2": "a FictionBook", ".djvu": "a DjVu document",
}  # fmt: skip


def supported() -> str:
    """The formats that are read, for people: "plain text (.txt, .text), Markdown (.md, …), EPUB (.epub)"."""
    return ", ".join(f"{f.name} ({', '.join(filter(None, f.suffixes))})" for f in FORMATS)


def format_of(path: Path) -> Format:
    """The format of a file, by its first bytes where they tell, else by its suffix; unknown suffixes may be plain text.

    Raises BookError for a file that is missing, empty, or of a format that is known not to be read.
    """
    head = read_head(path, _HEAD)
    suffix = path.suffix.casefold()
    if head.startswith(b"PK") and (suffix == ".epub" or _MIMETYPE in head):
        return _EPUB
    if suffix == ".epub":
        raise BookError(
            f"this is {decoding.looks_like(head) or 'no zip file'}, not an EPUB",
            where=str(path),
            hint="download or copy it again",
        )
    if suffix in _OTHERS:
        raise BookError(
            f"this is {_OTHERS[suffix]}, which is not read", where=str(path), hint=f"convert it; read are {supported()}"
        )
    return next((f for f in FORMATS if suffix in f.suffixes), _PLAIN)


def account_of(path: Path, book: Book) -> Account:
    """What became of every word of the file a book was read from. Raises BookError."""
    from audiobook.reading.auditing import audit  # noqa: PLC0415  # a script that is on the shelf needs none of it

    if format_of(path) is _EPUB:
        from audiobook.reading.epub.counting import documents_in  # noqa: PLC0415

        return audit(book, list(documents_in(path)))
    return audit(book, [Document(name="", text=decoded_text(path))])


def read_book(path: Path) -> Book:
    """The book in a file. Raises BookError, with where and the way out, for whatever cannot be read."""
    return format_of(path).read(path)


_HEAD = 128
_MOST_CHARACTERS = 32_000_000  # over five million words: the longest series in one file
_MOST_LINES = 1_000_000  # that say something; each takes half a kilobyte while it is read …
_MOST_LINES_OF_MARKDOWN = 300_000  # … and here, where parsed, three times that
_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_MIMETYPE = b"mimetypeapplication/epub+zip"
