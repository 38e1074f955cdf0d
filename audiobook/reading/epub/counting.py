"""The words of an EPUB, found without the reader: what is left of each document when its markup is taken away."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from audiobook.reading.documents import Document
from audiobook.reading.epub.archive import Archive
from audiobook.reading.epub.markup import decoded, parse
from audiobook.reading.epub.package import read_package
from audiobook.reading.epub.texts import document_names, laid_out

_UNREADABLE = re.compile(
    r"<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<\?.*?\?>|<(script|style|head)\b[^>]*(?<!/)>.*?</\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_TAG = re.compile(r"""<[/!]?[A-Za-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")


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
    parts = _CDATA.split(_UNREADABLE.sub(" ", markup))
    return "".join(part if n % 2 else html.unescape(_TAG.sub(" ", part)) for n, part in enumerate(parts))
