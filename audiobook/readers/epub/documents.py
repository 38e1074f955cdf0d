"""The words of an EPUB, found without the reader: what is left of each document when its markup is taken away."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from audiobook.readers.epub.archive import Archive
from audiobook.readers.epub.package import Package, read_package
from audiobook.readers.html.markup import CHARACTER_DATA, decoded, parse, without_doctype
from audiobook.readers.html.text import laid_out
from audiobook.readers.omissions import Document

# Every pattern ends at the text's end at the latest, so that none is looked for twice over the same stretch.
_UNREAD = re.compile(
    r"<!--.*?(?:-->|\Z)|<\?[^<>]*>?|<(script|style|head)\b[^<>]*(?<!/)>.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[/!]?[A-Za-z][^<>]*>")


def documents_in(path: Path) -> Iterator[Document]:
    """The documents of an EPUB in the order in which places are counted. Raises BookError."""
    with Archive(path) as archive:
        for name in document_names(read_package(archive, "")):
            data = archive.document(name) or b""
            root = parse(data, soup=True) if data else None
            text = "" if root is None else laid_out(root).text
            yield Document(name=name, text=text, unmarked=unmarked(decoded(data)))


def unmarked(markup: str) -> str:
    """What a document says, by its markup alone: comments, scripts and tags taken away, entities replaced."""
    parts = CHARACTER_DATA.split(_UNREAD.sub(" ", without_doctype(markup)))
    return "".join(part if n % 2 else html.unescape(_TAG.sub(" ", part)) for n, part in enumerate(parts))


def text_of(archive: Archive, name: str) -> str:
    """The text of a document; nothing where it is missing or cannot be parsed."""
    data = archive.document(name)
    root = parse(data, soup=True) if data else None
    return "" if root is None else laid_out(root).text


def document_names(package: Package) -> Iterator[str]:
    """All documents of the book in the order in which places in it are counted: first those in reading order."""
    yield from (item.name for item in package.spine)
    yield from package.others
