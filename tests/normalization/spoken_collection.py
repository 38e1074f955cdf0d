"""The collection of written → spoken in tests/cases/spoken/collection, and how a reading is judged against it.

A file is a class, a line a case: `written → spoken | another good reading`.
In `plain` nothing stands behind the arrow, nor is there one: these sentences are left alone.

Readings that differ in less than what is said are one: capitals, hyphens, commas and full stops, "and" or none
("one hundred five"), "oh" or "zero", "minus" or "negative", letters apart or together ("p.m.", "p m", "PM"),
metres or meters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobook.normalization import spoken_form

FOLDER = Path(__file__).parents[1] / "cases/spoken/collection"
CLASSES = (
    *("cardinal", "ordinal", "decimal", "date", "time", "money", "measure", "fraction", "roman", "telephone"),
    *("electronic", "range", "plain"),
)
# What share of each class the program must say well; `python -m tools.benchmarks.spoken` prints what it does.
FLOORS = dict.fromkeys(CLASSES, 0.97) | {"plain": 1.0}
ARROW = " →"
SAME = {"oh": "zero", "negative": "minus", "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters"}

_NOT_SAID = re.compile(r"[^\w\s]|_")
_BETWEEN_WORDS = re.compile(r"[-‐–—/,;:]")
_LETTERS = re.compile(r"\b(?:\w\b ?){2,}(?<! )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Something written, and the good readings of it."""

    written: str
    readings: tuple[str, ...]

    def accepts(self, said: str) -> bool:
        """Whether `said` is as good as one of the readings."""
        return heard(said) in map(heard, self.readings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the program says for a case."""

    case: Case
    said: str

    @property
    def is_good(self) -> bool:
        """Whether it says what a narrator would."""
        return self.case.accepts(self.said)

    def __str__(self) -> str:
        return f"{self.case.written}  →  {self.said}    (not: {' | '.join(self.case.readings)})"


def cases(name: str) -> list[Case]:
    """The cases of a class."""
    return list(map(_case, (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()))


def readings(name: str) -> Iterator[Reading]:
    """What the program says for each case of a class."""
    for case in cases(name):
        yield Reading(case=case, said=spoken_form(case.written))


def heard(text: str) -> str:
    """What there is to hear of a reading, without what makes no difference."""
    said = _NOT_SAID.sub("", _BETWEEN_WORDS.sub(" ", text.lower()))
    kept = [SAME.get(word, word) for word in said.split() if word != "and"]
    return _LETTERS.sub(lambda letters: letters.group().replace(" ", ""), " ".join(kept))


def _case(line: str) -> Case:
    written, arrow, spoken = line.partition(ARROW)
    accepted = spoken.split(" | ") if arrow else [written]
    return Case(written=written, readings=tuple(map(str.strip, accepted)))
