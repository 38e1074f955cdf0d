"""Write numbers in words, also amounts in figures such as "1,234.5", "2½" and "1/3"."""

import re

from audiobook.languages.contract import NumberWords
from audiobook.languages.en.numbers import FRACTIONS as FRACTION_NAMES
from audiobook.languages.en.numbers import NUMBERS, ORDINALS

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROUND = frozenset({100, 1000, 1_000_000})  # one part of these is spoken "one hundredth", without a second "one"


def say_cardinal(number: int | str, words: NumberWords = NUMBERS) -> str:
    """12345, or "12,345" → "twelve thousand three hundred and forty-five".

    A number beyond the largest scale of `words` is spelled digit by digit.
    """
    figures = str(number).replace(",", "")
    if len(figures) > 3 * (len(words.scales) + 1):
        return spell_digits(figures, words)
    value = int(figures)
    if value < 1000:
        return _below_thousand(value, words)
    groups = []
    for scale, name in reversed(list(enumerate(words.scales, 1))):
        group = value // 1000**scale % 1000
        if group:
            groups.append(f"{_below_thousand(group, words)} {name}")
    rest = value % 1000
    joint = words.last_joint if rest < 100 else " "
    return " ".join(groups) + (f"{joint}{_below_thousand(rest, words)}" if rest else "")


def _below_thousand(value: int, words: NumberWords = NUMBERS) -> str:
    if value < 100:
        return _below_hundred(value, words)
    hundreds, rest = divmod(value, 100)
    return f"{words.small[hundreds]} {words.hundred}" + (
        f"{words.last_joint}{_below_hundred(rest, words)}" if rest else ""
    )


def _below_hundred(value: int, words: NumberWords = NUMBERS) -> str:
    if value < 20:
        return words.small[value]
    tens, unit = divmod(value, 10)
    return words.tens[tens - 2] + (f"{words.tens_joint}{words.small[unit]}" if unit else "")


def say_ordinal(number: int | str) -> str:
    """22 → "twenty-second"."""
    words = say_cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    stem, last = words[:cut], words[cut:]
    if last in ORDINALS:
        return stem + ORDINALS[last]
    return stem + (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")


def spell_digits(figures: str, words: NumberWords = NUMBERS) -> str:
    """Spell digit by digit: "0705" → "zero seven zero five". Other characters are left out."""
    return " ".join(words.small[int(figure)] for figure in figures if figure in "0123456789")


def say_fraction(top: int, bottom: int) -> str:
    """1, 2 → "one half"; 3, 100 → "three hundredths"; 3, 1 → "three over one"."""
    if bottom < 2:
        return f"{say_cardinal(top)} over {say_cardinal(bottom)}"
    name = FRACTION_NAMES.get(bottom) or say_ordinal(bottom)
    if bottom in _ROUND:
        name = name.removeprefix("one ")
    if top == 1:
        return f"one {name}"
    return f"{say_cardinal(top)} {'halves' if bottom == 2 else pluralize(name)}"


def say_decimal(figures: str) -> str:
    """ "3.14" → "three point one four", ".5" → "point five"; a whole number is a cardinal."""
    whole, point, part = figures.partition(".")
    if not point:
        return say_cardinal(whole)
    digits = " ".join(NUMBERS.small[int(figure)] for figure in part)
    return f"{say_cardinal(whole)} point {digits}" if whole else f"point {digits}"


def say_year(value: int) -> str:
    """1990 → "nineteen ninety", 1905 → "nineteen oh five", 1900 → "nineteen hundred", 2004 → "two thousand four"."""
    century, rest = divmod(value, 100)
    if century < 10:
        return say_cardinal(value)
    if century % 10 == 0 and rest < 10:
        return say_cardinal(century * 100) + (f" {NUMBERS.small[rest]}" if rest else "")
    if not rest:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {'oh ' if rest < 10 else ''}{_below_hundred(rest)}"


def pluralize(words: str) -> str:
    """Return the plural of a number's name: "ninety" → "nineties", "six" → "sixes", "third" → "thirds"."""
    if words.endswith("y"):
        return f"{words[:-1]}ies"
    return words + ("es" if words.endswith("x") else "s")


def read_roman(figures: str) -> int | None:
    """Return the value of a Roman numeral in standard form, in either case; None for anything else."""
    capitals = figures.upper()
    if not figures or not _ROMAN.fullmatch(capitals):
        return None
    values = [_ROMAN_DIGITS[figure] for figure in capitals]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


FRACTIONS = {
    "½": (1, 2),
    "⅓": (1, 3),
    "⅔": (2, 3),
    "¼": (1, 4),
    "¾": (3, 4),
    "⅕": (1, 5),
    "⅖": (2, 5),
    "⅗": (3, 5),
    "⅘": (4, 5),
    "⅙": (1, 6),
    "⅚": (5, 6),
    "⅐": (1, 7),
    "⅛": (1, 8),
    "⅜": (3, 8),
    "⅝": (5, 8),
    "⅞": (7, 8),
    "⅑": (1, 9),
    "⅒": (1, 10),
}
FIGURES = r"(?:\d[\d,]{0,20}(?:\.\d{1,12})?|\.\d{1,12})"
SIGNS = "".join(FRACTIONS)
AMOUNT = (
    rf"(?:(?:\d{{1,9}}\s?)?[{SIGNS}]|(?:\d{{1,9}}[ -])?\d{{1,4}}[/⁄]\d{{1,4}}(?!\d)|{FIGURES})"  # never after a digit
)
_MIXED = re.compile(
    rf"(?:(?P<whole>\d{{1,9}})[\s-]?)?(?:(?P<sign>[{SIGNS}])|(?<!\d)(?P<top>\d{{1,4}})[/⁄](?P<bottom>\d{{1,4}}))"
)


def say_amount(figures: str) -> str:
    """ "1,234.5" → "one thousand two hundred and thirty-four point five", "2½" → "two and a half"."""
    mixed = _MIXED.fullmatch(figures)
    if not mixed:
        return say_decimal(figures.replace(",", "").rstrip("."))
    top, bottom = FRACTIONS[mixed["sign"]] if mixed["sign"] else (int(mixed["top"]), int(mixed["bottom"]))
    return say_mixed_number(mixed["whole"], top, bottom)


def say_mixed_number(whole: str | None, top: int, bottom: int) -> str:
    """2, 1, 4 → "two and a quarter"."""
    part = say_fraction(top, bottom)
    if not whole:
        return part
    return f"{say_cardinal(whole)} and {part.replace('one ', 'a ', 1) if top == 1 and bottom in {2, 4} else part}"


def is_part(figures: str) -> bool:
    """Whether `figures` is a fraction without a whole number before it: "1/2", "¾"."""
    mixed = _MIXED.fullmatch(figures)
    return bool(mixed and not mixed["whole"])
