"""Symbols that stand for words."""

import re

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
    "≠": "does not equal",
    "≤": "at most",
    "≥": "at least",
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
_SYMBOL = re.compile(rf"\s*([{re.escape(''.join(SYMBOLS))}])\s*")
_SILENT = re.compile(r"\s*[/<>]+\s*")


def say_symbols(text: str) -> str:
    """ "salt & pepper" → "salt and pepper"; a slash between words is a breath."""
    text = _SYMBOL.sub(lambda mark: f" {SYMBOLS[mark[1]]} ", text) if _SYMBOL.search(text) else text
    return _SILENT.sub(" ", text)
