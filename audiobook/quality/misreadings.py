"""Find lines that were misread, beyond the errors that the recogniser makes for the same engine anyway.

Each line is transcribed twice: with its neighbours and by itself. The errors of a recogniser usually differ between the
two, those of an engine do not. So only a run of words counts that both transcriptions miss, both hear as the same other
words, or both hear in addition. The required length of a run depends on how often the recogniser mishears that engine
when nothing is wrong.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from audiobook.quality.word_alignment import Hearing
from audiobook.quality.words import runs_sound_alike, sound_alike

_MAX_PROBABILITY = 0.01  # probability below which a run is not attributed to the recogniser
_SAME_ERROR_SHARE = (
    0.5  # share of errors in one transcription that the recogniser makes in the other one too, in the same way
)
_WORST_SHARE = 0.25  # share of lines with the most errors, which are not used for the baseline
_MIN_LINES = 2  # number of lines with a word, before it counts as never recognised
_MIN_AGREEMENT = 0.6  # share of misheard words in a run that must be heard the same both times
_MIN_LETTERS = 8  # minimum letters in a run, because recognisers add and drop words like "a", "of" and "the"


@dataclass(frozen=True, slots=True)
class _ErrorKind:
    """A kind of recognition error, with the thresholds that apply to every engine."""

    min_words: int  # minimum words in a run
    error_rate: float  # minimum share of all words with this error in both transcriptions
    min_share: float = 0.0  # minimum share of the line's words


_MISSED = _ErrorKind(min_words=2, error_rate=0.015)  # words that were not heard, or were heard in addition
_MISHEARD = _ErrorKind(
    min_words=3, error_rate=0.07, min_share=0.2
)  # words that were heard as others; one such error makes another one next to it more likely


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """How often a recogniser mishears an engine in normal lines, as shares of all words."""

    missing: float
    added: float
    wrong: float
    unrecognisable: frozenset[str] = frozenset()  # words that it never recognises

    @property
    def unheard(self) -> float:
        """The share of words that are missing or heard as others."""
        return self.missing + self.wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a line."""

    missing: tuple[str, ...] = ()  # words that were not heard
    doubled: tuple[str, ...] = ()  # heard more often than they occur in the line
    wrong: tuple[tuple[str, str], ...] = ()  # a word, and what was heard instead
    added: tuple[str, ...] = ()  # heard, but not in the line


def compute_baseline(hearings: Sequence[Hearing]) -> Baseline:
    """Compute the baseline from lines that were all spoken by one engine."""
    compute_baseline = sorted(hearings, key=lambda hearing: hearing.errors / max(1, len(hearing.said)))
    compute_baseline = compute_baseline[: math.ceil(len(compute_baseline) * (1 - _WORST_SHARE))]
    words = sum(len(hearing.said) for hearing in compute_baseline) or 1
    missing = sum(not instead for hearing in compute_baseline for instead in hearing.missed.values())
    return Baseline(
        missing=missing / words,
        added=sum(len(run) for hearing in compute_baseline for run in hearing.added) / words,
        wrong=(sum(len(hearing.missed) for hearing in compute_baseline) - missing) / words,
        unrecognisable=frozenset(_find_unrecognisable(hearings)),
    )


def _find_unrecognisable(hearings: Iterable[Hearing]) -> Iterable[str]:
    """Words that occur in at least two lines, and are heard as other words at every occurrence."""
    said: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    for hearing in hearings:
        misheard = [hearing.said[number] for number, instead in hearing.missed.items() if instead]
        said.update(hearing.said)
        missed.update(misheard)
        lines.update(set(misheard))
    return (word for word, times in missed.items() if times == said[word] and lines[word] >= _MIN_LINES)


def is_suspect(hearing: Hearing, compute_baseline: Baseline) -> bool:
    """Whether a line needs a second transcription."""
    missed = _group_runs(sorted(_unheard(hearing, compute_baseline)))
    return any(len(run) >= _MISSED.min_words for run in (*missed, *hearing.added))


def find_fault(among: Hearing, alone: Hearing, compute_baseline: Baseline) -> Fault | None:
    """Find what is wrong with a line, from both transcriptions; None if there is nothing beyond the usual errors."""
    said = among.said
    missing: list[str] = []
    wrong: list[tuple[str, str]] = []
    for run in _group_runs(sorted(_unheard(among, compute_baseline) & _unheard(alone, compute_baseline))):
        dropped = [said[n] for n in run if not among.missed[n] and not alone.missed[n]]
        replaced = [(said[n], alone.missed[n]) for n in run if alone.missed[n]]
        if _is_rare(dropped, len(said), compute_baseline.missing, _MISSED):
            missing += dropped
        elif _agree(run, among, alone) and _is_rare(
            [said[n] for n in run], len(said), compute_baseline.unheard, _MISHEARD
        ):
            missing += dropped
            wrong += replaced
    additional = max((_longest_common_run(*pair) for pair in product(among.added, alone.added)), key=len, default=())
    additional = additional if _is_rare(additional, len(said), compute_baseline.added, _MISSED) else ()
    if not (missing or wrong or additional):
        return None
    is_doubled = 2 * sum(any(sound_alike(word, its) for its in said) for word in additional) >= len(additional)
    doubled, added = (additional, ()) if is_doubled else ((), additional)
    return Fault(missing=tuple(missing), wrong=tuple(wrong), doubled=doubled, added=added)


def _unheard(hearing: Hearing, compute_baseline: Baseline) -> set[int]:
    """The positions of words that were not heard, without words that are never recognised."""
    return {number for number in hearing.missed if hearing.said[number] not in compute_baseline.unrecognisable}


def _agree(run: Sequence[int], among: Hearing, alone: Hearing) -> bool:
    """Whether both transcriptions heard the same in place of most of these words."""
    pairs = [(among.missed[n], alone.missed[n]) for n in run]
    return sum(
        one == replaced or runs_sound_alike([one], [replaced]) for one, replaced in pairs
    ) >= _MIN_AGREEMENT * len(run)


def _group_runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Group consecutive numbers."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _longest_common_run(one: Sequence[str], replaced: Sequence[str]) -> tuple[str, ...]:
    """The longest run of words that occurs in both."""
    best: tuple[str, ...] = ()
    for i, j in product(range(len(one)), range(len(replaced))):
        length = 0
        while (
            i + length < len(one) and j + length < len(replaced) and sound_alike(one[i + length], replaced[j + length])
        ):
            length += 1
        best = tuple(one[i : i + length]) if length > len(best) else best
    return best


def _is_rare(run: Sequence[str], words: int, error_rate: float, kind: _ErrorKind) -> bool:
    """Whether a recogniser would hardly ever make such a run of errors in a line of so many words."""
    if len(run) < max(kind.min_words, kind.min_share * words) or sum(map(len, run)) < _MIN_LETTERS:
        return False
    return words * max(error_rate * _SAME_ERROR_SHARE, kind.error_rate) ** len(run) < _MAX_PROBABILITY
