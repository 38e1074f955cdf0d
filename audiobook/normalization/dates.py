"""Speak dates, decades, and years that are written as such."""

import re

from audiobook.languages.en.spoken.calendar import DAYS, MONTHS, SHORT_MONTHS, YEAR_PARTS
from audiobook.normalization.numbers import pluralize, say_cardinal, say_ordinal, say_year
from audiobook.normalization.patterns import any_of

NAMED_MONTH = rf"(?:{any_of(MONTHS)}|(?:{any_of(SHORT_MONTHS)})\b\.?)"
_MONTH = rf"(?P<month>{NAMED_MONTH})"
_DAY_ONLY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?P<th>st|nd|rd|th)?"
_TO = r"\s?(?:[–—-]|to)\s?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d,]*\d|\.\d)"
_MONTH_DAY = re.compile(
    rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}(?:{_TO}(?P<last>{_DAY_ONLY}))?(?![\d:]|\.\d)(?:(?:,?\s+){_YEAR})?", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    rf"(?P<the>\b[Tt]he\s+)?\b(?<![\d.,:]){_DAY}(?:{_TO}(?P<last>{_DAY_ONLY}))?[\s-](?P<of>of\s+)?{_MONTH}(?!\w)"
    rf"(?:(?:,?\s+|-){_YEAR})?",
    re.IGNORECASE,
)
_DASHED_NAME = re.compile(rf"\b({any_of(SHORT_MONTHS)})-(?=\d{{1,2}}-[12]\d{{3}}\b)(\d{{1,2}})-")
_MONTH_ALONE = re.compile(
    rf"\b(?P<month>(?:{any_of(SHORT_MONTHS)}))(?:\.(?=,?\s+[12]\d{{3}}\b)|(?=,?\s+[12]\d{{3}}\b))"
)
_MONTHS_TO = re.compile(
    rf"\b({NAMED_MONTH})\s?[–-]\s?(?={NAMED_MONTH}(?!\w))({any_of((*MONTHS, *SHORT_MONTHS))})(?:\.(?=\s|$))?"
)
_DAYS_TO = re.compile(
    rf"\b({any_of(DAYS)})\.?\s?[–-]\s?({any_of(DAYS)})\b\.?|\b({any_of(DAYS.values())})[–-](?={any_of(DAYS.values())})"
)
_DAY_MONTH_TO = re.compile(rf"(?<=\d )({NAMED_MONTH})\s?[–-]\s?(?=\d{{1,2}}(?:st|nd|rd|th)? {NAMED_MONTH}(?!\w))")
_LETTERS_TO = re.compile(r"(?<![\w–-])([A-Z](?=–[A-Z](?![\w–-]))|K(?=-\d{1,2}\b))[–-]")
_SPAN_GATE = re.compile(r"[–-](?=[A-Z\d])|[–-] [A-Z]")
_DATE_TO = re.compile(rf"(?<=\d|[a-z])((?:st|nd|rd|th)?)\s?[–—-]\s?(?={NAMED_MONTH}\s+\d{{1,2}}\b)")
_DAY_OF_WEEK = re.compile(
    rf"\b({any_of(DAYS)})(?:\.,?|,)?(?=\s+(?:{_DAY_ONLY}\s+{NAMED_MONTH}|{NAMED_MONTH}\s+\d)(?!\w))"
)
_ISO = re.compile(
    r"(?<![\d.-])(?P<year>[12]\d{3})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>0?[1-9]|[12]\d|3[01])(?![\d-]|\.\d)"
)
_SLASHED = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[/.]|-(?=\d\d?-\d{4}))(?P<b>\d{1,2})(?P=sep)(?P<year>[12]\d{3}|\d\d)(?![\d/-]|\.\d)"
)
_DECADE = re.compile(r"(?<![\d.,])(?:(?P<century>1[0-9]|20)(?P<ten>\d)0|(?P<short>'?)(?P<bare>[2-9])0)'?s\b")
_DECADES_TO = re.compile(r"(?<![\d.,-])(\d{3}0'?s)\s?[–-]\s?(?='?(?:\d\d)?\d0'?s\b)")
_DASHED_YEARS = re.compile(
    r"(?<![\d.,/$£€-])(?P<from>1[0-9]\d\d|20\d\d)\s?[–—-]\s?(?P<to>\d\d|1[0-9]\d\d|20\d\d)(?![\d-]|[.,/:]\d)"
)
_ON_DAY = re.compile(r"(?<=\b[Oo]n )(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\w/]|[.,]\d| of\b)")
_UNTIL_NOW = re.compile(r"(?<=\b[12]\d{3})\s?[–-]\s?(?=(?:present|now|today|date)\b)")
_SCHOOL_YEAR = re.compile(r"(?<![\d.,/-])(?P<from>1[5-9]\d\d|20\d\d)/(?P<to>\d\d|1[5-9]\d\d|20\d\d)(?![\d/-])")
_SHORT_YEAR = re.compile(r"(?<!\w)'(?P<year>\d\d)\b(?!['\d])")
_ERA_TO = re.compile(r"(?<=\d) ?(BC|AD|BCE|CE)\s?[–—-]\s?(?=\d)")
_QUARTER = re.compile(r"(?<!\w)(?P<nth>[1-4])(?P<part>[QH])(?P<year>\d\d|20\d\d)(?!\w)")
_FISCAL = re.compile(r"\b(FY|Q[1-4]) ?(?='?\d{2,4}\b)")
_MID = re.compile(r"(?<=\b[Mm]id)-(?=\d)")


def say_dates(text: str, *, day_first: bool = False) -> str:
    """ "5 May 1990" → "the fifth of May, nineteen ninety", "1914–18" → "nineteen fourteen to eighteen".

    With `day_first`, 5/6/1990 is the fifth of June, else May sixth.
    """
    text = _ISO.sub(_iso, _SLASHED.sub(lambda found: _slashed(found, day_first=day_first), text))
    text = _ON_DAY.sub(lambda found: _on_day(found, day_first=day_first), _spans(text))
    text = _DAY_OF_WEEK.sub(lambda found: f"{DAYS[found[1]]}{',' if ',' in found.group() else ''}", text)
    text = _DAY_MONTH.sub(_day_month, _MONTH_DAY.sub(_month_day, _DASHED_NAME.sub(r"\1 \2, ", text)))
    text = _MONTH_ALONE.sub(lambda found: MONTHS[SHORT_MONTHS[found["month"]]], text)
    text = _DECADE.sub(_decade, _DASHED_YEARS.sub(_dashed_years, _DECADES_TO.sub(r"\1 to ", text)))
    text = _SCHOOL_YEAR.sub(_school_year, text)
    text = _QUARTER.sub(_quarter, _FISCAL.sub(r"\1 ", text))
    return _SHORT_YEAR.sub(lambda found: _two_digits(found["year"]), text)


def say_spans(text: str) -> str:
    """ "Mon–Fri" → "Monday to Friday", "June–August" → "June to August": spans without figures."""
    if not _SPAN_GATE.search(text):
        return text
    text = _DAYS_TO.sub(_days_to, text)
    text = _MONTHS_TO.sub(lambda found: f"{_month(found[1])} to {_month(found[2])}", text)
    return _LETTERS_TO.sub(r"\1 to ", text)


def _spans(text: str) -> str:
    """Replace the dash between two dates by "to"."""
    if "–" not in text and "-" not in text and "—" not in text:
        return text
    text = _UNTIL_NOW.sub(" to ", text)
    text = _DAY_MONTH_TO.sub(r"\1 to ", text)
    return _DATE_TO.sub(r"\1 to ", _ERA_TO.sub(r" \1 to ", text))


def _days_to(found: re.Match[str]) -> str:
    if found[3]:
        return f"{found[3]} to "
    return f"{DAYS[found[1]]} to {DAYS[found[2]]}"


def _iso(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found['month']) - 1]} {say_ordinal(int(found['day']))}, {say_year(int(found['year']))}"


def _slashed(found: re.Match[str], *, day_first: bool) -> str:
    """Read the month first, as in America, unless it is above 12; with dots the day first, as on the Continent."""
    first, second = int(found["a"]), int(found["b"])
    month, day = (
        (second, first) if first > 12 or ((day_first or found["sep"] == ".") and second <= 12) else (first, second)
    )
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found.group()
    written = found["year"]
    said = _year_of_two(written) if len(written) == 2 else say_year(int(written))
    return f"{MONTHS[month - 1]} {say_ordinal(day)}, {said}"


def _on_day(found: re.Match[str], *, day_first: bool) -> str:
    """Speak a day without its year. Only "on" before it distinguishes it from a fraction."""
    first, second = int(found["a"]), int(found["b"])
    month, day = (second, first) if day_first or first > 12 else (first, second)
    return f"{MONTHS[month - 1]} {say_ordinal(day)}" if 1 <= month <= 12 and 1 <= day <= 31 else found.group()


def _year_of_two(figures: str) -> str:
    return "two thousand" if figures == "00" else _two_digits(figures)


def _month(name: str) -> str:
    bare = name.rstrip(".").capitalize()
    return MONTHS[SHORT_MONTHS[bare]] if bare in SHORT_MONTHS else bare


def _in_year(found: re.Match[str]) -> str:
    return f", {say_year(int(found['year']))}" if found["year"] else ""


def _days(found: re.Match[str]) -> str:
    """Return the day, or the range of days: "third to fifth"."""
    last = re.sub(r"\D", "", found["last"] or "")
    return say_ordinal(int(found["day"])) + (f" to {say_ordinal(int(last))}" if last else "")


def _month_day(found: re.Match[str]) -> str:
    if _is_a_verb(found):
        return found.group()
    return f"{_month(found['month'])} {_days(found)}{_in_year(found)}"


def _day_month(found: re.Match[str]) -> str:
    if _is_a_verb(found):
        return found.group()
    the = found["the"] or ("" if found["th"] and found["of"] else "the ")
    return f"{the}{_days(found)} of {_month(found['month'])}{_in_year(found)}"


def _is_a_verb(found: re.Match[str]) -> bool:
    """ "they march 3 miles", "you may 1 day": months in small letters need an ordinal or a year."""
    return found["month"] in {"may", "march"} and not (found["th"] or found["year"])


def _decade(found: re.Match[str]) -> str:
    if found["bare"]:
        return pluralize(say_cardinal(int(found["bare"]) * 10))
    century, ten = int(found["century"]), int(found["ten"])
    if ten:
        return f"{say_cardinal(century)} {pluralize(say_cardinal(ten * 10))}"
    return pluralize(say_year(century * 100))


def _dashed_years(found: re.Match[str]) -> str:
    start, end = int(found["from"]), found["to"]
    return f"{say_year(start)} to {say_year(int(end)) if len(end) == 4 else _two_digits(end)}"


def _school_year(found: re.Match[str]) -> str:
    """ "1984/85" → "nineteen eighty-four to eighty-five"; 1984/12 is no year."""
    follows = (int(found["from"]) + 1) % 100 == int(found["to"][-2:])
    return _dashed_years(found) if follows else found.group()


def _quarter(found: re.Match[str]) -> str:
    figures = found["year"]
    said = say_year(int(figures)) if len(figures) == 4 else _two_digits(figures)
    return f"{say_ordinal(int(found['nth']))} {YEAR_PARTS[found['part']]} of {said}"


def _two_digits(figures: str) -> str:
    """Return the last two digits of a year in words: "05" → "oh five"."""
    value = int(figures)
    return f"oh {say_cardinal(value)}" if value < 10 else say_cardinal(value)
