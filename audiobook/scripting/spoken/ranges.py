"""From one figure to another, and the signs before a figure: "3–4", "$5-10", "-5", ">100"."""

import re

from audiobook.scripting.spoken.money import COUNTRIES, CURRENCIES
from audiobook.scripting.spoken.tables import any_of
from audiobook.scripting.spoken.units import UNITS

# What may stand between a figure and the dash behind it.
_BEHIND = rf"(?:st|nd|rd|th|(?:[ -]?(?:million|billion|trillion|thousand))|[kKmMB]|bn|\s?(?:{any_of(UNITS)})\.?)?"
_COIN = rf"(?:(?:{any_of(COUNTRIES)})?[{''.join(sign for sign in CURRENCIES if len(sign) == 1)}])?"
_FIGURE = r"(?:\d[\d,]{0,15}(?:\.\d{1,9})?|\.\d{1,9})"
_RANGE = re.compile(
    rf"(?<![\w.,/–—-])(?P<low>(?:(?<!\d)[-−])?{_COIN}{_FIGURE}{_BEHIND})\s?(?:[–—-]|~)\s?"
    rf"(?=(?P<high>[-−]?{_COIN}{_FIGURE})(?![\d/-]))"
)
_HALVES = re.compile(r"(?<![\w.,/–-])50[–-]50(?![\w/–-])")
_DOTS = re.compile(r"(?<![\w.])(\d{1,4})(?:\.\.\.|…)(?=\d{1,4}(?![\w.]))")
_MINUS = re.compile(rf"(?<![\w)\].,$£€¥–—-])(?:[-−–]|-\s(?=\d)(?<=^-\s))(?=(?:{_COIN})\d|\.\d|[{''.join('½⅓¼')}])")
_PLUS = re.compile(r"(?<=\d)\+(?![\d\s]*\d)")


def say_ranges(text: str) -> str:
    """ "3–4" → "3 to 4", "-5" → "minus 5"; the figures themselves are left to what they measure."""
    if "=" not in text:
        text = _HALVES.sub("fifty-fifty", text)
        text = _RANGE.sub(r"\g<low> to ", _DOTS.sub(r"\1 to ", text))
    return _PLUS.sub(" plus", _MINUS.sub("minus ", text))
