"""The table of the formats that are read. The content of a file chooses its format, then its suffix.

A row makes a format complete: its files are recognised, listed, built, compared with their source, and refused where
they are damaged. No other module names a format. To add one:

1. Write a module or folder here with `read_NAME(text, fallback_title, where) -> Book` for a text format, or
   `read(path, fallback_title)` for another one. Give every paragraph its place in the source (`runs` or `span`).
   Add a `Skipped` with a reason for everything that is left out (`omissions.skip`). `assembling.lay_out` divides
   paragraphs into chapters, and `assembling.assemble` makes the book. What is marked up becomes HTML elements first:
   see readers/converted. Raise `BookError` with a hint for damaged files.
2. Add a row to `FORMATS` here. `documents` is `read_as_one_document` for a text format. For another one, `_read_with`
   and `_documents_with` name its module, which has `read(path, fallback_title)` and `read_documents(path)`. The latter
   extracts the source's text, and extracts it once more without the reader. A book of several files lists them in
   `files`.
3. Add a sample to `GOOD` in tests/readers/test_format_contract.py, whose tests then run over the format, golden cases,
   and a row to tools/fuzz. Add the suffixes to the tables in README.md and docs/formats.md.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Literal

from audiobook.errors import BookError
from audiobook.model.book import Book
from audiobook.readers import sources
from audiobook.readers.folding import fold_text
from audiobook.readers.omissions import Document
from audiobook.readers.sources import read_head, read_text_bytes
from audiobook.readers.titles import title_from_name

Verdict = Literal["yes", "no", "maybe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of book files. Its functions import the reader when they are called: only that reader is loaded."""

    name: str  # for people: "this is a PDF document, not NAME"
    suffixes: tuple[str, ...]  # in lower case, with the dot; "" for files without one and for suffixes that are unknown
    signature: Callable[[bytes], Verdict]  # from a file's first bytes: "yes" whatever its name, "maybe" by its suffix
    read: Callable[[Path], Book]  # raises BookError with a hint for whatever is damaged
    documents: Callable[[Path], Iterable[Document]]  # the source's words, counted by the audit without the reader
    files: Callable[[Path], Iterable[Path]] = lambda path: (path,)  # all files that the book is read from


def read_text(path: Path) -> str:
    """The text of a file, in which offsets are counted: folded, no byte order mark, each line ending one newline.

    Raises BookError where the file cannot be read or is no text.
    """
    hint = f"read are {describe_formats()}; save the book as one of these"
    return fold_text(sources.decode(read_text_bytes(path), str(path), hint))


def read_as_one_document(path: Path) -> tuple[Document]:
    """The only document of a file that is one text. Raises BookError as `read_text`."""
    return (Document(name="", text=read_text(path)),)


def _read_book_text(path: Path, most_lines: int) -> str:
    """The text of a book. Raises BookError where it is longer than can be analysed."""
    text = read_text(path)
    if len(text) > _MOST_CHARACTERS:
        raise _make_length_error(path, f"{len(text):,} characters", _MOST_CHARACTERS)
    if text.count("\n") > most_lines and (lines := sum(1 for _ in _LINE.finditer(text))) > most_lines:
        raise _make_length_error(path, f"{lines:,} lines", most_lines)
    return text


def _make_length_error(path: Path, length: str, most: int) -> BookError:
    return BookError(
        f"the text is too long: {length}; at most {most:,} are read", where=str(path), hint="split it into volumes"
    )


def _read_plain(path: Path) -> Book:
    from audiobook.readers.text import read_plain  # noqa: PLC0415  # each reader is loaded when its format is needed

    return read_plain(_read_book_text(path, _MOST_LINES), title_from_name(path), str(path))


def _read_markdown(path: Path) -> Book:
    from audiobook.readers.markdown import read_markdown  # noqa: PLC0415

    return read_markdown(_read_book_text(path, _MOST_LINES_OF_MARKDOWN), title_from_name(path), str(path))


def _read_fountain(path: Path) -> Book:
    from audiobook.readers.fountain import read_fountain  # noqa: PLC0415

    return read_fountain(_read_book_text(path, _MOST_LINES_OF_MARKDOWN), title_from_name(path), str(path))


def _read_epub(path: Path) -> Book:
    from audiobook.readers.epub import read_epub  # noqa: PLC0415

    return read_epub(path, title_from_name(path))


def _epub_documents(path: Path) -> Iterable[Document]:
    from audiobook.readers.epub.documents import read_documents  # noqa: PLC0415

    return read_documents(path)


def _read_html(path: Path) -> Book:
    from audiobook.readers.html.book import read_html  # noqa: PLC0415

    return read_html(path, title_from_name(path))


def _html_documents(path: Path) -> Iterable[Document]:
    from audiobook.readers.html.book import read_documents  # noqa: PLC0415

    return read_documents(path)


def _html_files(path: Path) -> Iterable[Path]:
    from audiobook.readers.html.files import list_files  # noqa: PLC0415

    return list_files(path)


def _read_with(reader: str) -> Callable[[Path], Book]:
    """Reads a book with `read` of a module in this folder, which is loaded when the first book needs it."""

    def read(path: Path) -> Book:
        book: Book = import_module(f"audiobook.readers.{reader}").read(path, title_from_name(path))
        return book

    return read


def _documents_with(reader: str) -> Callable[[Path], Iterable[Document]]:
    """Lists the source's text with `read_documents` of such a module."""

    def documents(path: Path) -> Iterable[Document]:
        found: Iterable[Document] = import_module(f"audiobook.readers.{reader}").read_documents(path)
        return found

    return documents


def _kindle_signature(head: bytes) -> Verdict:
    is_kindle = head[60:68] == b"BOOKMOBI" or head.startswith((b"TPZ", b"CONT\x02\x00", b"\xeaDRMION\xee"))
    return "yes" if is_kindle else "no"


def _pdf_signature(head: bytes) -> Verdict:
    return "yes" if _PDF_MARK in head else "no"


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


def _docx_signature(head: bytes) -> Verdict:
    if not head.startswith(b"PK"):
        return "no"
    return "yes" if b"word/document.xml" in head and _MIMETYPE not in head else "maybe"


def _odt_signature(head: bytes) -> Verdict:
    if not head.startswith(b"PK"):
        return "no"
    return "yes" if b"mimetypeapplication/vnd.oasis.opendocument.text" in head else "maybe"


def _fb2_signature(head: bytes) -> Verdict:
    if head.startswith(b"PK"):
        return "yes" if b".fb2" in head.lower() and _MIMETYPE not in head else "maybe"
    if any(_FICTION_BOOK.encode(encoding) in head for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        return "yes"
    return "no" if sources.name_kind(head) else "maybe"


def _rtf_signature(head: bytes) -> Verdict:
    return "yes" if head.lstrip().startswith(b"{\\rtf") else "no"


FORMATS = (
    Format(
        name="plain text",
        suffixes=(".txt", ".text", ""),
        signature=_text_signature,
        read=_read_plain,
        documents=read_as_one_document,
    ),
    Format(
        name="Markdown",
        suffixes=(".md", ".markdown", ".mdown", ".mkd"),
        signature=_text_signature,
        read=_read_markdown,
        documents=read_as_one_document,
    ),
    Format(
        name="Fountain",
        suffixes=(".fountain", ".spmd"),
        signature=_text_signature,
        read=_read_fountain,
        documents=read_as_one_document,
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
    Format(
        name="DOCX",
        suffixes=(".docx", ".docm"),
        signature=_docx_signature,
        read=_read_with("docx"),
        documents=_documents_with("docx"),
    ),
    Format(
        name="OpenDocument",
        suffixes=(".odt",),
        signature=_odt_signature,
        read=_read_with("odt"),
        documents=_documents_with("odt"),
    ),
    Format(
        name="RTF",
        suffixes=(".rtf",),
        signature=_rtf_signature,
        read=_read_with("rtf"),
        documents=_documents_with("rtf"),
    ),
    Format(
        name="FictionBook",
        suffixes=(".fb2", ".fb2.zip", ".fbz"),
        signature=_fb2_signature,
        read=_read_with("fb2"),
        documents=_documents_with("fb2"),
    ),
    Format(
        name="Kindle",
        suffixes=(".azw3", ".mobi", ".azw", ".prc"),
        signature=_kindle_signature,
        read=_read_with("kindle"),
        documents=_documents_with("kindle"),
    ),
    Format(
        name="PDF",
        suffixes=(".pdf",),
        signature=_pdf_signature,
        read=_read_with("pdf"),
        documents=_documents_with("pdf"),
    ),
)

# Formats of books that are not read.
_OTHERS = {
    ".kfx": "a Kindle book in the format KFX", ".kfx-zip": "a Kindle book in the format KFX",
    ".doc": "an old Word document",
    ".djvu": "a DjVu document",
}  # fmt: skip


def describe_formats() -> str:
    """The formats that are read, for messages: their names, with their suffixes in brackets."""
    return ", ".join(f"{f.name} ({', '.join(filter(None, f.suffixes))})" for f in FORMATS)


def list_suffixes() -> tuple[str, ...]:
    """The suffixes of all formats, in the order of the table."""
    return tuple(suffix for form in FORMATS for suffix in form.suffixes if suffix)


def format_of(path: Path) -> Format:
    """The format of a file: by its first bytes where they prove it, else by its suffix.

    Raises BookError for a file that is missing, empty, of a format that is not read, or not what its suffix says.
    """
    head = _read_signature(path)
    proved = next((form for form in FORMATS if form.signature(head) == "yes"), None)
    return proved or _check_signature(_find_by_suffix(path), head, path)


def _read_signature(path: Path) -> bytes:
    """The bytes that tell a file's format: its first ones, and of a zip file also the names of its members.

    Raises BookError for the old binary form of Office documents, and for those that a password protects.
    """
    head = read_head(path, _HEAD)
    if head.startswith(_OLD_OFFICE):
        raise _make_office_error(path)
    return b"".join(sources.read_ends(path, _MEMBERS)) if head.startswith(b"PK") else head


def _make_office_error(path: Path) -> BookError:
    if _ENCRYPTED in sources.read_head(path, sources.MAX_BYTES):
        hint = "open it with Word or LibreOffice, remove the password, and save it again"
        return BookError("the document is protected by a password", where=str(path), hint=hint)
    hint = "open it with Word or LibreOffice and save it as .docx"
    return BookError("this is an old Microsoft Office document (.doc), which is not read", where=str(path), hint=hint)


def _find_by_suffix(path: Path) -> Format:
    """The format by the suffix; where it is unknown, the one that takes files without a suffix."""
    name, suffix = path.name.casefold(), path.suffix.casefold()
    named = next((form for form in FORMATS if any(one and name.endswith(one) for one in form.suffixes)), None)
    if named is None and suffix in _OTHERS:
        raise BookError(
            f"this is {_OTHERS[suffix]}, which is not read",
            where=str(path),
            hint=f"convert it; read are {describe_formats()}",
        )
    return named or next(form for form in FORMATS if "" in form.suffixes)


def _check_signature(form: Format, head: bytes, path: Path) -> Format:
    """The format. Raises BookError where the file's first bytes are not of it."""
    if form.signature(head) == "no":
        kind = sources.name_kind(head) or "another kind of file"
        hint = f"download or copy it again; read are {describe_formats()}"
        raise BookError(f"this is {kind}, not {form.name}", where=str(path), hint=hint)
    return form


def digest(path: Path) -> str:
    """A hash of the content of all files that a book is read from, for cache keys; names do not count.

    Raises BookError where a file cannot be read.
    """
    first, *others = (sources.digest(file) for file in format_of(path).files(path))
    return sources.join_digests(first, others) if others else first


_HEAD = 1024  # bytes of a file that tell its format
_MEMBERS = 65_536  # bytes at the end of a zip file, where its members are named
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_CHARACTERS = 32_000_000  # over five million words: the longest series in one file
_MOST_LINES = 1_000_000  # that are not blank; each takes half a kilobyte while it is read
_MOST_LINES_OF_MARKDOWN = 300_000  # a parsed line takes three times as much
_LINE = re.compile(r"^[^\S\n]*\S", re.MULTILINE)
_FICTION_BOOK = "<FictionBook"
_PDF_MARK = b"%PDF-"  # within the first kilobyte
_MIMETYPE = b"mimetypeapplication/epub+zip"
