"""Amounts as they are written in figures: "1,234.5", ".5", "2½", "2 1/2", "1/3"."""

import re

from audiobook.scripting.spoken.numbers import cardinal, decimal, fraction

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


def amount(figures: str) -> str:
    """ "1,234.5" → "one thousand two hundred and thirty-four point five", "2½" → "two and a half"."""
    mixed = _MIXED.fullmatch(figures)
    if not mixed:
        return decimal(figures.replace(",", "").rstrip("."))
    top, bottom = FRACTIONS[mixed["sign"]] if mixed["sign"] else (int(mixed["top"]), int(mixed["bottom"]))
    return with_whole(mixed["whole"], top, bottom)


def with_whole(whole: str | None, top: int, bottom: int) -> str:
    """2, 1, 4 → "two and a quarter"."""
    part = fraction(top, bottom)
    if not whole:
        return part
    return f"{cardinal(whole)} and {part.replace('one ', 'a ', 1) if top == 1 and bottom in {2, 4} else part}"


def is_part(figures: str) -> bool:
    """Whether it is a fraction with nothing whole before it: "1/2", "¾"."""
    mixed = _MIXED.fullmatch(figures)
    return bool(mixed and not mixed["whole"])
