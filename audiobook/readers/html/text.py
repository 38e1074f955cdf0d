"""The text of a marked-up document: all of it with offsets, and pieces of it gathered as a browser would show them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from audiobook.readers.html.elements import BLOCKS
from audiobook.readers.html.markup import Element, name_of

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


_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029]+")


class Writing:
    """The paragraph being gathered."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[int] = []  # where emphasis began
        self._emphasis: list[tuple[int, int]] = []
        self._last = ""
        self.lines = 1  # lines so far; more than one where <br/> or verse parted them
        self.linked = 0  # characters inside links
        self.link_depth = 0
        self._first = self._end = -1  # the stretch of the source that was added, white space at its ends left out

    def __bool__(self) -> bool:
        return self._length > 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, at: int, *, keep_lines: bool = False) -> None:
        """Text as it stands at a place of the source; with `keep_lines`, its own line endings part lines."""
        if keep_lines and "\n" in text:
            first, *rest = text.split("\n")
            self.add(first, at)
            at += len(first) + 1
            for line in rest:
                self.end_line()
                self.add(line, at)
                at += len(line) + 1
            return
        self._note_place(text, at)
        clean = _SPACE.sub(" ", text)
        if self._last in {"", " ", "\n"}:
            clean = clean.removeprefix(" ")
        if clean:
            self._put(clean)
            self.linked += len(clean) if self.link_depth else 0

    def end_line(self) -> None:
        """The line ends here, and the paragraph goes on."""
        if self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
        if self._length and self._last != "\n":
            self._put("\n")
            self.lines += 1

    def begin_emphasis(self) -> None:
        """What follows is emphasised."""
        self._open.append(self._length)

    def end_emphasis(self) -> None:
        """What was emphasised ends."""
        if self._open:
            start = self._open.pop()
            if start < self._length and not self._open:
                self._emphasis.append((start, self._length))

    @property
    def span(self) -> tuple[int, int] | None:
        """Where in the source the text stands; None where there is nothing but white space."""
        return (self._first, self._end) if self._first >= 0 else None

    def taken(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The text and its emphasis; the writing is empty afterwards, still within the emphasis that was open."""
        text = "".join(self._pieces).rstrip()
        spans = [*self._emphasis, *((start, self._length) for start in self._open[:1] if start < self._length)]
        kept = tuple((start, min(end, len(text))) for start, end in spans if start < min(end, len(text)))
        depth = len(self._open)
        link_depth = self.link_depth
        self.__init__()  # type: ignore[misc]  # begins anew
        self._open = [0] * depth
        self.link_depth = link_depth
        return text, kept

    def _note_place(self, text: str, at: int) -> None:
        bare = text.strip()
        if bare:
            start = at + text.index(bare[0])
            self._first = start if self._first < 0 else self._first
            self._end = start + len(bare)

    def _put(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        self._last = text[-1]
