"""Links from one document of a book to another."""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit


def resolve(base: str, href: str) -> tuple[str, str]:
    """(member name, anchor) of a link in the member `base`; percent signs decoded, "..", a query and "/" harmless."""
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "", ""
    if parts.scheme or parts.netloc:
        return "", ""
    path = unquote(parts.path).replace("\\", "/")
    if not path:
        return base, unquote(parts.fragment)
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(posixpath.dirname(base), path)
    name = posixpath.normpath(joined)
    while name.startswith("../"):
        name = name[3:]
    return name, unquote(parts.fragment)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLink:
    """A short link to a place of the book: the mark of a note, or the link back from a note."""

    target: tuple[str, str]  # document and anchor
    mark: str  # its text
    is_mark: bool  # it has the form of a note's mark, and is not read
    at: int  # its place in the text of all documents
    after: int  # how many characters of its paragraph come before it
