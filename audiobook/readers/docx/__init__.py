"""DOCX (Word) → Book: zip ─package→ parts ─styles, numbering, blocks, runs→ HTML elements ─converted→ chapters.

Word's XML is read directly with lxml. Packages that turn it into HTML drop outline levels, the numbers of headings,
deleted paragraph marks or fields, all of which decide where a chapter begins or whether a word is read.
"""

from collections.abc import Iterator
from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers.converted.book import documents_of, read_converted
from audiobook.readers.docx.convert import convert
from audiobook.readers.omissions import Document


def read(path: Path, fallback_title: str) -> Book:
    """The book in a Word document; `fallback_title` where it does not name itself. Raises BookError."""
    return read_converted(convert(path), fallback_title, str(path))


def read_documents(path: Path) -> Iterator[Document]:
    """The text of a Word document, for the audit. Raises BookError."""
    return documents_of(convert(path))
