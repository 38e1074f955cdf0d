"""Read numbers as headings write them: 12, XII, twelve, "the Twelfth", 十二 → 12.

Number words are those of all known languages.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal
from unicodedata import combining, normalize

from audiobook.languages import Language, load_languages

NumeralStyle = Literal["arabic", "roman", "word"]

_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_FULL_WIDTH = {ord("０") + n: str(n) for n in range(10)}
_CHINESE_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
    "壱": 1,
    "弐": 2,
}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "".join((*_CHINESE_DIGITS, *_CHINESE_UNITS))  # characters of Chinese and Japanese numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The number words of several languages."""

    values: dict[str, int]
    pattern: str
    suffixes: tuple[str, ...]
    never_alone: frozenset[str]
    cardinals: frozenset[str]
    arabic: re.Pattern[str]


def _words() -> _Words:
    return _collect(load_languages())


@cache
def _collect(languages: tuple[Language, ...]) -> _Words:
    parts = [language.heading_numbers for language in languages if language.heading_numbers.values]
    suffixes = tuple(dict.fromkeys(suffix for part in parts for suffix in part.suffixes))
    named = {word: value for part in reversed(parts) for word, value in part.values.items()}  # English comes first
    values = {fold(bare(word)): value for word, value in named.items()} | {fold(w): v for w, v in named.items()}
    return _Words(
        values=values,
        pattern=f"(?:{'|'.join(part.pattern or _any_of(_forms(part.values)) for part in parts)})",
        suffixes=suffixes,
        never_alone=frozenset().union(*(part.never_alone for part in parts)),
        cardinals=frozenset().union(*(part.cardinals for part in parts)),
        arabic=re.compile(rf"\d{{1,4}}(?:{'|'.join(suffixes)})?", re.IGNORECASE),
    )


def bare(word: str) -> str:
    """Return a word without its accents, as capitals are often printed."""
    return "".join(char for char in normalize("NFD", word) if not combining(char))


def fold(word: str) -> str:
    """Return a word for comparing, without case; the two small sigmas are one."""
    return word.casefold().replace("ς", "σ")


def _forms(words: Iterable[str]) -> set[str]:
    return {form for word in words for form in (word, bare(word))}


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


def is_cardinal(word: str) -> bool:
    """Whether a number word counts ("one") rather than orders ("first"), in any known language."""
    return word.casefold() in _words().cardinals


def number(text: str) -> tuple[int, NumeralStyle] | None:
    """Return the value of a numeral and how it is written; None where it is none.

    "IIII" and "XXXX" are accepted, because printers used them.
    """
    text = fold(text.strip()).translate(_FULL_WIDTH)
    words = _words()
    if words.arabic.fullmatch(text):
        return int(re.match(r"\d+", text)[0]), "arabic"  # type: ignore[index]
    if text in words.values:
        return words.values[text], "word"
    if text and _ROMAN.fullmatch(text):
        return _from_roman(text), "roman"
    if text and all(char in CHINESE for char in text):
        return _from_chinese(text), "word"
    return None


def _from_roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))


def _from_chinese(text: str) -> int:
    """十二 → 12, 二百三十 → 230, and digit by digit where no unit stands: 一二〇 → 120."""
    if not any(char in _CHINESE_UNITS for char in text):
        return int("".join(str(_CHINESE_DIGITS[char]) for char in text)[:6])
    total, digit = 0, 0
    for char in text:
        if char in _CHINESE_UNITS:
            total += (digit or 1) * _CHINESE_UNITS[char]
            digit = 0
        else:
            digit = _CHINESE_DIGITS[char]
    return total + digit
