"""Quotation marks as they stand on the page: which there are, and what each looks like it is doing.

A mark is named by what it is (a family) and seen in what it does (a shape): a straight `"` behind a space and before
a letter looks like an opening one, whatever its character. Single marks are also apostrophes, so each carries what
speaks for that.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Family = Literal["double", "single", "guillemet", "angle", "corner", "white corner"]
Shape = Literal["open", "close", "neutral"]
Role = Literal["open", "close", "either"]

FAMILY: dict[str, Family] = {
    **dict.fromkeys('"“”„‟＂', "double"),
    **dict.fromkeys("'‘’‚‛", "single"),
    **dict.fromkeys("«»", "guillemet"),
    **dict.fromkeys("‹›", "angle"),
    **dict.fromkeys("「」", "corner"),
    **dict.fromkeys("『』", "white corner"),
}
FAMILIES: tuple[Family, ...] = tuple(dict.fromkeys(FAMILY.values()))
ROLES: dict[str, Role] = {
    **dict.fromkeys("“„‟‘‚‛«‹「『", "open"),
    **dict.fromkeys("”’»›」』", "close"),
    **dict.fromkeys("\"＂'", "either"),
}

_SINGLES = "'‘’‚‛"
_DOUBLED = re.compile("``|''|‘‘|’’|,,(?=[^\\W\\d])")
# A single mark between two letters is always an apostrophe, and is never seen again.
_MARK = re.compile(rf"[\"“”„‟＂«»‹›「」『』]|(?<![^\W_])[{_SINGLES}]|[{_SINGLES}](?![^\W_])")
_MARK_OR_DOUBLED = re.compile(rf"{_DOUBLED.pattern}|{_MARK.pattern}")
_EMPHASIS = "_*"  # signs of emphasis that plain text leaves beside a mark
_DASHES = "—–-―"
_OPENERS = "([{" + _DASHES
_CLOSERS = ")]},.;:!?…" + _DASHES


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark, or apostrophe, of a paragraph."""

    start: int  # offset in the paragraph's text
    end: int  # exclusive; a double mark typed as two singles is two characters long
    text: str
    family: Family
    shape: Shape


def find_marks(text: str, *, doubled: bool = False) -> Iterator[Mark]:
    """The paragraph's marks in order; with `doubled`, two singles in a row ('' or ``) count as one double mark."""
    pattern = _MARK_OR_DOUBLED if doubled else _MARK
    for match in pattern.finditer(text):
        start, end = match.span()
        mark = match.group()
        family = FAMILY[mark] if len(mark) == 1 else "double"
        yield Mark(start, end, mark, family, _shape(text, start, end))


def _shape(text: str, start: int, end: int) -> Shape:
    before, after = _before(text, start), _after(text, end)
    if not before or not after:
        return "close" if before else "open"
    if before.isspace() != after.isspace():
        return "open" if before.isspace() else "close"
    if before.isspace():
        return "neutral"
    if before in _OPENERS and (after.isalnum() or after in FAMILY):
        return "open"
    if after in _CLOSERS and before not in _OPENERS:
        return "close"
    return "neutral"


def _before(text: str, start: int) -> str:
    """The character before a mark; empty at the beginning of the paragraph."""
    while start > 0 and text[start - 1] in _EMPHASIS:
        start -= 1
    return text[start - 1 : start]


def _after(text: str, end: int) -> str:
    """The character behind a mark; empty at the end of the paragraph."""
    while end < len(text) and text[end] in _EMPHASIS:
        end += 1
    return text[end : end + 1]
