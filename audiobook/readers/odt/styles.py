"""The styles of an OpenDocument text, and how it numbers headings and lists."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from audiobook.readers.converted.numbers import write_number
from audiobook.readers.converted.styles import NamedStyle
from audiobook.readers.html.markup import Element, attribute, name_of

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_ESCAPED = re.compile(r"_([0-9a-fA-F]{2,4})_")
_MOST_LEVELS = 20  # of styles that are based on styles
_FORMS = {"1": "decimal", "I": "upperRoman", "i": "lowerRoman", "A": "upperLetter", "a": "lowerLetter"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style(NamedStyle):
    """A style of an OpenDocument text; its name is that of the named style that it is or is based on."""

    CONTENTS = re.compile(r"contents (?:\d+|heading)|toc (?:\d|heading)")
    FIGURES = re.compile(r"(?:illustration|figure|table|object) index(?: \d+| heading)?")
    INDEX = re.compile(r"index (?:\d+|heading|separator)")
    TITLES = frozenset({"title", "subtitle", "author", "date"})

    position: str = ""  # "super", "sub"


PLAIN = Style()


class Styles:
    """All styles: those of a family by their names."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, Element] = {}
        self.language = ""
        self.outline = Outline()
        for root in roots:
            self._read(root)

    def _read(self, root: Element) -> None:
        for element in root.iter(f"{STYLE}style", f"{STYLE}default-style", f"{TEXT}list-style", f"{TEXT}outline-style"):
            name = name_of(element)
            if name == "style":
                self._elements[attribute(element, "family"), attribute(element, "name")] = element
            elif name == "list-style":
                self._lists[attribute(element, "name")] = element
            elif name == "outline-style":
                self.outline = Outline(dict(_read_levels(element)))
            elif attribute(element, "family") == "paragraph":
                self.language = _read_language(element) or self.language

    def style(self, family: str, name: str) -> Style:
        """The style of a name; the plain one where there is none."""
        key = (family, name)
        if key not in self._known:
            self._known[key] = self._resolve(family, name)
        return self._known[key]

    def _resolve(self, family: str, name: str) -> Style:
        chain: list[tuple[str, Element]] = []
        while (element := self._elements.get((family, name))) is not None and len(chain) < _MOST_LEVELS:
            chain.append((name, element))
            name = attribute(element, "parent-style-name")
        style = replace(PLAIN, name=_readable(name)) if name and not chain else PLAIN
        for own, element in reversed(chain):
            style = _apply(own, element, style)
        return style

    def is_numbered(self, name: str, level: int) -> bool:
        """Whether a level of a list has numbers rather than bullets."""
        element = self._lists.get(name)
        levels = list(element) if element is not None else []
        kinds = (name_of(one) for one in levels if attribute(one, "level") == str(level + 1))
        return next(kinds, "") == "list-level-style-number"


def _readable(name: str) -> str:
    """The name of a style: "Heading_20_1" is "heading 1"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name).casefold()


def _apply(own: str, element: Element, base: Style) -> Style:
    """The style that an element defines upon its parent. Automatic styles (P1, T3) keep the name of their parent."""
    is_automatic = name_of(element.getparent()) == "automatic-styles"
    style = base if is_automatic else replace(base, name=_readable(attribute(element, "display-name") or own))
    level = attribute(element, "default-outline-level")
    if level.isdigit():
        style = replace(style, level=min(int(level), 9))
    for properties in element:
        name = name_of(properties)
        if name == "text-properties":
            style = _with_text(style, properties)
        elif name == "paragraph-properties":
            style = _with_paragraph(style, properties)
    return style


def _with_text(style: Style, properties: Element) -> Style:
    slant, weight = attribute(properties, "font-style"), attribute(properties, "font-weight")
    position = attribute(properties, "text-position").split()
    return replace(
        style,
        is_italic=slant in {"italic", "oblique"} if slant else style.is_italic,
        is_bold=weight in {"bold", "600", "700", "800", "900"} if weight else style.is_bold,
        is_hidden=style.is_hidden or attribute(properties, "display") == "none",
        position=_name_position(position[0]) if position else style.position,
    )


def _name_position(value: str) -> str:
    if value in {"super", "sub"}:
        return value
    number = value.rstrip("%")
    return "" if not number.lstrip("-").isdigit() or int(number) == 0 else "sub" if number[0] == "-" else "super"


def _with_paragraph(style: Style, properties: Element) -> Style:
    align = attribute(properties, "text-align")
    return replace(
        style,
        is_centred=align == "center" if align else style.is_centred,
        breaks_page=attribute(properties, "break-before") == "page" or style.breaks_page,
    )


def _read_language(element: Element) -> str:
    for properties in element:
        language = attribute(properties, "language")
        if language and language not in {"none", "zxx"}:
            country = attribute(properties, "country")
            return f"{language}-{country}" if country and country != "none" else language
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineLevel:
    """How headings of a level are numbered."""

    form: str
    prefix: str
    suffix: str
    start: int
    shown: int  # levels in the number: 2 for "1.2"


@dataclass(slots=True)
class Outline:
    """Counts the headings of a document, which must be asked for in order."""

    levels: dict[int, OutlineLevel] = field(default_factory=dict)
    counts: list[int] = field(default_factory=lambda: [0] * 11)

    def next_label(self, level: int) -> str:
        """The number of the next heading of a level, as it is shown; empty where headings have none."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        known = self.levels.get(level)
        if known is None:
            return ""
        shown = [n for n in range(max(1, level - known.shown + 1), level + 1) if n in self.levels]
        number = ".".join(write_number(self._value(n), self.levels[n].form) for n in shown)
        return f"{known.prefix}{number}{known.suffix}".strip()

    def _value(self, level: int) -> int:
        return self.levels[level].start + max(self.counts[level], 1) - 1


def _read_levels(element: Element) -> Iterator[tuple[int, OutlineLevel]]:
    for one in element:
        level, form = attribute(one, "level"), _FORMS.get(attribute(one, "num-format"))
        if level.isdigit() and 0 < int(level) <= 10 and form:
            start, shown = attribute(one, "start-value"), attribute(one, "display-levels")
            yield (
                int(level),
                OutlineLevel(
                    form=form,
                    prefix=attribute(one, "num-prefix"),
                    suffix=attribute(one, "num-suffix"),
                    start=int(start) if start.isdigit() and len(start) < 7 else 1,
                    shown=int(shown) if shown.isdigit() and len(shown) < 3 else 1,
                ),
            )
