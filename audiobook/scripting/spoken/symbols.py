"""Symbols that stand for words."""

import re

from audiobook.scripting.spoken.tables import any_of

SYMBOLS = {
    "&": "and",
    "%": "percent",
    "+": "plus",
    "=": "equals",
    "@": "at",
    "#": "number",
    "°": "degrees",
    "×": "times",
    "÷": "divided by",
    "±": "plus or minus",
    "≈": "about",
    "~": "about",
    "²": "squared",
    "³": "cubed",
    "^": "to the power of",
    "≠": "does not equal",
    "≤": "at most",
    "≥": "at least",
    "§§": "sections",
    "§": "section",
    "©": "copyright",
    "√": "the square root of",
    "π": "pi",
    "∞": "infinity",
    "−": "minus",
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "¢": "cents",
}
SLASHED = {"c/o": "care of", "w/": "with", "w/o": "without", "n/a": "not applicable"}
_GATE = re.compile(rf"[/<>{re.escape(''.join(SYMBOLS))}]")
_SYMBOL = re.compile(rf"\s*({any_of(SYMBOLS)})\s*")
_SILENT = re.compile(r"\s*[/<>]+\s*")

_SLASHED = re.compile(rf"(?<!\w)(?:{any_of(SLASHED)})(?!\w)", re.IGNORECASE)


def say_symbols(text: str) -> str:
    """ "salt & pepper" → "salt and pepper"; a slash between words is a breath."""
    if not _GATE.search(text):
        return text
    text = _SYMBOL.sub(_named, text)
    if "/" in text:
        text = _SLASHED.sub(lambda found: SLASHED[found.group().lower()], text)
    return _SILENT.sub(" ", text)


def _named(mark: re.Match[str]) -> str:
    """The symbol's word; nothing for one that stands away from every word, as in a ruled line."""
    beside = mark.string[max(0, mark.start() - 1) : mark.start()] + mark.string[mark.end() : mark.end() + 1]
    return f" {SYMBOLS[mark[1]]} " if any(map(str.isalnum, beside)) else " "
