"""RTF (Rich Text) → Book: bytes ─tokens→ control words and text ─parser→ paragraphs ─convert→ HTML elements.

A parser of our own, because striprtf, the package for this, gives plain text only: headings, notes, styles, emphasis,
hidden text and deleted text are gone there.
"""

from collections.abc import Iterator
from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers.converted.book import documents_of, read_converted
from audiobook.readers.omissions import Document
from audiobook.readers.rtf.convert import convert


def read(path: Path, fallback_title: str) -> Book:
    """The book in a Rich Text document; `fallback_title` where it does not name itself. Raises BookError."""
    return read_converted(convert(path), fallback_title, str(path))


def read_documents(path: Path) -> Iterator[Document]:
    """The text of a Rich Text document, for the audit. Raises BookError."""
    return documents_of(convert(path))
