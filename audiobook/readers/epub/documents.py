"""The documents of an EPUB for the audit, which counts their words independently of the reader."""

from collections.abc import Iterator
from pathlib import Path

from audiobook.readers.epub.package import Package, read_package
from audiobook.readers.html.markup import decode_markup, parse
from audiobook.readers.html.strip import strip_markup
from audiobook.readers.html.text import extract_text
from audiobook.readers.omissions import Document
from audiobook.readers.zip_archive import Archive


def read_documents(path: Path) -> Iterator[Document]:
    """The documents of an EPUB in the order in which places are counted. Raises BookError."""
    with Archive(path, "EPUB") as archive:
        for name in document_names(read_package(archive, "")):
            data = archive.document(name) or b""
            root = parse(data, soup=True) if data else None
            text = "" if root is None else extract_text(root).text
            yield Document(name=name, text=text, unmarked=strip_markup(decode_markup(data)))


def text_of(archive: Archive, name: str) -> str:
    """The text of a document; nothing where it is missing or cannot be parsed."""
    data = archive.document(name)
    root = parse(data, soup=True) if data else None
    return "" if root is None else extract_text(root).text


def document_names(package: Package) -> Iterator[str]:
    """All documents of the book in the order in which places in it are counted: first those in reading order."""
    yield from (item.name for item in package.spine)
    yield from package.others
