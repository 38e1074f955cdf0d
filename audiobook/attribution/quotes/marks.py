"""Quotation marks as they are in the text: the family and the shape of each, and which are apostrophes.

A family is a kind of character. A shape is the apparent use: a straight `"` after a space and before a letter has an
opening shape. Single marks may also be apostrophes, so each reading of a single mark has a cost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from audiobook.languages.en.lexicon import load_speech_verbs
from audiobook.languages.en.quotations import CLIPPED, CUT_ENDINGS, TAG_PRONOUNS

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
# A single mark between two letters is always an apostrophe and is not matched. So is a double mark between two Hebrew
# letters, where it marks an acronym.
_MARK = re.compile(rf"(?:(?<![א-ת])\"|\"(?![א-ת]))|[“”„‟＂«»‹›「」『』]|(?<![^\W_])[{_SINGLES}]|[{_SINGLES}](?![^\W_])")
_MARK_OR_DOUBLED = re.compile(rf"{_DOUBLED.pattern}|{_MARK.pattern}")
_EMPHASIS = "_*"  # emphasis signs of plain text, which may be beside a mark
_DASHES = "—–-―"
_OPENERS = "([{" + _DASHES
_CLOSERS = ")]},.;:!?…" + _DASHES


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark or apostrophe of a paragraph."""

    start: int  # offset in the text of the paragraph
    end: int  # exclusive; a double mark typed as two single ones has two characters
    text: str
    family: Family
    shape: Shape


def find_marks(text: str, *, doubled: bool = False) -> Iterator[Mark]:
    """Yield the marks of a paragraph in order. With `doubled`, two single marks in a row are one double mark."""
    pattern = _MARK_OR_DOUBLED if doubled else _MARK
    for match in pattern.finditer(text):
        start, end = match.span()
        mark = match.group()
        family = FAMILY[mark] if len(mark) == 1 else "double"
        yield Mark(start, end, mark, family, _find_shape(text, start, end))


def _find_shape(text: str, start: int, end: int) -> Shape:
    before, after = _find_before(text, start), _find_after(text, end)
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


def _find_before(text: str, start: int) -> str:
    """Return the character before a mark, or an empty string at the start of the paragraph."""
    while start > 0 and text[start - 1] in _EMPHASIS:
        start -= 1
    return text[start - 1 : start]


def _find_after(text: str, end: int) -> str:
    """Return the character after a mark, or an empty string at the end of the paragraph."""
    while end < len(text) and text[end] in _EMPHASIS:
        end += 1
    return text[end : end + 1]


_WORD_AFTER = re.compile(r"[^\W_]+")
_CLIPPED_ENDING = re.compile(rf"(?:{CUT_ENDINGS})$", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_WINDOW = 24  # characters; longer than any word that matters here


def compute_costs(text: str, mark: Mark) -> tuple[int, int, int]:
    """Return the cost of reading a single mark as (opening, closing, apostrophe)."""
    if mark.shape == "open":
        return (*_cost_opening(text, mark),)
    if mark.shape == "close":
        return _cost_closing(text, mark)
    return 1, 1, 3


def _cost_opening(text: str, mark: Mark) -> tuple[int, int, int]:
    word = _WORD_AFTER.match(text, mark.end, mark.end + _WINDOW)
    if word is None:
        return 0, 4, 5
    if word.group().lower() in CLIPPED or word.group()[0].isdigit():
        return 1, 5, 1
    return (1, 4, 3) if word.group()[0].islower() else (0, 4, 5)


def _cost_closing(text: str, mark: Mark) -> tuple[int, int, int]:
    before = text[max(0, mark.start - _WINDOW) : mark.start]
    if not before[-1:].isalnum():
        return 4, 0, 6
    clipped = _CLIPPED_ENDING.search(before) is not None
    if text[mark.end : mark.end + 1] in {",", ".", ";", ":", "?", "!"}:
        return (5, 1, 1) if clipped else (5, 0, 2)
    if clipped:
        return 5, 2, 1
    follows = _NEXT_WORD.match(text, mark.end, mark.end + _WINDOW)
    if before.endswith(("s", "S", "z", "x")) and follows and not _is_subject_or_verb(follows[1]):
        return 5, 2, 1
    return 5, 1, 3


def _is_subject_or_verb(word: str) -> bool:
    """Return whether a word probably begins a speech tag."""
    return word in TAG_PRONOUNS or word in load_speech_verbs().strong
