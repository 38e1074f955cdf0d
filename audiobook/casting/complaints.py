"""What is wrong with a voices file: all of it at once, each with its line and the nearest right names."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from audiobook.errors import VoicesError

KeyPath = tuple[str | int, ...]

_LISTED = 8  # so few known names are all shown


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
