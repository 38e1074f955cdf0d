"""What ffmpeg lists of a file's tags and chapters, in its format `ffmetadata`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LISTING = ("-map_metadata", "0", "-map_chapters", "0", "-f", "ffmetadata", "pipe:1")  # asks for one on stdout

# It matches at any place, and never steps back: linear in whatever it is given.
_ENTRY = re.compile(r"((?:[^\\=\n]|\\.?)*+)(=?)((?:[^\\\n]|\\.?)*+)(?:\n|\Z)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class _Section:
    """One part of a listing: the file's own, or a chapter's."""

    entries: dict[str, str] = field(default_factory=dict)


def parse_listing(listing: str) -> list[dict[str, str]]:
    """The entries of a listing: the file's own, then each chapter's, with every escape undone."""
    sections = [_Section()]
    for match in _ENTRY.finditer(listing):
        name, equals, value = match.groups()
        if equals:
            sections[-1].entries[_unescaped(name)] = _unescaped(value)
        elif name == "[CHAPTER]":
            sections.append(_Section())
    return [section.entries for section in sections]


def times(chapter: Mapping[str, str]) -> tuple[float, float]:
    """When a chapter of a listing begins and ends, in seconds."""
    over, _, under = chapter["TIMEBASE"].partition("/")
    unit = int(over) / int(under)
    return int(chapter["START"]) * unit, int(chapter["END"]) * unit


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
