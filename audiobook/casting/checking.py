"""What a value in a voices file may be: small checks that give the value back or say what is wrong with it."""

import math
from collections.abc import Callable
from typing import Any

from audiobook.casting.complaints import quoted

Check = Callable[[Any], Any]

_LONGEST_PAUSE = 60_000  # ms


class MistakeError(ValueError):
    """A value is not what its key wants; the message ends the sentence that begins with the key."""


def text(value: Any) -> str:
    """Text that is not blank."""
    if not isinstance(value, str):
        raise MistakeError(f"wants text in quotes, not {shown(value)}")
    if not value.strip():
        raise MistakeError("is blank")
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts; a single text counts as one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise MistakeError(f"wants a list of names in quotes, not {shown(value)}")
    return tuple(text(item) for item in value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise MistakeError(f"wants true or false, not {shown(value)}")
    return value


def whole(low: int, high: int, unit: str = "") -> Check:
    """A check for whole numbers from `low` to `high`."""
    span = f"from {low:,} to {high:,}{unit and ' ' + unit}"

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise MistakeError(f"wants a whole number {span}, not {shown(value)}")
        if not low <= value <= high:
            raise MistakeError(f"{shown(value)} is out of range; it goes {span}")
        return value

    return check


def number(low: float, high: float, meaning: str) -> Check:
    """A check for numbers from `low` to `high`."""

    def check(value: Any) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise MistakeError(f"wants a number from {low:g} to {high:g} ({meaning}), not {shown(value)}")
        if not low <= value <= high:
            raise MistakeError(f"{shown(value)} is out of range; it goes from {low:g} to {high:g} ({meaning})")
        return float(value)

    return check


def one_of(*allowed: str) -> Check:
    """A check for one of a few words."""
    listed = f"{', '.join(map(quoted, allowed[:-1]))} or {quoted(allowed[-1])}"

    def check(value: Any) -> str:
        if value not in allowed:
            raise MistakeError(f"wants {listed}, not {shown(value)}")
        return str(value)

    return check


def pause(value: Any) -> int:
    """A silence in whole milliseconds; somebody who writes seconds is told."""
    if isinstance(value, float) and math.isfinite(value) and 0 < value <= 60:
        raise MistakeError(f"wants whole milliseconds: {value:g} seconds are {round(value * 1000)}")
    return int(whole(0, _LONGEST_PAUSE, "milliseconds")(value))


def shown(value: Any) -> str:
    """A value as a sentence shows it, however long or strange it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int):
        return f"{value:,}" if abs(value) < 10**12 else "so large a number"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time"


ACTING_SETTINGS: dict[str, Check] = {
    "rate": number(0.5, 2, "1 is the voice's own"),
    "pitch": whole(-50, 50),
    "volume": number(0, 2, "1 is the voice's own"),
    "pause": pause,
}
SETTINGS: dict[str, Check] = {
    "engine": text,
    "voice": text,
    "rate": whole(40, 500, "words a minute"),
    "pitch": whole(0, 99),
    "volume": number(0, 2, "1 is as loud as everybody else"),
    "gender": one_of("female", "male"),
    "age": one_of("child", "adult", "old"),
}
