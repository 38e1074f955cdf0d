"""Find the lines of a script that the user should check."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from audiobook import readers
from audiobook.model.script import DOUBTFUL, Line, Place, Script

_ALIKE = 0.75  # similarity of two names that may be one character
_MOST_NAMED = 20  # names that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A line whose speaker is a guess, with the lines before and after it in the chapter."""

    line: Line
    before: Line | None
    after: Line | None


def find_doubts(script: Script) -> tuple[Doubt, ...]:
    """The doubtful lines by confidence, the lowest first, then in the order of the book."""
    return tuple(sorted(_every(script), key=lambda doubt: (doubt.line.confidence, doubt.line.place)))


def address_formatter(path: Path) -> Callable[[Place], str]:
    """A function that formats the address of a line, with its row in the file if this is an editable script."""
    rows = readers.rows_of_script(path)

    def address(place: Place) -> str:
        return f"{path}:{rows[place]}: {place}" if place in rows else str(place)

    return address


def find_misspelt_names(script: Script) -> tuple[tuple[str, str], ...]:
    """Speakers named by the user that resemble another character: pairs of both names."""
    speaking = {line.speaker for line in script.lines()}
    known = [c.name for c in script.characters if c.lines]
    named = [c.name for c in script.characters if not c.lines and not c.pinned and c.name in speaking]
    near = ((name, difflib.get_close_matches(name, known, n=1, cutoff=_ALIKE)) for name in named[:_MOST_NAMED])
    return tuple((name, found[0]) for name, found in near if found)


def count_doubtful(script: Script) -> int:
    """The number of dialogue lines with a doubtful speaker."""
    return sum(map(is_doubtful, script.lines()))


def is_doubtful(line: Line) -> bool:
    """Whether the speaker of the line is doubtful."""
    return line.kind == "dialogue" and line.confidence < DOUBTFUL


def _every(script: Script) -> Iterator[Doubt]:
    for chapter in script.chapters:
        lines = chapter.lines
        for before, line, after in zip_longest((None, *lines[:-1]), lines, lines[1:]):
            if line is not None and is_doubtful(line):
                yield Doubt(line=line, before=before, after=after)
