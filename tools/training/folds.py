"""Novels held out by author: a ranker is only ever judged by authors whom it has not seen."""

from collections import Counter
from collections.abc import Sequence

FOLDS = 5


def folds_of(authors: Sequence[str], most: int = FOLDS) -> list[int]:
    """The fold of every novel, from 0: an author's novels lie in one, and the folds are about equally large."""
    sizes = [0] * min(most, len(set(authors)))
    fold: dict[str, int] = {}
    for author, novels in sorted(Counter(authors).items(), key=lambda counted: (-counted[1], counted[0])):
        fold[author] = sizes.index(min(sizes))
        sizes[fold[author]] += novels
    return [fold[author] for author in authors]
