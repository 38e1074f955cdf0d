"""The styles of a Word document: which paragraphs are headings, titles, contents, and what is set in italics."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from audiobook.readers.converted.styles import NamedStyle
from audiobook.readers.docx.package import W
from audiobook.readers.html.markup import Element

_HEADING = re.compile(r"heading\s*([1-9])")  # Word's own names are English in every language
_MOST_LEVELS = 20  # of styles that are based on styles


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(NamedStyle):
    """A style of a Word document."""

    CONTENTS = re.compile(r"toc (?:\d|heading)|contents (?:\d|heading)|table of contents|toc\d?")
    FIGURES = re.compile(r"table of figures|(?:illustration|table|figure) index(?: \d| heading)?")
    INDEX = re.compile(r"index (?:\d|heading)|index")
    TITLES = frozenset({"title", "subtitle", "author", "date", "book title", "title page"})

    number: tuple[str, int] | None = None  # (numId, level) of its list


PLAIN = Style()


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: Element | None) -> None:
        elements = root.iterfind(f"{W}style") if root is not None else ()
        self._elements = {element.get(f"{W}styleId") or "": element for element in elements}
        self._known: dict[str, Style] = {}
        default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") if root is not None else None
        self.language = (default.get(f"{W}val") or "") if default is not None else ""
        self.default = self._find_default()

    def style(self, key: str | None) -> Style:
        """The style of an id; the default one where there is none."""
        if key is None:
            return self.default
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _find_default(self) -> Style:
        kinds = {"1", "true", "on"}
        for key, element in self._elements.items():
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in kinds:
                return self._resolve(key)
        return PLAIN

    def _resolve(self, key: str) -> Style:
        chain: list[Element] = []
        while key in self._elements and len(chain) < _MOST_LEVELS and self._elements[key] not in chain:
            chain.append(self._elements[key])
            based = chain[-1].find(f"{W}basedOn")
            key = (based.get(f"{W}val") or "") if based is not None else ""
        style = PLAIN
        for element in reversed(chain):
            style = _apply(element, style)
        return style


def _apply(element: Element, base: Style) -> Style:
    """The style that an element defines upon the one it is based on."""
    named = element.find(f"{W}name")
    name = ((named.get(f"{W}val") or "") if named is not None else "").casefold()
    found = _HEADING.fullmatch(name)
    style = replace(base, name=name, level=int(found[1]) if found else base.level)
    properties = element.find(f"{W}pPr")
    style = with_paragraph(style, properties) if properties is not None else style
    runs = element.find(f"{W}rPr")
    return with_run(style, runs) if runs is not None else style


def with_paragraph(style: Style, properties: Element) -> Style:
    """The style with the properties of a paragraph."""
    found: dict[str, object] = {}
    level = properties.find(f"{W}outlineLvl")
    if level is not None:
        value = level.get(f"{W}val") or ""
        found["level"] = int(value) + 1 if value in set("012345678") else 0
    centred = properties.find(f"{W}jc")
    if centred is not None:
        found["is_centred"] = centred.get(f"{W}val") == "center"
    if (breaks := properties.find(f"{W}pageBreakBefore")) is not None:
        found["breaks_page"] = is_on(breaks)
    if (numbers := properties.find(f"{W}numPr")) is not None:
        found["number"] = _read_number(numbers, style)
    return replace(style, **found) if found else style  # type: ignore[arg-type]


def _read_number(numbers: Element, style: Style) -> tuple[str, int] | None:
    key, level = numbers.find(f"{W}numId"), numbers.find(f"{W}ilvl")
    known = style.number or ("0", 0)
    number = (key.get(f"{W}val") or "0") if key is not None else known[0]
    depth = (level.get(f"{W}val") or "0") if level is not None else str(known[1])
    if number == "0":
        return None
    return number, int(depth) if depth in set("012345678") else 0


def with_run(style: Style, properties: Element) -> Style:
    """The style with the properties of a run."""
    found = {
        field: is_on(element)
        for field, names in _RUN_FIELDS.items()
        for name in names
        if (element := properties.find(W + name)) is not None
    }
    return replace(style, **found) if found else style  # type: ignore[arg-type]


_RUN_FIELDS: Mapping[str, tuple[str, ...]] = {"is_italic": ("i",), "is_bold": ("b",), "is_hidden": ("vanish",)}


def is_on(element: Element) -> bool:
    """Whether a property that is there is on."""
    return element.get(f"{W}val") not in {"0", "false", "off", "none"}
