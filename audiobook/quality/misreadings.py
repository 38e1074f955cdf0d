"""Which lines were not said as they stand, beyond what a recogniser mishears of the same engine anyway.

A line is listened to twice, among its neighbours and by itself. A recogniser's slips are seldom the same both times, an
engine's are: what counts is a run of words that both listens miss, or both hear otherwise in the same way, or both hear
too many. How long a run must be follows from how much the recogniser mishears of that engine where nothing is wrong.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from audiobook.quality.word_alignment import Hearing
from audiobook.quality.words import alike, alike_runs

_SURE = 0.01  # chance below which a run in a line is none of the recogniser's
_AGREEING = 0.5  # of its slips in one listen that it makes in the other, too, in the same way
_WORST = 0.25  # of the lines, which say nothing of what is usual
_OFTEN = 2  # lines that have a word, before it counts that it was never heard
_MOST = 0.6  # of a run of words heard otherwise, that must be heard the same both times
_LETTERS = 8  # in a run: "a", "of" and "the" come and go in any recogniser


@dataclass(frozen=True, slots=True)
class _Slip:
    """A kind of slip that a recogniser makes of anybody."""

    least: int  # words in a run, before it counts
    rate: float  # of the words, where both listens agree on it
    share: float = 0.0  # of the line's words, before it counts


_MISSED = _Slip(least=2, rate=0.015)  # or heard where nothing is said
_MISHEARD = _Slip(least=3, rate=0.07, share=0.2)  # where one word was, the next easily is, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """What a recogniser mishears of an engine in usual lines, as parts of all words."""

    missing: float
    added: float
    wrong: float
    strange: frozenset[str] = frozenset()  # words that it never once heard

    @property
    def unheard(self) -> float:
        """Words missing or heard otherwise."""
        return self.missing + self.wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a line."""

    missing: tuple[str, ...] = ()  # words that were not heard
    doubled: tuple[str, ...] = ()  # heard more often than they stand in the line
    wrong: tuple[tuple[str, str], ...] = ()  # a word, and what was heard instead
    added: tuple[str, ...] = ()  # heard, and not in the line


def baseline(hearings: Sequence[Hearing]) -> Baseline:
    """What is usual of these lines, all by one engine."""
    usual = sorted(hearings, key=lambda hearing: hearing.errors / max(1, len(hearing.said)))
    usual = usual[: math.ceil(len(usual) * (1 - _WORST))]
    words = sum(len(hearing.said) for hearing in usual) or 1
    missing = sum(not instead for hearing in usual for instead in hearing.missed.values())
    return Baseline(
        missing=missing / words,
        added=sum(len(run) for hearing in usual for run in hearing.added) / words,
        wrong=(sum(len(hearing.missed) for hearing in usual) - missing) / words,
        strange=frozenset(_never_heard(hearings)),
    )


def _never_heard(hearings: Iterable[Hearing]) -> Iterable[str]:
    """Words of two lines and more that something else was heard for wherever they are said."""
    said: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for hearing in hearings:
        otherwise = [hearing.said[number] for number, instead in hearing.missed.items() if instead]
        said.update(hearing.said)
        missed.update(otherwise)
        lines.update(set(otherwise))
    return (word for word, times in missed.items() if times == said[word] and lines[word] >= _OFTEN)


def is_suspect(hearing: Hearing, usual: Baseline) -> bool:
    """Whether a line is worth a second listen."""
    missed = _runs(sorted(_unheard(hearing, usual)))
    return any(len(run) >= _MISSED.least for run in (*missed, *hearing.added))


def fault_of(among: Hearing, alone: Hearing, usual: Baseline) -> Fault | None:
    """What is wrong with a line that was heard among others and by itself; None where that is no more than usual."""
    said = among.said
    missing: list[str] = []
    wrong: list[tuple[str, str]] = []
    for run in _runs(sorted(_unheard(among, usual) & _unheard(alone, usual))):
        gone = [said[n] for n in run if not among.missed[n] and not alone.missed[n]]
        other = [(said[n], alone.missed[n]) for n in run if alone.missed[n]]
        if _is_rare(gone, len(said), usual.missing, _MISSED):
            missing += gone
        elif _agreed(run, among, alone) and _is_rare([said[n] for n in run], len(said), usual.unheard, _MISHEARD):
            missing += gone
            wrong += other
    more = max((_common(*pair) for pair in product(among.added, alone.added)), key=len, default=())
    more = more if _is_rare(more, len(said), usual.added, _MISSED) else ()
    if not (missing or wrong or more):
        return None
    is_doubled = 2 * sum(any(alike(word, its) for its in said) for word in more) >= len(more)
    doubled, added = (more, ()) if is_doubled else ((), more)
    return Fault(missing=tuple(missing), wrong=tuple(wrong), doubled=doubled, added=added)


def _unheard(hearing: Hearing, usual: Baseline) -> set[int]:
    """The words of a line that were not heard, apart from those that never are."""
    return {number for number in hearing.missed if hearing.said[number] not in usual.strange}


def _agreed(run: Sequence[int], among: Hearing, alone: Hearing) -> bool:
    """Whether both listens heard the same instead of most of these words: nothing, or what sounds alike."""
    pairs = [(among.missed[n], alone.missed[n]) for n in run]
    return sum(one == other or alike_runs([one], [other]) for one, other in pairs) >= _MOST * len(run)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Numbers that follow each other, together."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _common(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """The longest run of words that both have."""
    best: tuple[str, ...] = ()
    for i, j in product(range(len(one)), range(len(other))):
        length = 0
        while i + length < len(one) and j + length < len(other) and alike(one[i + length], other[j + length]):
            length += 1
        best = tuple(one[i : i + length]) if length > len(best) else best
    return best


def _is_rare(run: Sequence[str], words: int, rate: float, slip: _Slip) -> bool:
    """Whether such a run of slips hardly ever comes in a line of so many words, by an engine misheard at this rate."""
    if len(run) < max(slip.least, slip.share * words) or sum(map(len, run)) < _LETTERS:
        return False
    return words * max(rate * _AGREEING, slip.rate) ** len(run) < _SURE
