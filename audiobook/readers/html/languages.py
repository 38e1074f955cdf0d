"""The languages that elements of a document state with `xml:lang` or `lang`."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import NamedTuple

from audiobook.languages.codes import normalize_language
from audiobook.readers.html.markup import Element, attribute, name_of

_STATED = "descendant-or-self::*[@*[name() = 'xml:lang' or name() = 'lang']]"
_WHOLE_PAGE = {"html", "body"}  # often wrong, and of the whole page: the language of the book is found by other means


class Place(NamedTuple):
    """The place of an element: where its content begins, where it ends, and where the text after it begins."""

    start: int
    end: int
    tail: int


class StatedLanguages:
    """The stretches of a document's text in the languages that elements state; the whole page states none."""

    def __init__(self, root: Element, places: Mapping[Element, Place]) -> None:
        self._starts, self._languages = [0], [""]
        self._last = (0, 0, "")  # the span that was asked for last, and its language
        open_ones: list[tuple[int, str]] = []  # the end and the language of the elements around
        for element in root.xpath(_STATED):
            place = places.get(element)
            if place is None or name_of(element) in _WHOLE_PAGE:
                continue
            self._close(open_ones, place.start)
            language = normalize_language(attribute(element, "lang"))
            open_ones.append((place.end, language))
            self._begin(place.start, language)
        self._close(open_ones, None)

    def __bool__(self) -> bool:
        return len(self._starts) > 1

    def find(self, text: str, start: int, end: int) -> str:
        """The language that is stated for every letter of a stretch of the text; empty if there is none."""
        if self._last[:2] != (start, end):
            self._last = (start, end, self._find(text, start, end))
        return self._last[2]

    def _find(self, text: str, start: int, end: int) -> str:
        found: str | None = None
        for at in range(bisect_right(self._starts, start) - 1, len(self._starts)):
            first = max(start, self._starts[at])
            if first >= end:
                break
            last = min([end, *self._starts[at + 1 : at + 2]])
            if any(map(str.isalnum, text[first:last])):
                if found not in {None, self._languages[at]}:
                    return ""
                found = self._languages[at]
        return found or ""

    def _close(self, open_ones: list[tuple[int, str]], start: int | None) -> None:
        """End the elements that end before a place; None: all."""
        while open_ones and (start is None or open_ones[-1][0] <= start):
            end, _ = open_ones.pop()
            self._begin(end, open_ones[-1][1] if open_ones else "")

    def _begin(self, start: int, language: str) -> None:
        self._starts.append(start)
        self._languages.append(language)
