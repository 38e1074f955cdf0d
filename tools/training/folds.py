"""Cross-validation folds by author: a ranker is tested only on authors it was not trained on."""

from collections import Counter
from collections.abc import Sequence

FOLDS = 5


def folds_of(authors: Sequence[str], most: int = FOLDS) -> list[int]:
    """The fold of every novel, from 0. All novels of an author are in one fold, and folds have about equal sizes."""
    sizes = [0] * min(most, len(set(authors)))
    fold: dict[str, int] = {}
    for author, novels in sorted(Counter(authors).items(), key=lambda counted: (-counted[1], counted[0])):
        fold[author] = sizes.index(min(sizes))
        sizes[fold[author]] += novels
    return [fold[author] for author in authors]
