"""ffmpeg's `ffmetadata` format: the tags and chapters of a file, parsed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LISTING = (
    "-map_metadata",
    "0",
    "-map_chapters",
    "0",
    "-f",
    "ffmetadata",
    "pipe:1",
)  # ffmpeg's options that write it to stdout

# Possessive: the pattern matches at any position and never backtracks, so parsing is linear in the input.
_ENTRY = re.compile(r"((?:[^\\=\n]|\\.?)*+)(=?)((?:[^\\\n]|\\.?)*+)(?:\n|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class _Section:
    """One section of a listing: the file's own entries or those of a chapter."""

    entries: dict[str, str] = field(default_factory=dict)


def parse_listing(listing: str) -> list[dict[str, str]]:
    """The entries of a listing, unescaped: first those of the file, then those of each chapter."""
    sections = [_Section()]
    for match in _ENTRY.finditer(listing):
        name, equals, value = match.groups()
        if equals:
            sections[-1].entries[_unescape(name)] = _unescape(value)
        elif name == "[CHAPTER]":
            sections.append(_Section())
    return [section.entries for section in sections]


def chapter_times(chapter: Mapping[str, str]) -> tuple[float, float]:
    """Start and end of a chapter of a listing, in seconds."""
    over, _, under = chapter["TIMEBASE"].partition("/")
    unit = int(over) / int(under)
    return int(chapter["START"]) * unit, int(chapter["END"]) * unit


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
