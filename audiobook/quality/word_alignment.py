"""What was to be said and what was heard, word by word.

The alignment is the cheapest one (Levenshtein); words that sound alike cost next to nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from audiobook.quality.words import alike, alike_runs


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the script and the word heard for it; None where there is none on that side."""

    said: int | None  # which word of the script
    heard: int | None  # which of those heard
    same: bool


def compared(said: Sequence[str], heard: Sequence[str]) -> list[Step]:
    """Every word of both, once each, in order; words that sound alike are the same, and so are runs of them.

    "some one" heard for "someone" is the same word.
    """

    def is_equal(step: Step) -> bool:
        return step.said is not None and step.heard is not None and said[step.said] == heard[step.heard]

    runs = groupby(_aligned(said, heard), is_equal)
    return [step for equal, run in runs for step in (run if equal else _judged(list(run), said, heard))]


def _judged(run: Sequence[Step], said: Sequence[str], heard: Sequence[str]) -> Iterator[Step]:
    """A run of steps that differ by their letters; all the same where they sound so when written together."""
    one = [said[step.said] for step in run if step.said is not None]
    other = [heard[step.heard] for step in run if step.heard is not None]
    heard_alike = alike_runs(one, other)
    for step in run:
        yield Step(step.said, step.heard, True) if heard_alike else step


def _aligned(said: Sequence[str], heard: Sequence[str]) -> list[Step]:
    costs = _costs(said, heard)
    steps: list[Step] = []
    i, j = len(said), len(heard)
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + _cost(said[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            steps.append(Step(i, j, alike(said[i], heard[j])))
        elif j and here == costs[i][j - 1] + _ALONE:
            j -= 1
            steps.append(Step(None, j, False))
        else:
            i -= 1
            steps.append(Step(i, None, False))
    return steps[::-1]


_ALIKE, _OTHER, _ALONE = 1, 20, 15  # what a pair costs that only sounds alike, one that does not, and a lone word


def _costs(said: Sequence[str], heard: Sequence[str]) -> list[list[int]]:
    """The least cost of aligning every beginning of the one with every beginning of the other."""
    rows = [[_ALONE * j for j in range(len(heard) + 1)]]
    for i, word in enumerate(said, 1):
        above, row = rows[-1], [_ALONE * i]
        for j, its in enumerate(heard, 1):
            row.append(min(above[j - 1] + _cost(word, its), above[j] + _ALONE, row[-1] + _ALONE))
        rows.append(row)
    return rows


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    return _ALIKE if alike(one, other) else _OTHER


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How one line was heard."""

    said: tuple[str, ...]  # the line's words
    missed: Mapping[int, str]  # those of them not heard, by their number from 0, and what was heard instead
    added: tuple[tuple[str, ...], ...]  # runs of words heard that are not the line's

    @property
    def errors(self) -> int:
        """Words that were missing, wrong or too many."""
        return len(self.missed) + sum(map(len, self.added))


def by_line(lines: Sequence[Sequence[str]], heard: Sequence[str]) -> list[Hearing]:
    """How each of some lines was heard that were spoken one behind the other."""
    owners = [number for number, words in enumerate(lines) for _ in words]
    starts = [owners.index(number) if words else 0 for number, words in enumerate(lines)]
    missed: list[dict[int, str]] = [{} for _ in lines]
    added: list[list[tuple[str, ...]]] = [[] for _ in lines]
    steps = compared([word for words in lines for word in words], heard)
    at = -1
    for is_added, run in groupby(steps, lambda step: step.said is None):
        own = list(run)
        if is_added:
            words = [heard[step.heard] for step in own if step.heard is not None and not step.same]
            added[_owner(lines, owners, at, words)] += [tuple(words)] if words else []
            continue
        for step in own:
            at = at if step.said is None else step.said
            if not step.same:
                missed[owners[at]][at - starts[owners[at]]] = "" if step.heard is None else heard[step.heard]
    return [
        Hearing(said=tuple(words), missed=wrong, added=tuple(more))
        for words, wrong, more in zip(lines, missed, added, strict=True)
    ]


def _owner(lines: Sequence[Sequence[str]], owners: Sequence[int], at: int, words: Sequence[str]) -> int:
    """The line to which words belong that were heard behind the word `at`: between two lines, the one that has more
    of them.
    """
    if not owners:
        return 0
    before, after = owners[max(at, 0)], owners[min(at + 1, len(owners) - 1)]
    shared = [sum(word in lines[number] for word in words) for number in (before, after)]
    return after if at < 0 or shared[1] > shared[0] else before
