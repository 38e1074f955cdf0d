"""Read numbers as headings write them: 12, XII, twelve, "the Twelfth" → 12. Words are those of all known languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audiobook.languages import Language, known_languages

NumeralStyle = Literal["arabic", "roman", "word"]

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The number words of several languages."""

    values: dict[str, int]
    pattern: str
    suffixes: tuple[str, ...]
    never_alone: frozenset[str]
    arabic: re.Pattern[str]


def _words() -> _Words:
    return _collect(known_languages())


@cache
def _collect(languages: tuple[Language, ...]) -> _Words:
    parts = [language.heading_numbers for language in languages if language.heading_numbers.values]
    suffixes = tuple(dict.fromkeys(suffix for part in parts for suffix in part.suffixes))
    return _Words(
        values={word: value for part in parts for word, value in part.values.items()},
        pattern=f"(?:{'|'.join(part.pattern or _any_of(part.values) for part in parts)})",
        suffixes=suffixes,
        never_alone=frozenset().union(*(part.never_alone for part in parts)),
        arabic=re.compile(rf"\d{{1,4}}(?:{'|'.join(suffixes)})?", re.IGNORECASE),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def word_pattern() -> str:
    """Return a pattern that matches number words, loosely; `number` says whether they are a number."""
    return _words().pattern


def pattern() -> str:
    """Return a pattern that matches numerals of all styles, loosely."""
    return rf"(?:\d{{1,4}}(?:{'|'.join(suffixes())})?|{word_pattern()}|[ivxlcdm]+)"


def suffixes() -> tuple[str, ...]:
    """Return the endings of ordinals in figures: "st", "nd"."""
    return _words().suffixes


def never_alone() -> frozenset[str]:
    """Return the number words, in lower case, that are no heading where they stand alone."""
    return _words().never_alone


def number(text: str) -> tuple[int, NumeralStyle] | None:
    """Return the value of a numeral and how it is written; None where it is none.

    "IIII" and "XXXX" are accepted, because printers used them.
    """
    text = text.strip().casefold()
    words = _words()
    if words.arabic.fullmatch(text):
        return int(re.sub(r"\D", "", text)), "arabic"
    if text in words.values:
        return words.values[text], "word"
    if text and _ROMAN.fullmatch(text):
        return _from_roman(text), "roman"
    return None


def _from_roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
