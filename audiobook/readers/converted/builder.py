"""Builds the HTML elements that a document is turned into."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from audiobook.readers.html.markup import Element

UNREAD = "data-unread"  # the attribute that says why an element is not read
NO_FORMAT: tuple[str, ...] = ()
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def strip_illegal(text: str) -> str:
    """The text without characters that XML does not allow."""
    return _ILLEGAL.sub("", text) if _ILLEGAL.search(text) else text


class HtmlBuilder:
    """Builds one tree of elements. Text goes into the element that was opened last, in the current format.

    The texts must not hold characters that XML does not allow: see `strip_illegal`.
    """

    def __init__(self) -> None:
        from lxml import etree  # noqa: PLC0415  # slow to import; only such books need it

        self._tree: Any = etree.TreeBuilder()
        self._open: list[str] = []
        self._format = NO_FORMAT
        self.words = False  # whether any text that is not white space was added
        self.start("body")

    def start(self, name: str, attributes: Mapping[str, str] | None = None) -> None:
        """Open an element. The current format ends."""
        self.set_format(NO_FORMAT)
        self._tree.start(name, dict(attributes) if attributes else {})
        self._open.append(name)

    def end(self) -> None:
        """Close the element that was opened last."""
        self.set_format(NO_FORMAT)
        self._tree.end(self._open.pop())

    def put(self, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> None:
        """Add an element with a text and nothing else, in the current format."""
        self._tree.start(name, dict(attributes) if attributes else {})
        if text:
            self._tree.data(text)
        self._tree.end(name)

    def anchor(self, key: str) -> None:
        """Add an anchor, which links may lead to."""
        self.put("a", attributes={"id": key})

    def text(self, text: str) -> None:
        """Add text."""
        self._tree.data(text)
        self.words = self.words or not text.isspace()

    def set_format(self, names: tuple[str, ...]) -> None:
        """Set the inline elements that the following text stands in: ("em", "sup")."""
        if names == self._format:
            return
        for name in reversed(self._format):
            self._tree.end(name)
        for name in names:
            self._tree.start(name, {})
        self._format = names

    def finish(self) -> Element:
        """Close everything and return the body."""
        while self._open:
            self.end()
        body: Element = self._tree.close()
        return body


def unread(reason: str) -> dict[str, str]:
    """The attribute of an element that is not read."""
    return {UNREAD: reason}


def add_note_mark(builder: HtmlBuilder, key: str, mark: str) -> None:
    """Add the reference to a note."""
    builder.put("a", mark, {"role": "doc-noteref", "href": f"#{key}"})


def class_of(names: Iterable[str]) -> str:
    """The names of styles as one class attribute: "Chapter Title" gives "chapter-title"."""
    slugs = ("-".join(re.findall(r"[^\W_]+", name.casefold())) for name in names)
    return " ".join(slug for slug in slugs if slug)


def add_heading_number(builder: HtmlBuilder, label: str) -> None:
    """Add the number of a heading that the program makes: "Chapter 3" on a line of its own, "3." before the title."""
    if any(map(str.isalpha, label)) and " " in label:
        builder.text(label)
        builder.put("br")
    elif label:
        builder.text(f"{label} ")
