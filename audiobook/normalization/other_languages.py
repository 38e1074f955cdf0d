"""Apply the tables of a language that has no rules of its own: its abbreviations, and its words for whole numbers."""

import re
from functools import cache

from audiobook.languages import Language
from audiobook.normalization.numbers import say_cardinal
from audiobook.normalization.patterns import any_of

# A whole number without marks in or beside it: what "1.234" or "3:15" means depends on the language.
_WHOLE_NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?![\w/]|[.,:-]\d)")


def apply_tables(text: str, language: Language) -> str:
    """Return the text with the language's abbreviations in full and its whole numbers in words."""
    if language.abbreviations:
        text = _abbreviated(language).sub(lambda found: language.abbreviations[found[1]], text)
    if language.numbers is None:
        return text
    words = language.numbers
    return _WHOLE_NUMBER.sub(lambda found: say_cardinal(found.group(), words), text)


@cache
def _abbreviated(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\b({any_of(language.abbreviations)})\.")
