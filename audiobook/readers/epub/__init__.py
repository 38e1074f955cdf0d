"""EPUB 2 and 3 → Book.

    zip ─zip_archive→ members ─package→ facts, spine ─navigation→ titles ─flow→ pieces of text ─chapters→ chapters

The file is not trusted: members are read with limits, never extracted; XML is parsed without entities or network.
"""

from pathlib import Path

from audiobook.model.book import Book
from audiobook.readers.assembling import assemble
from audiobook.readers.epub.chapters import divide_epub
from audiobook.readers.epub.package import read_package
from audiobook.readers.epub.protection import check_unprotected
from audiobook.readers.zip_archive import Archive


def read_epub(path: Path, fallback_title: str) -> Book:
    """The book in an EPUB; `fallback_title` where it does not name itself. Raises BookError."""
    with Archive(path, "EPUB") as archive:
        check_unprotected(archive)
        package = read_package(archive, fallback_title)
        divided = divide_epub(archive, package)
        return assemble(package.facts, divided.drafts, divided.skipped, str(path), package.cover, notes=divided.notes)
