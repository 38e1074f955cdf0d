"""OpenDocument text (LibreOffice Writer) → Book: zip ─convert→ HTML elements ─converted→ chapters."""

from collections.abc import Iterator
from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers.converted.book import documents_of, read_converted
from audiobook.readers.odt.convert import convert
from audiobook.readers.omissions import Document


def read(path: Path, fallback_title: str) -> Book:
    """The book in an OpenDocument text; `fallback_title` where it does not name itself. Raises BookError."""
    return read_converted(convert(path), fallback_title, str(path))


def read_documents(path: Path) -> Iterator[Document]:
    """The text of an OpenDocument text, for the audit. Raises BookError."""
    return documents_of(convert(path))
