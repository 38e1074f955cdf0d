"""The numbers of numbered paragraphs, which Word counts when it shows them: "Chapter 3", "IV.", "2.1"."""

import re
from dataclasses import dataclass, field

from audiobook.readers.converted.numbers import write_number
from audiobook.readers.docx.package import W
from audiobook.readers.html.markup import Element

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    text: str = ""  # "Chapter %1"
    start: int = 1


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What stands before a numbered paragraph."""

    text: str  # "Chapter 3"; empty for a bullet
    value: int
    is_number: bool


class Numbering:
    """Counts the numbered paragraphs of a document, which must be asked for in order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}  # numId → its list; two numIds may share one abstract list
        if root is None:
            return
        shared = {e.get(f"{W}abstractNumId") or "": _List(dict(map(_read_level, e.iterfind(f"{W}lvl")))) for e in
                  root.iterfind(f"{W}abstractNum")}  # fmt: skip
        for number in root.iterfind(f"{W}num"):
            link = number.find(f"{W}abstractNumId")
            base = shared.get((link.get(f"{W}val") or "") if link is not None else "")
            if base is None:
                continue
            overrides = dict(found for e in number.iterfind(f"{W}lvlOverride") if (found := _read_override(e, base)))
            key = number.get(f"{W}numId") or ""
            self._lists[key] = _List({**base.levels, **overrides}) if overrides else base

    def next_label(self, number: tuple[str, int] | None) -> Label | None:
        """Count a paragraph of a list. None where the list is unknown."""
        known = self._lists.get(number[0]) if number else None
        if known is None or number is None:
            return None
        depth = number[1]
        level = known.levels.get(depth, Level())
        count = known.counts[depth]
        known.counts[depth] = level.start if count is None else count + 1
        known.counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        if level.form in {"bullet", "none"}:
            return Label(text="", value=0, is_number=False)
        text = _PLACE.sub(lambda found: _show(known, int(found[1]) - 1), level.text)
        return Label(text=text.strip(), value=known.counts[depth] or 0, is_number=True)


def _show(known: _List, depth: int) -> str:
    level = known.levels.get(depth, Level())
    count = known.counts[depth]
    return write_number(level.start if count is None else count, level.form)


def _read_level(element: Element) -> tuple[int, Level]:
    key = element.get(f"{W}ilvl") or "0"
    form, text, start = (_value(element, name) for name in ("numFmt", "lvlText", "start"))
    level = Level(form=form or "decimal", text=text, start=int(start) if start.isdigit() and len(start) < 7 else 1)
    return int(key) if key in set("012345678") else 0, level


def _read_override(element: Element, base: _List) -> tuple[int, Level] | None:
    inner = element.find(f"{W}lvl")
    if inner is not None:
        return _read_level(inner)
    key, start = element.get(f"{W}ilvl") or "0", _value(element, "startOverride")
    if key not in set("012345678") or not start.isdigit() or len(start) > 6:
        return None
    old = base.levels.get(int(key), Level())
    return int(key), Level(form=old.form, text=old.text, start=int(start))


def _value(element: Element, name: str) -> str:
    found = element.find(W + name)
    return (found.get(f"{W}val") or "") if found is not None else ""
