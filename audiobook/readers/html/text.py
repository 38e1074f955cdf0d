"""The text of a marked-up document: all of it with offsets, and its paragraphs as a browser would show them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from audiobook.readers.folding import fold_text
from audiobook.readers.html.elements import BLOCKS
from audiobook.readers.html.languages import Place, StatedLanguages
from audiobook.readers.html.markup import Element, name_of

_NO_TEXT = frozenset({"head", "script", "style"})  # their content is not text of the book
_PARTING = BLOCKS | {"br", "img", "nav", "option", "td", "th"}  # a word ends where one of them begins or ends


class DocumentText(NamedTuple):
    """The text of a document, and the places of its elements in it."""

    text: str
    places: dict[Element, Place]
    languages: StatedLanguages

    def find_language(self, span: tuple[int, int] | None, start: int) -> str:
        """The language that elements state for a paragraph of this document, whose text stands at `start`."""
        if span is None or not self.languages:
            return ""
        return self.languages.find(self.text, span[0] - start, span[1] - start)


def extract_text(root: Element) -> DocumentText:
    """All text below an element, in order, with a line end where a block begins or ends.

    The text of the elements themselves is folded, too, because paragraphs are made from it.
    """
    pieces: list[str] = []
    places: dict[Element, Place] = {}
    starts: dict[Element, int] = {}
    at = 0
    for element, name, leaving in _walk(root):
        added = "\n" if name in _PARTING else ""
        if leaving:
            places[element] = Place(starts[element], at, at + len(added))
            if element.tail and element is not root:
                added += _fold_tail(element)
        else:
            starts[element] = at + len(added)
            added += alternative_of(element, name)
            if element.text and name and name not in _NO_TEXT:
                added += _fold_content(element)
        pieces.append(added)
        at += len(added)
    return DocumentText("".join(pieces), places, StatedLanguages(root, places))


def alternative_of(element: Element, name: str) -> str:
    """The text that an author gives for a picture or a formula; it stands before the element's own text."""
    if name == "img":
        return fold_text(" ".join((element.get("alt") or "").split()))
    if name == "math":
        text = fold_text(" ".join((element.get("alttext") or "").split()))
        return f"{text} " if text else ""
    return ""


def _fold_content(element: Element) -> str:
    text = element.text or ""
    if not text.isascii():
        element.text = text = fold_text(text)
    return text


def _fold_tail(element: Element) -> str:
    text = element.tail or ""
    if not text.isascii():
        element.tail = text = fold_text(text)
    return text


def _walk(root: Element) -> Iterator[tuple[Element, str, bool]]:
    """Every element when it begins and when it ends, without recursion; nothing inside elements without text."""
    stack: list[tuple[Element, str, bool]] = [(root, name_of(root), False)]
    while stack:
        element, name, leaving = stack.pop()
        yield element, name, leaving
        if not leaving:
            stack.append((element, name, True))
            if name and name not in _NO_TEXT:
                stack.extend((child, name_of(child), False) for child in reversed(element))


_SPACE = re.compile(r"[ \t\n\r\f\v\u00a0\u2028\u2029]+")


class ParagraphBuilder:
    """Collects the text, the emphasis and the place of one paragraph after another."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[int] = []  # where emphasis began
        self._emphasis: list[tuple[int, int]] = []
        self._last = ""
        self.lines = 1  # lines so far; more than one after <br/> or in verse
        self.linked = 0  # characters inside links
        self.link_depth = 0
        self._directions: list[tuple[int, int]] = []
        self._directed = -1  # where an open stage direction began
        self._first = self._end = -1  # the stretch of the source, without white space at its ends

    def __bool__(self) -> bool:
        return self._length > 0

    def __len__(self) -> int:
        return self._length

    def add(self, text: str, at: int, *, keep_lines: bool = False) -> None:
        """Add text from a place of the source. With `keep_lines`, its line endings end lines of the paragraph."""
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

    def insert(self, text: str, at: int | None, end: int = 0) -> None:
        """Add text that is not in the source, at a place of it or instead of what is there."""
        if at is not None:
            self._first = at if self._first < 0 else self._first
            self._end = max(self._end, at, end)
        if self._last in {"", " ", "\n"}:
            text = text.lstrip()
        if text[:1] == ";" and self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
        if text:
            self._put(text)

    def text_before(self) -> str:
        """The end of the paragraph so far."""
        return "".join(self._pieces[-3:])

    def end_line(self) -> None:
        """End the line. The paragraph continues."""
        if self._last == " ":
            self._pieces[-1] = self._pieces[-1][:-1]
            self._length -= 1
        if self._length and self._last != "\n":
            self._put("\n")
            self.lines += 1

    def begin_emphasis(self) -> None:
        """Begin emphasis."""
        self._open.append(self._length)

    def end_emphasis(self) -> None:
        """End the emphasis that began last."""
        if self._open:
            start = self._open.pop()
            if start < self._length and not self._open:
                self._emphasis.append((start, self._length))

    def begin_direction(self) -> None:
        """Begin a stage direction."""
        self._directed = self._length if self._directed < 0 else self._directed

    def end_direction(self) -> None:
        """End the stage direction."""
        if 0 <= self._directed < self._length:
            self._directions.append((self._directed, self._length))
        self._directed = -1

    @property
    def directions(self) -> tuple[tuple[int, int], ...]:
        """The stage directions in the text so far."""
        is_open = 0 <= self._directed < self._length
        return (*self._directions, *([(self._directed, self._length)] if is_open else []))

    @property
    def span(self) -> tuple[int, int] | None:
        """The place of the text in the source; None where it is only white space."""
        return (self._first, self._end) if self._first >= 0 else None

    def take(self) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the text and its emphasis, and begin a new paragraph. Emphasis that is open stays open."""
        text = "".join(self._pieces).rstrip()
        spans = [*self._emphasis, *((start, self._length) for start in self._open[:1] if start < self._length)]
        kept = tuple((start, min(end, len(text))) for start, end in spans if start < min(end, len(text)))
        depth = len(self._open)
        link_depth, is_directed = self.link_depth, self._directed >= 0
        self.__init__()  # type: ignore[misc]  # a new paragraph
        self._open = [0] * depth
        self.link_depth = link_depth
        self._directed = 0 if is_directed else -1
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
