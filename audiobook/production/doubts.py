"""The lines of a script that are worth a person's look."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from audiobook.script import DOUBTFUL, Line, Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A line whose speaker is a guess, between its neighbours in the chapter."""

    line: Line
    before: Line | None
    after: Line | None


def doubts(script: Script) -> tuple[Doubt, ...]:
    """The doubtful lines, the likeliest mistakes first; of equals, in the order of the book."""
    return tuple(sorted(_every(script), key=lambda doubt: (doubt.line.confidence, doubt.line.place)))


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
