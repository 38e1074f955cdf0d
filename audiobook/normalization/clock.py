"""Speak times of day and lengths of time."""

import re

from audiobook.languages.en.spoken.calendar import AFTER_TIME
from audiobook.normalization.numbers import say_cardinal
from audiobook.normalization.patterns import any_of

_HALF = r"(?P<half>[AaPp])\.?\s?[Mm]\b(?P<stop>\.?)"
_CLOCK = re.compile(rf"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?\s?{_HALF}")
_HOUR = re.compile(rf"(?<![\d:.,$£€])(?P<hour>1[0-2]|0?[1-9])\s?{_HALF}")
_AMPM = r"[AaPp]\.?[Mm]\b"
_HOURS = re.compile(
    rf"(?<![\d:.,])(\d{{1,2}}(?:[:.]\d\d(?:\s?{_AMPM}\.?)?|\s?{_AMPM}\.?))\s?[–—-]\s?(?=\d{{1,2}}(?:[:.]\d\d|\s?{_AMPM}))"
)
_TO_HALF = re.compile(rf"(?<![\d:.,/-])(\d{{1,2}})\s?[–—-]\s?(?=\d{{1,2}}(?:[:.]\d\d)?\s?{_AMPM})")
_COLON = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?![\d:])(?P<hours>\s?(?:hrs?\b\.?|hours))?"
)
_POINT = re.compile(
    r"(?P<lead>\b(?:[Aa]t|[Bb]y|[Uu]ntil|till|[Bb]efore|[Aa]fter|about|past)\s+|\b(?:[Tt]he|[Aa]n)\s+(?:old\s+|last\s+)?)"
    r"(?P<hour>1\d|2[0-3]|0?[1-9])\.(?P<minute>[0-5]\d)"
    rf"(?=[,;:!?]|\.?\s*$|\s+(?:{any_of(AFTER_TIME)})\b)"
)
_HUNDRED = re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>00|15|30|45)\s?(?:hrs|hours)\b")
# Full hours that are not spoken with "o'clock".
_FULL_HOURS = {0: "midnight", 24: "midnight"} | {hour: f"{say_cardinal(hour)} hundred" for hour in range(13, 24)}
_LENGTH = re.compile(r"(?<![\w.,:])(?P<hours>\d{1,3})\s?h\s?(?P<minutes>[0-5]?\d)(?:\s?(?:m|mins?)\b)?(?!\w)")
_COUNTDOWN = re.compile(r"\bT-(?=\d)")


def say_times(text: str) -> str:
    """ "at 5:30 p.m." → "at five thirty PM", "2h30" → "two hours thirty"."""
    if "-" in text or "–" in text or "—" in text:
        text = _TO_HALF.sub(r"\1 to ", _HOURS.sub(r"\1 to ", _COUNTDOWN.sub("T minus ", text)))
    if "h" in text:
        text = _LENGTH.sub(_length, text)
    if ":" in text or "m" in text or "M" in text:
        text = _COLON.sub(_clock, _HOUR.sub(_clock, _CLOCK.sub(_clock, text)))
    return _HUNDRED.sub(_military, _POINT.sub(_clock, text))


def _clock(found: re.Match[str]) -> str:
    parts = found.groupdict()
    hour, minute, second, half = (parts.get(name) for name in ("hour", "minute", "second", "half"))
    if parts.get("hours"):
        return f"{say_cardinal(int(hour or 0))} {'hundred' if minute == '00' else _two_digits(minute or '')} hours"
    if minute == "00" and not second and not half and int(hour or 0) in _FULL_HOURS:
        return f"{parts.get('lead') or ''}{_FULL_HOURS[int(hour or 0)]}"
    said = f"{parts.get('lead') or ''}{say_cardinal(int(hour or 0))}{_minutes(minute, clock=not half)}"
    if second:
        said += f" and {say_cardinal(int(second))} second{'' if int(second) == 1 else 's'}"
    return said + (f" {half.upper()}M{_stop(found)}" if half else "")


def _minutes(minute: str | None, *, clock: bool) -> str:
    if minute is None:
        return ""
    if minute == "00":
        return " o'clock" if clock else ""
    return f" {_two_digits(minute)}"


def _two_digits(figures: str) -> str:
    value = int(figures)
    return f"oh {say_cardinal(value)}" if value < 10 else say_cardinal(value)


def _stop(found: re.Match[str]) -> str:
    """Return the full stop of "p.m." where it ends a sentence, else nothing."""
    rest = found.string[found.end() :].lstrip()
    return found["stop"] if not rest or (rest[0].isupper() and not rest[:2].isupper()) else ""


def _military(found: re.Match[str]) -> str:
    minute = "hundred" if found["minute"] == "00" else say_cardinal(int(found["minute"]))
    hour = found["hour"]
    return f"{'oh ' if hour[0] == '0' else ''}{say_cardinal(int(hour))} {minute} hours"


def _length(found: re.Match[str]) -> str:
    hours, minutes = int(found["hours"]), int(found["minutes"])
    hour, minute = "hour" + "s" * (hours != 1), "minute" + "s" * (minutes != 1)
    return f"{say_cardinal(hours)} {hour} {say_cardinal(minutes)} {minute}"
