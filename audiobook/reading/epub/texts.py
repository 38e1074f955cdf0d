"""The whole text of a document, read or not, and where each element stands in it."""

from collections.abc import Iterator
from typing import NamedTuple

from audiobook.reading.epub.archive import Archive
from audiobook.reading.epub.elements import BLOCKS
from audiobook.reading.epub.markup import Element, name_of, parse
from audiobook.reading.epub.package import Package

_NO_TEXT = frozenset({"head", "script", "style"})  # what is in them is no text of the book
_PARTING = BLOCKS | {"br", "img", "nav", "option", "td", "th"}  # no word goes on over their edges


class Place(NamedTuple):
    """Where an element stands: its own text, the end of all that is in it, the text behind it."""

    start: int
    end: int
    tail: int


class Laid(NamedTuple):
    """A document's text."""

    text: str
    places: dict[Element, Place]


def laid_out(root: Element) -> Laid:
    """All the text below an element in its order, with a line's end where a block begins or ends."""
    pieces: list[str] = []
    places: dict[Element, Place] = {}
    starts: dict[Element, int] = {}
    at = 0
    for element, name, leaving in _walk(root):
        added = "\n" if name in _PARTING else ""
        if leaving:
            places[element] = Place(starts[element], at, at + len(added))
            added += (element.tail or "") if element is not root else ""
        else:
            starts[element] = at + len(added)
            added += (element.text or "") if name and name not in _NO_TEXT else ""
        pieces.append(added)
        at += len(added)
    return Laid("".join(pieces), places)


def _walk(root: Element) -> Iterator[tuple[Element, str, bool]]:
    """Every element as it begins and as it ends, whatever the depth; nothing inside what has no text."""
    stack: list[tuple[Element, str, bool]] = [(root, name_of(root), False)]
    while stack:
        element, name, leaving = stack.pop()
        yield element, name, leaving
        if not leaving:
            stack.append((element, name, True))
            if name and name not in _NO_TEXT:
                stack.extend((child, name_of(child), False) for child in reversed(element))


def text_of(archive: Archive, name: str) -> str:
    """The text of a document; nothing where it is missing or cannot be parsed."""
    data = archive.document(name)
    root = parse(data, soup=True) if data else None
    return "" if root is None else laid_out(root).text


def document_names(package: Package) -> Iterator[str]:
    """All documents of the book in the order in which places in it are counted: first those in reading order."""
    yield from (item.name for item in package.spine)
    yield from package.others
