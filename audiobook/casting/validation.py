"""Check the values of a voices file, and report all problems at once, each with its line."""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audiobook.errors import VoicesError

KeyPath = tuple[str | int, ...]

_MAX_LISTED = 9  # up to this many known names are all listed in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One problem in one file."""

    file: Path
    line: int | None  # from 1; None if the problem concerns the whole file
    key: str  # "[speakers.Emma] rate"; empty if the problem concerns the whole file
    message: str

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


def make_voices_error(problems: Iterable[Problem], hint: str | None = None) -> VoicesError:
    """One error that lists every problem on a line of its own, in the order of files and lines."""
    by_file: dict[Path, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.file, []).append(problem)
    ordered = [c for found in by_file.values() for c in sorted(found, key=lambda c: c.line or 0)]
    return VoicesError("\n".join(map(str, ordered)), hint=hint)


def suggest(name: str, known: Collection[str], noun: str) -> str:
    """The second half of a message about an unknown name: similar names, else all known names if they are few."""
    folded = {k.casefold(): k for k in known}
    close = [folded[k] for k in get_close_matches(name.casefold(), folded, n=3, cutoff=0.61)]
    if close:
        return f"did you mean {_join_with_or(close)}?"
    if not known:
        return f"no {noun} is available"
    if len(known) <= _MAX_LISTED:
        return f"the {noun}s are {', '.join(map(quote, sorted(known)))}"
    return f"there are {len(known)} {noun}s, such as {', '.join(map(quote, sorted(known)[:3]))}"


def quote(as_text: str) -> str:
    """The text in double quotes on one line, shortened if it is long."""
    flat = "".join(c if c.isprintable() else " " for c in as_text)
    return f'"{flat}"' if len(flat) <= 60 else f'"{flat[:59]}…"'


def _join_with_or(names: list[str]) -> str:
    *others, last = map(quote, names)
    return f"{', '.join(others)} or {last}" if others else last


Check = Callable[[Any], Any]

_LONGEST_PAUSE = 60_000  # milliseconds


class InvalidValueError(ValueError):
    """A value is not valid for its key. The message continues a sentence that begins with the key."""


def as_text(value: Any) -> str:
    """Check for text that is not blank."""
    if not isinstance(value, str):
        raise InvalidValueError(f"must be text in quotes, not {describe_value(value)}")
    if not value.strip():
        raise InvalidValueError("is blank")
    return value


def as_texts(value: Any) -> tuple[str, ...]:
    """Check for a list of texts. A single text counts as a list of one."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise InvalidValueError(f"must be a list of names in quotes, not {describe_value(value)}")
    return tuple(as_text(item) for item in value)


def as_flag(value: Any) -> bool:
    """Check for true or false."""
    if not isinstance(value, bool):
        raise InvalidValueError(f"must be true or false, not {describe_value(value)}")
    return value


def whole_number(low: int, high: int, unit: str = "") -> Check:
    """A check for whole numbers from `low` to `high`."""
    span = f"from {low:,} to {high:,}{unit and ' ' + unit}"

    def check(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise InvalidValueError(f"must be a whole number {span}, not {describe_value(value)}")
        if not low <= value <= high:
            raise InvalidValueError(f"{describe_value(value)} is out of range; the range is {span}")
        return value

    return check


def number(low: float, high: float, meaning: str) -> Check:
    """A check for numbers from `low` to `high`."""

    def check(value: Any) -> float:
        if not isinstance(value, (int, float)) or isinstance(value, bool):
            raise InvalidValueError(
                f"must be a number from {low:g} to {high:g} ({meaning}), not {describe_value(value)}"
            )
        if not low <= value <= high:
            raise InvalidValueError(
                f"{describe_value(value)} is out of range; the range is from {low:g} to {high:g} ({meaning})"
            )
        return float(value)

    return check


def one_of(*allowed: str) -> Check:
    """A check for one of several words."""
    listed = f"{', '.join(map(quote, allowed[:-1]))} or {quote(allowed[-1])}"

    def check(value: Any) -> str:
        if value not in allowed:
            raise InvalidValueError(f"must be {listed}, not {describe_value(value)}")
        return str(value)

    return check


def as_pause(value: Any) -> int:
    """Check for a pause in whole milliseconds. A value in seconds gets a message of its own."""
    if isinstance(value, float) and math.isfinite(value) and 0 < value <= 60:
        raise InvalidValueError(f"must be in whole milliseconds: {value:g} seconds are {round(value * 1000)}")
    return int(whole_number(0, _LONGEST_PAUSE, "milliseconds")(value))


def describe_value(value: Any) -> str:
    """A value as an error message shows it, shortened if necessary."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, int):
        return f"{value:,}" if abs(value) < 10**12 else "this number"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    return "a date or time"


PROSODY_SETTINGS: dict[str, Check] = {
    "rate": number(0.5, 2, "1 is the voice's own"),
    "pitch": whole_number(-50, 50),
    "volume": number(0, 2, "1 is the voice's own"),
    "pause": as_pause,
}
SETTINGS: dict[str, Check] = {
    "engine": as_text,
    "voice": as_text,
    "rate": whole_number(40, 500, "words a minute"),
    "pitch": whole_number(0, 99),
    "volume": number(0, 2, "1 is as loud as the other voices"),
    "gender": one_of("female", "male"),
    "age": one_of("child", "adult", "old"),
}
