"""The lines of a script that are worth a person's look."""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from audiobook import readers
from audiobook.model.script import DOUBTFUL, Line, Place, Script

_ALIKE = 0.75  # of the letters, in the names of two who may be one
_MOST_NAMED = 20  # names that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A line whose speaker is a guess, between its neighbours in the chapter."""

    line: Line
    before: Line | None
    after: Line | None


def doubts_of(script: Script) -> tuple[Doubt, ...]:
    """The doubtful lines, the likeliest mistakes first; of equals, in the order of the book."""
    return tuple(sorted(_every(script), key=lambda doubt: (doubt.line.confidence, doubt.line.place)))


def addresses(path: Path) -> Callable[[Place], str]:
    """How to point a person to a line of a book or a script: with the file's row where that is a text to edit."""
    rows = readers.rows_of_script(path)

    def address(place: Place) -> str:
        return f"{path}:{rows[place]}: {place}" if place in rows else str(place)

    return address


def misspelt(script: Script) -> tuple[tuple[str, str], ...]:
    """Speakers whom only a person named, and nearly like somebody else: the name, and the other's."""
    speaking = {line.speaker for line in script.lines()}
    known = [c.name for c in script.characters if c.lines]
    named = [c.name for c in script.characters if not c.lines and not c.pinned and c.name in speaking]
    near = ((name, difflib.get_close_matches(name, known, n=1, cutoff=_ALIKE)) for name in named[:_MOST_NAMED])
    return tuple((name, found[0]) for name, found in near if found)


def doubtful(script: Script) -> int:
    """How many dialogue lines have a speaker nobody can be sure of."""
    return sum(map(is_doubtful, script.lines()))


def is_doubtful(line: Line) -> bool:
    """Whether nobody can be sure of the line's speaker."""
    return line.kind == "dialogue" and line.confidence < DOUBTFUL


def _every(script: Script) -> Iterator[Doubt]:
    for chapter in script.chapters:
        lines = chapter.lines
        for before, line, after in zip_longest((None, *lines[:-1]), lines, lines[1:]):
            if line is not None and is_doubtful(line):
                yield Doubt(line=line, before=before, after=after)
