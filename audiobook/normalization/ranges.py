"""Speak ranges and signs before a figure ("3–4", "-5"), and places in the Bible ("John 3:16")."""

import re

from audiobook.languages.en.spoken.measures import UNITS
from audiobook.languages.en.spoken.money import COUNTRIES, CURRENCIES
from audiobook.languages.en.spoken.scripture import BOOKS, SHORT
from audiobook.normalization.numbers import say_cardinal, say_ordinal
from audiobook.normalization.patterns import any_of

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
    """ "3–4" → "3 to 4", "-5" → "minus 5". Later rules speak the figures."""
    if "=" not in text:
        text = _HALVES.sub("fifty-fifty", text)
        text = _RANGE.sub(r"\g<low> to ", _DOTS.sub(r"\1 to ", text))
    return _PLUS.sub(" plus", _MINUS.sub("minus ", text))


_PLACE = re.compile(
    rf"\b(?:(?P<nth>[123]) )?(?P<book>{any_of({*SHORT, *BOOKS})})\b\.? (?P<chapter>\d{{1,3}}):(?P<verse>\d{{1,3}})"
    r"(?:\s?[–—-]\s?(?P<last>\d{1,3}))?(?![\d:]|\s?[ap]\.?m)"
)


def say_scripture(text: str) -> str:
    """ "1 Cor. 13:4–7" → "First Corinthians thirteen, four to seven"."""
    return _PLACE.sub(_place, text) if ":" in text else text


def _place(found: re.Match[str]) -> str:
    nth = f"{say_ordinal(found['nth']).capitalize()} " if found["nth"] else ""
    last = f" to {say_cardinal(found['last'])}" if found["last"] else ""
    book = SHORT.get(found["book"], found["book"])
    return f"{nth}{book} {say_cardinal(found['chapter'])}, {say_cardinal(found['verse'])}{last}"
