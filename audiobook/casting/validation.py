"""What a value in a voices file may be, and what is wrong with a file: all of it at once, each with its line."""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audiobook.errors import VoicesError

KeyPath = tuple[str | int, ...]

_LISTED = 9  # so few known names are all shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One mistake in one file."""

    file: Path
    line: int | None  # from 1; None where it is the file as a whole
    key: str  # "[speakers.Emma] rate"; empty where it is the file as a whole
    message: str

    def __str__(self) -> str:
        place = str(self.file) if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


def voices_error(complaints: Iterable[Complaint], hint: str | None = None) -> VoicesError:
    """The one error that carries every complaint, a line each, in the order of the files and their lines."""
    by_file: dict[Path, list[Complaint]] = {}
    for complaint in complaints:
        by_file.setdefault(complaint.file, []).append(complaint)
    ordered = [c for found in by_file.values() for c in sorted(found, key=lambda c: c.line or 0)]
    return VoicesError("\n".join(map(str, ordered)), hint=hint)


def nearest(name: str, known: Collection[str], noun: str) -> str:
    """The end of a sentence about a wrong name: the nearest right ones, else all of them where they are few."""
    folded = {k.casefold(): k for k in known}
    close = [folded[k] for k in get_close_matches(name.casefold(), folded, n=3, cutoff=0.61)]
    if close:
        return f"did you mean {_or(close)}?"
    if not known:
        return f"there is no {noun} here"
    if len(known) <= _LISTED:
        return f"the {noun}s are {', '.join(map(quoted, sorted(known)))}"
    return f"there are {len(known)} {noun}s, such as {', '.join(map(quoted, sorted(known)[:3]))}"


def quoted(text: str) -> str:
    """The text in double quotes on one line, cut where it is long."""
    flat = "".join(c if c.isprintable() else " " for c in text)
    return f'"{flat}"' if len(flat) <= 60 else f'"{flat[:59]}…"'


def _or(names: list[str]) -> str:
    *others, last = map(quoted, names)
    return f"{', '.join(others)} or {last}" if others else last


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


PROSODY_SETTINGS: dict[str, Check] = {
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
