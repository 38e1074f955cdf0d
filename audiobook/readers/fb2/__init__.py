"""FictionBook 2 (.fb2, also in a zip file) → Book: file ─source→ XML ─convert→ HTML elements ─converted→ chapters.

The sections of the file, which may be nested, are its contents.
"""

from collections.abc import Iterator
from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers.converted.book import documents_of, read_converted
from audiobook.readers.fb2.convert import convert
from audiobook.readers.omissions import Document


def read(path: Path, fallback_title: str) -> Book:
    """The book in a FictionBook; `fallback_title` where it does not name itself. Raises BookError."""
    return read_converted(convert(path), fallback_title.removesuffix(".fb2"), str(path))


def read_documents(path: Path) -> Iterator[Document]:
    """The text of a FictionBook, for the audit. Raises BookError."""
    return documents_of(convert(path))
