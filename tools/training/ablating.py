"""Measure what each group of features contributes: the loss of accuracy without it, cross-validated by author."""

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

import numpy as np

from tools.training.examples import Examples, Matrix, Novel, Scores
from tools.training.fitting import fit_forest, scores_of
from tools.training.folds import folds_of

# The names of the features in a group, as patterns.
GROUPS: dict[str, tuple[str, ...]] = {
    "the tag": ("tag *", "turn tag *", "turn setting"),
    "nouns in tags": ("noun*",),
    "words of address": ("calls", "* calls", "called *", "says these names", "turn calls", "turn called"),
    "other names in speech": ("speaks of", "* speaks of", "spoken of *", "says names in it"),
    "recency": ("seen rank", "fit rank", "acted *", "characters back", "in scene", "named in * back"),
    "beats": ("before *", "after *", "in paragraph *", "beside *"),
    "the paragraphs around": ("previous prose*", "previous talk*", "next *"),
    "looking ahead": ("next *", "* ahead", "following *"),
    "gender": ("gender", "* gender", "fit rank", "acted fit rank"),
    "tags near by": ("tagged *", "tags within *"),
    "whom pronouns stand for": ("pronoun *", "turn antecedent*"),
    "how everybody talks": ("sounds like",),
    "the turn's look": ("turn *",),
}


def one_look_without(examples: Examples) -> Iterator[tuple[str, float]]:
    """The accuracy of the first forest alone, with all features, then without each group."""
    novels, columns, rows = examples.novels, examples.columns, examples.rows
    yield "all clues", _right(novels, rows, columns)
    for group, patterns in GROUPS.items():
        kept = [at for at, column in enumerate(columns) if not any(fnmatchcase(column, p) for p in patterns)]
        names = tuple(columns[at] for at in kept)
        yield f"without {group}", _right(novels, [own[:, kept] for own in rows], names)


def _right(novels: Sequence[Novel], rows: Sequence[Matrix], columns: tuple[str, ...]) -> float:
    folds = folds_of([novel.author for novel in novels])
    right = count = 0
    for fold in range(max(folds) + 1):
        known = [at for at, own in enumerate(folds) if own != fold]
        forest = fit_forest([novels[at] for at in known], [rows[at] for at in known], columns)
        for novel, own, at in zip(novels, rows, folds, strict=True):
            if at == fold:
                here, of = _counted(novel, scores_of(forest, own, columns))
                right, count = right + here, count + of
    return right / max(1, count)


def _counted(novel: Novel, scores: Scores) -> tuple[int, int]:
    pairs = [
        (max(own, key=lambda who: (own[who], -who)) == label.person)
        for own, label in zip(novel.probabilities(scores), novel.labels, strict=True)
        if label is not None and own
    ]
    return int(np.sum(pairs)), len(pairs)
