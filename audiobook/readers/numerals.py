"""Numbers as headings write them: 12, XII, twelve, "the Twelfth" → 12."""

import re
from typing import Literal

NumeralStyle = Literal["arabic", "roman", "word"]

_ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_FIRSTS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TENTHS = ["twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"]


def _words() -> dict[str, int]:
    words = {word: n for n, word in enumerate(_ONES, 1)} | {word: n for n, word in enumerate(_FIRSTS, 1)}
    for ten, (word, ordinal) in enumerate(zip(_TENS, _TENTHS, strict=True), 2):
        words[word], words[ordinal] = ten * 10, ten * 10
        for one in range(9):
            for unit in (_ONES[one], _FIRSTS[one]):
                words[f"{word}-{unit}"] = words[f"{word} {unit}"] = ten * 10 + one + 1
    words["hundred"] = words["one hundred"] = words["hundredth"] = 100
    words["last"] = 0  # "Chapter the Last": a number, but nobody knows which
    return words


_WORDS = _words()
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ARABIC = re.compile(r"\d{1,4}(?:st|nd|rd|th)?", re.IGNORECASE)

# The alternatives, for patterns elsewhere; the words are matched loosely and looked up here.
WORD_PATTERN = (
    rf"(?:(?:{'|'.join(_TENS)})[- ](?:{'|'.join(_ONES[:9] + _FIRSTS[:9])})|one hundred|hundredth|last"
    rf"|{'|'.join(sorted(_ONES + _FIRSTS + _TENS + _TENTHS, key=len, reverse=True))})"
)
PATTERN = rf"(?:\d{{1,4}}(?:st|nd|rd|th)?|{WORD_PATTERN}|[ivxlcdm]+)"


def number(text: str) -> tuple[int, NumeralStyle] | None:
    """The value of a numeral and how it is written; None where it is none. "IIII" and "XXXX" pass, as printers did."""
    text = text.strip().casefold()
    if _ARABIC.fullmatch(text):
        return int(re.sub(r"\D", "", text)), "arabic"
    if text in _WORDS:
        return _WORDS[text], "word"
    if text and _ROMAN.fullmatch(text):
        return _from_roman(text), "roman"
    return None


def _from_roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-v if any(v < w for w in values[i + 1 : i + 2]) else v for i, v in enumerate(values))
