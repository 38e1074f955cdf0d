"""Dates and clock times."""

import re

from audiobook.scripting.spoken.numbers import cardinal, ordinal, plural, year
from audiobook.scripting.spoken.tables import any_of, words

MONTHS = words(
    """
    January February March April May June July August September October November December
    """
)
_SHORT = {
    "Jan": 0, "Feb": 1, "Mar": 2, "Apr": 3, "Jun": 5, "Jul": 6, "Aug": 7, "Sept": 8, "Sep": 8,
    "Oct": 9, "Nov": 10, "Dec": 11,
}  # fmt: skip

_MONTH = rf"(?P<month>{any_of(MONTHS)}|(?:{any_of(_SHORT)})\b\.?)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?P<th>st|nd|rd|th)?"
_YEAR = r"(?P<year>[12]\d{3})(?![\d,.]*\d)"
_MONTH_DAY = re.compile(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}(?![\d:]|\.\d)(?:(?:,?\s+){_YEAR})?", re.IGNORECASE)
_DAY_MONTH = re.compile(
    rf"(?P<the>\b[Tt]he\s+)?\b(?<![\d.,:]){_DAY}[\s-](?P<of>of\s+)?{_MONTH}(?!\w)(?:(?:,?\s+|-){_YEAR})?",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"\b(?P<month>(?:{any_of(_SHORT)}))\.(?=,?\s+[12]\d{{3}}\b)")
_ISO = re.compile(
    r"(?<![\d-])(?P<year>[12]\d{3})(?P<mark>[-/])(?P<month>0[1-9]|1[0-2])(?P=mark)(?P<day>0[1-9]|[12]\d|3[01])(?![\d-])"
)
_SLASHED = re.compile(
    r"(?<![\d/.])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>[12]\d{3}|\d\d)(?![\d/]|\.\d)"
)

_HALF = r"(?P<half>[AaPp])\.?\s?[Mm]\b(?P<stop>\.?)"
_CLOCK = re.compile(rf"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?{_HALF}")
_HOUR = re.compile(rf"(?<![\d:.,$£€])(?P<hour>1[0-2]|0?[1-9])\s?{_HALF}")
_AMPM = r"[AaPp]\.?[Mm]\b"
_HOURS = re.compile(
    rf"(?<![\d:.,])(\d{{1,2}}(?:[:.]\d\d(?:\s?{_AMPM}\.?)?|\s?{_AMPM}\.?))\s?[–—-]\s?(?=\d{{1,2}}(?:[:.]\d\d|\s?{_AMPM}))"
)
_COLON = re.compile(r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])")
# What follows "the 4.15" where it is a train, or "at 4.15" where it is a time.
_AFTER_TRAIN = words(
    """
    from to train express bus boat for ferry down up on in and that this sharp yesterday today tomorrow instead was is
    or which at
    """
)
_POINT = re.compile(
    r"(?P<lead>\b(?:at|by|until|till|before|after|about|past)\s+|\b(?:[Tt]he|[Aa]n)\s+(?:old\s+|last\s+)?)"
    r"(?P<hour>1\d|2[0-3]|0?[1-9])\.(?P<minute>[0-5]\d)"
    rf"(?=[,;:!?]|\.?\s*$|\s+(?:{any_of(_AFTER_TRAIN)})\b)"
)
_HUNDRED = re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>00|15|30|45)\s?(?:hrs|hours)\b")
_DECADE = re.compile(r"(?<![\d.,])(?:(?P<century>1[0-9]|20)(?P<ten>\d)0|(?P<short>'?)(?P<bare>[2-9])0)'?s\b")
_DASHED_YEARS = re.compile(
    r"(?<![\d.,/-])(?P<from>1[0-9]\d\d|20\d\d)\s?[–—-]\s?(?P<to>\d\d|1[0-9]\d\d|20\d\d)(?![\d-]|[.,/]\d)"
)
_SHORT_YEAR = re.compile(r"(?<!\w)'(?P<year>\d\d)\b(?!['\d])")


def say_dates_and_times(text: str, *, day_first: bool = False) -> str:
    """ "5 May 1990 at 5:30 p.m." → "the fifth of May, nineteen ninety at five thirty PM".

    `day_first` says how 5/6/1990 is meant: the fifth of June, or May sixth.
    """
    text = _HOURS.sub(r"\1 to ", text)
    text = _ISO.sub(_iso, _SLASHED.sub(lambda found: _slashed(found, day_first=day_first), text))
    text = _DAY_MONTH.sub(_day_month, _MONTH_DAY.sub(_month_day, text))
    text = _MONTH_ALONE.sub(lambda found: MONTHS[_SHORT[found["month"]]], text)
    text = _DECADE.sub(_decade, _DASHED_YEARS.sub(_dashed_years, text))
    text = _SHORT_YEAR.sub(lambda found: _two_digits(found["year"]), text)
    if ":" in text or "m" in text or "M" in text:
        text = _COLON.sub(_clock, _HOUR.sub(_clock, _CLOCK.sub(_clock, text)))
    return _HUNDRED.sub(_military, _POINT.sub(_clock, text))


def _iso(found: re.Match[str]) -> str:
    return f"{MONTHS[int(found['month']) - 1]} {ordinal(int(found['day']))}, {year(int(found['year']))}"


def _slashed(found: re.Match[str], *, day_first: bool) -> str:
    """Month first, as in America, unless that cannot be; with dots day first, as on the Continent."""
    first, second = int(found["a"]), int(found["b"])
    month, day = (
        (second, first) if first > 12 or ((day_first or found["sep"] == ".") and second <= 12) else (first, second)
    )
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found.group()
    written = found["year"]
    said = _two_digits(written) if len(written) == 2 else year(int(written))
    return f"{MONTHS[month - 1]} {ordinal(day)}, {said}"


def _month(name: str) -> str:
    bare = name.rstrip(".").capitalize()
    return MONTHS[_SHORT[bare]] if bare in _SHORT else bare


def _in_year(found: re.Match[str]) -> str:
    return f", {year(int(found['year']))}" if found["year"] else ""


def _month_day(found: re.Match[str]) -> str:
    if _is_a_verb(found):
        return found.group()
    return f"{_month(found['month'])} {ordinal(int(found['day']))}{_in_year(found)}"


def _day_month(found: re.Match[str]) -> str:
    if _is_a_verb(found):
        return found.group()
    return f"{found['the'] or 'the '}{ordinal(int(found['day']))} of {_month(found['month'])}{_in_year(found)}"


def _is_a_verb(found: re.Match[str]) -> bool:
    """ "they march 3 miles", "you may 1 day": months in small letters need an ordinal or a year."""
    return found["month"] in {"may", "march"} and not (found["th"] or found["year"])


def _decade(found: re.Match[str]) -> str:
    if found["bare"]:
        return plural(cardinal(int(found["bare"]) * 10))
    century, ten = int(found["century"]), int(found["ten"])
    if ten:
        return f"{cardinal(century)} {plural(cardinal(ten * 10))}"
    return plural(year(century * 100))


def _dashed_years(found: re.Match[str]) -> str:
    start, end = int(found["from"]), found["to"]
    return f"{year(start)} to {year(int(end)) if len(end) == 4 else _two_digits(end)}"


def _two_digits(figures: str) -> str:
    """The end of a year: "05" → "oh five"."""
    value = int(figures)
    return f"oh {cardinal(value)}" if value < 10 else cardinal(value)


def _clock(found: re.Match[str]) -> str:
    parts = found.groupdict()
    hour, minute, second, half = (parts.get(name) for name in ("hour", "minute", "second", "half"))
    said = f"{parts.get('lead') or ''}{cardinal(int(hour or 0))}{_minutes(minute, clock=not half)}"
    if second:
        said += f" and {cardinal(int(second))} second{'' if int(second) == 1 else 's'}"
    return said + (f" {half.upper()}M{_stop(found)}" if half else "")


def _minutes(minute: str | None, *, clock: bool) -> str:
    if minute is None:
        return ""
    if minute == "00":
        return " o'clock" if clock else ""
    return f" {_two_digits(minute)}"


def _stop(found: re.Match[str]) -> str:
    """The full stop of "p.m." where a sentence ends with it."""
    rest = found.string[found.end() :].lstrip()
    return found["stop"] if not rest or (rest[0].isupper() and not rest[:2].isupper()) else ""


def _military(found: re.Match[str]) -> str:
    minute = "hundred" if found["minute"] == "00" else cardinal(int(found["minute"]))
    hour = found["hour"]
    return f"{'oh ' if hour[0] == '0' else ''}{cardinal(int(hour))} {minute} hours"
