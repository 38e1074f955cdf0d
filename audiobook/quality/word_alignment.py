"""Align the words of the script with the words heard.

The alignment has the lowest cost (Levenshtein distance). Replacing a word by one that sounds alike costs almost
nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from audiobook.quality.words import runs_sound_alike, sound_alike


@dataclass(frozen=True, slots=True)
class Step:
    """A word of the script and the word heard for it; None if there is none on that side."""

    said: int | None  # index of the word in the script
    heard: int | None  # index of the word heard
    same: bool


def align_words(said: Sequence[str], heard: Sequence[str]) -> list[Step]:
    """Align all words of both, in order. Words that sound alike count as the same, and so do runs of words.

    "some one" heard for "someone" counts as the same.
    """

    def is_equal(step: Step) -> bool:
        return step.said is not None and step.heard is not None and said[step.said] == heard[step.heard]

    runs = groupby(_align(said, heard), is_equal)
    return [step for equal, run in runs for step in (run if equal else _compare_run(list(run), said, heard))]


def _compare_run(run: Sequence[Step], said: Sequence[str], heard: Sequence[str]) -> Iterator[Step]:
    """A run of steps whose words differ in spelling; all count as the same if they sound alike when joined."""
    one = [said[step.said] for step in run if step.said is not None]
    other = [heard[step.heard] for step in run if step.heard is not None]
    heard_alike = runs_sound_alike(one, other)
    for step in run:
        yield Step(step.said, step.heard, True) if heard_alike else step


def _align(said: Sequence[str], heard: Sequence[str]) -> list[Step]:
    costs = _costs(said, heard)
    measure_steps: list[Step] = []
    i, j = len(said), len(heard)
    while i or j:
        here = costs[i][j]
        if i and j and here == costs[i - 1][j - 1] + _cost(said[i - 1], heard[j - 1]):
            i, j = i - 1, j - 1
            measure_steps.append(Step(i, j, sound_alike(said[i], heard[j])))
        elif j and here == costs[i][j - 1] + _UNPAIRED:
            j -= 1
            measure_steps.append(Step(None, j, False))
        else:
            i -= 1
            measure_steps.append(Step(i, None, False))
    return measure_steps[::-1]


_SIMILAR, _DIFFERENT, _UNPAIRED = (
    1,
    20,
    15,
)  # costs of a pair that sounds alike, of a pair that does not, and of a word without a partner


def _costs(said: Sequence[str], heard: Sequence[str]) -> list[list[int]]:
    """The lowest cost of aligning each prefix of one with each prefix of the other."""
    rows = [[_UNPAIRED * j for j in range(len(heard) + 1)]]
    for i, word in enumerate(said, 1):
        above, row = rows[-1], [_UNPAIRED * i]
        for j, its in enumerate(heard, 1):
            row.append(min(above[j - 1] + _cost(word, its), above[j] + _UNPAIRED, row[-1] + _UNPAIRED))
        rows.append(row)
    return rows


def _cost(one: str, other: str) -> int:
    if one == other:
        return 0
    return _SIMILAR if sound_alike(one, other) else _DIFFERENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How one line was heard."""

    said: tuple[str, ...]  # the line's words
    missed: Mapping[int, str]  # index of each word that was not heard → what was heard instead
    added: tuple[tuple[str, ...], ...]  # runs of words that were heard but are not in the line

    @property
    def errors(self) -> int:
        """The number of words that are missing, wrong or added."""
        return len(self.missed) + sum(map(len, self.added))


def align_lines(lines: Sequence[Sequence[str]], heard: Sequence[str]) -> list[Hearing]:
    """Align consecutive lines with the words heard, and give the result of each line."""
    owners = [number for number, words in enumerate(lines) for _ in words]
    starts = [owners.index(number) if words else 0 for number, words in enumerate(lines)]
    missed: list[dict[int, str]] = [{} for _ in lines]
    added: list[list[tuple[str, ...]]] = [[] for _ in lines]
    measure_steps = align_words([word for words in lines for word in words], heard)
    at = -1
    for is_added, run in groupby(measure_steps, lambda step: step.said is None):
        own = list(run)
        if is_added:
            words = [heard[step.heard] for step in own if step.heard is not None and not step.same]
            added[_find_owner(lines, owners, at, words)] += [tuple(words)] if words else []
            continue
        for step in own:
            at = at if step.said is None else step.said
            if not step.same:
                missed[owners[at]][at - starts[owners[at]]] = "" if step.heard is None else heard[step.heard]
    return [
        Hearing(said=tuple(words), missed=wrong, added=tuple(more))
        for words, wrong, more in zip(lines, missed, added, strict=True)
    ]


def _find_owner(lines: Sequence[Sequence[str]], owners: Sequence[int], at: int, words: Sequence[str]) -> int:
    """The line that added words after the word `at` belong to. Between two lines, it is the one with more of them."""
    if not owners:
        return 0
    before, after = owners[max(at, 0)], owners[min(at + 1, len(owners) - 1)]
    shared = [sum(word in lines[number] for word in words) for number in (before, after)]
    return after if at < 0 or shared[1] > shared[0] else before
