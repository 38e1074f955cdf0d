"""The formats that are read: one table, chosen by what the file holds and then by its name.

A row makes a format whole: its files are recognised, listed, built, held against their source, and refused where they
are damaged. To add a format, write a module that reads it and add a row to `FORMATS`; nothing else names a format.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audiobook.errors import BookError
from audiobook.model.book import Account, Book
from audiobook.readers import sources
from audiobook.readers.omissions import Document
from audiobook.readers.sources import read_head, read_text_bytes
from audiobook.readers.titles import title_from_name

Verdict = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A kind of book file. `read` and `documents` import their module when they are called."""

    name: str  # for people: "this is a PDF document, not NAME"
    suffixes: tuple[str, ...]  # small, with the dot; "" for files without one and for suffixes that are unknown
    signature: Callable[[bytes], Verdict]  # from a file's first bytes: "yes" whatever its name, "maybe" by its suffix
    read: Callable[[Path], Book]  # raises BookError with a hint for whatever is damaged
    documents: Callable[[Path], Iterable[Document]]  # the source's words, counted by the audit without the reader
    files: Callable[[Path], Iterable[Path]] = lambda path: (path,)  # all files that the book is read from


def decoded_text(path: Path) -> str:
    """The text of a file as offsets count in it: no byte order mark, line endings one newline.

    Raises BookError where the file cannot be read or is no text.
    """
    hint = f"read are {supported()}; save the book as one of these"
    return sources.decode(read_text_bytes(path), str(path), hint)


def whole_text(path: Path) -> tuple[Document]:
    """The only document of a file that is one text. Raises BookError as `decoded_text`."""
    return (Document(name="", text=decoded_text(path)),)


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
    from audiobook.readers.text import read_plain  # noqa: PLC0415  # each reader loads only when its format is met

    return read_plain(_book_text(path, _MOST_LINES), title_from_name(path), str(path))


def _read_markdown(path: Path) -> Book:
    from audiobook.readers.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(_book_text(path, _MOST_LINES_OF_MARKDOWN), title_from_name(path), str(path))


def _read_epub(path: Path) -> Book:
    from audiobook.readers.epub import read_epub  # noqa: PLC0415

    return read_epub(path, title_from_name(path))


def _epub_documents(path: Path) -> Iterable[Document]:
    from audiobook.readers.epub.documents import documents_in  # noqa: PLC0415

    return documents_in(path)


def _read_html(path: Path) -> Book:
    from audiobook.readers.html.book import read_html  # noqa: PLC0415

    return read_html(path, title_from_name(path))


def _html_documents(path: Path) -> Iterable[Document]:
    from audiobook.readers.html.book import documents_in  # noqa: PLC0415

    return documents_in(path)


def _html_files(path: Path) -> Iterable[Path]:
    from audiobook.readers.html.files import file_paths  # noqa: PLC0415

    return file_paths(path)


def _text_signature(_: bytes) -> Verdict:
    return "maybe"


def _html_signature(head: bytes) -> Verdict:
    if sources.name_kind(head):
        return "no"
    return "yes" if sources.is_web_page(head) else "maybe"


def _epub_signature(head: bytes) -> Verdict:
    if not head.startswith(b"PK"):
        return "no"
    return "yes" if _MIMETYPE in head else "maybe"


FORMATS = (
    Format(
        name="plain text",
        suffixes=(".txt", ".text", ""),
        signature=_text_signature,
        read=_read_plain,
        documents=whole_text,
    ),
    Format(
        name="Markdown",
        suffixes=(".md", ".markdown", ".mdown", ".mkd"),
        signature=_text_signature,
        read=_read_markdown,
        documents=whole_text,
    ),
    Format(
        name="HTML",
        suffixes=(".html", ".htm", ".xhtml"),
        signature=_html_signature,
        read=_read_html,
        documents=_html_documents,
        files=_html_files,
    ),
    Format(
        name="EPUB",
        suffixes=(".epub",),
        signature=_epub_signature,
        read=_read_epub,
        documents=_epub_documents,
    ),
)

# What books come in that is not read, and what to do about it.
_OTHERS = {
    ".pdf": "a PDF document", ".doc": "a Word document", ".docx": "a Word document", ".odt": "an OpenDocument text",
    ".rtf": "a Rich Text document", ".mobi": "a Kindle book", ".azw": "a Kindle book", ".azw3": "a Kindle book",
    ".kfx": "a Kindle book", ".fb2": "a FictionBook", ".djvu": "a DjVu document",
}  # fmt: skip


def supported() -> str:
    """The formats that are read, for people: their names, and their suffixes in brackets."""
    return ", ".join(f"{f.name} ({', '.join(filter(None, f.suffixes))})" for f in FORMATS)


def book_suffixes() -> tuple[str, ...]:
    """The suffixes of all formats, in the order of the table."""
    return tuple(suffix for form in FORMATS for suffix in form.suffixes if suffix)


def format_of(path: Path) -> Format:
    """The format of a file: by its first bytes where they tell, else by its suffix.

    Raises BookError for a file that is missing, empty, of a format that is not read, or not what its suffix says.
    """
    head = read_head(path, _HEAD)
    proved = next((form for form in FORMATS if form.signature(head) == "yes"), None)
    return proved or _checked(_named(path), head, path)


def _named(path: Path) -> Format:
    """The format by the suffix; where it is unknown, the one that takes files without a suffix."""
    suffix = path.suffix.casefold()
    named = next((form for form in FORMATS if suffix in form.suffixes), None)
    if named is None and suffix in _OTHERS:
        raise BookError(
            f"this is {_OTHERS[suffix]}, which is not read", where=str(path), hint=f"convert it; read are {supported()}"
        )
    return named or next(form for form in FORMATS if "" in form.suffixes)


def _checked(form: Format, head: bytes, path: Path) -> Format:
    """The format. Raises BookError where the file's first bytes are not of it."""
    if form.signature(head) == "no":
        kind = sources.name_kind(head) or "another kind of file"
        hint = f"download or copy it again; read are {supported()}"
        raise BookError(f"this is {kind}, not {form.name}", where=str(path), hint=hint)
    return form


def digest(path: Path) -> str:
    """A hash of the content of all files that a book is read from, for cache keys; names do not count.

    Raises BookError where a file cannot be read.
    """
    first, *others = (sources.digest(file) for file in format_of(path).files(path))
    return sources.join_digests(first, others) if others else first


def account_of(path: Path, book: Book) -> Account:
    """What became of every word of the file a book was read from. Raises BookError."""
    from audiobook.readers.audit import audit  # noqa: PLC0415  # a script that is in the cache needs none of it

    return audit(book, list(format_of(path).documents(path)))


def read_book(path: Path) -> Book:
    """The book in a file. Raises BookError, with where and the way out, for whatever cannot be read."""
    return format_of(path).read(path)


_HEAD = 1024  # bytes of a file that tell its format
_MOST_CHARACTERS = 32_000_000  # over five million words: the longest series in one file
_MOST_LINES = 1_000_000  # that say something; each takes half a kilobyte while it is read …
_MOST_LINES_OF_MARKDOWN = 300_000  # … and here, where parsed, three times that
_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_MIMETYPE = b"mimetypeapplication/epub+zip"
