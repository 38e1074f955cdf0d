"""Fit forests by gradient boosting with a softmax over the candidates of each turn, and the ranker of two forests."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from audiobook.attribution.ranking.candidates import EvidenceKind
from audiobook.attribution.ranking.features import TurnFeatures
from audiobook.attribution.ranking.forest import Forest, Tree
from audiobook.attribution.ranking.ranker import Curve, Ranker
from tools.training.examples import Examples, Matrix, Novel, Scores, columns_of, matrix, softmax
from tools.training.folds import folds_of

TREES = 120
_SETTINGS: Mapping[str, Any] = {
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_data_in_leaf": 40,
    "min_sum_hessian_in_leaf": 1.0,
    "feature_fraction": 0.5,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}
# Constraints that hold for any text: features that may only increase a candidate's score, or only decrease it.
_FOR = frozenset(
    {"tag is", "tag gender", "before gender", "after gender", "introduces", "previous calls", "previous is told", "kin"}
    | {"2 back", "2 ahead", "paragraph back", "paragraph ahead", "odds", "odds lead", "noun fits"}
    | {"pronoun subject", "pronoun named", "pronoun carried", "sounds like"}
)
_AGAINST = frozenset({"calls", "listens", "1 back", "1 ahead", "fit rank", "acted fit rank"})
_SURE = 1e-4  # minimum curvature, so that certain turns do not give extreme leaves
_DIGITS = 4


def fit_forest(novels: Sequence[Novel], rows: Sequence[Matrix], columns: tuple[str, ...]) -> Forest:
    """Fit the forest to the turns whose right candidate is known."""
    known = [novel.right >= 0 for novel in novels]
    kept = [matrix[np.repeat(k, novel.sizes)] for matrix, k, novel in zip(rows, known, novels, strict=True)]
    sizes = np.concatenate([novel.sizes[k] for novel, k in zip(novels, known, strict=True)])
    right = np.concatenate([novel.right[k] for novel, k in zip(novels, known, strict=True)])
    target = np.zeros(int(sizes.sum()))
    target[np.concatenate([[0], np.cumsum(sizes)[:-1]]) + right] = 1.0

    def slope(scores: Scores, _: lightgbm.Dataset) -> tuple[Scores, Scores]:
        probabilities = softmax(scores, sizes)
        return probabilities - target, np.maximum(probabilities * (1 - probabilities), _SURE)

    data = lightgbm.Dataset(np.concatenate(kept), target, params={"max_bin": _SETTINGS["max_bin"], "verbosity": -1})
    bounds = [(column in _FOR) - (column in _AGAINST) for column in columns]
    settings = {**_SETTINGS, "objective": slope, "monotone_constraints": bounds}
    model = lightgbm.train(settings, data, num_boost_round=TREES)
    trees = tuple(_tree(info["tree_structure"]) for info in model.dump_model()["tree_info"])
    return _without_idle(Forest(columns=columns, trees=trees))


def _tree(node: Mapping[str, Any]) -> Tree:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), _DIGITS)
    children = _tree(node["left_child"]), _tree(node["right_child"])
    return (int(node["split_feature"]), _rounded(float(node["threshold"])), *children)


def _rounded(threshold: float) -> float:
    """Round a threshold. LightGBM divides negative values from 0 at -1e-35, which must not become 0."""
    rounded = round(threshold, _DIGITS)
    return rounded if rounded or threshold >= 0 else -(10.0**-_DIGITS)


def _without_idle(forest: Forest) -> Forest:
    """The forest without columns that no tree uses."""
    asked = sorted({column for tree in forest.trees for column in _asked(tree)})
    place = {column: at for at, column in enumerate(asked)}

    def moved(tree: Tree) -> Tree:
        return (place[tree[0]], tree[1], moved(tree[2]), moved(tree[3])) if isinstance(tree, tuple) else tree

    return Forest(columns=tuple(forest.columns[column] for column in asked), trees=tuple(map(moved, forest.trees)))


def _asked(tree: Tree) -> set[int]:
    return {tree[0]} | _asked(tree[2]) | _asked(tree[3]) if isinstance(tree, tuple) else set()


def scores_of(forest: Forest, rows: Matrix, columns: Sequence[str]) -> Scores:
    """The score of each row; the rows may have more columns than the forest."""
    own = rows[:, [columns.index(column) for column in forest.columns]].astype(np.float64)
    everything = np.arange(len(own))
    scores = np.zeros(len(own))
    for tree in forest.trees:
        _drop(tree, own, everything, scores)
    return scores


def _drop(tree: Tree, rows: Scores, which: NDArray[np.int64], scores: Scores) -> None:
    """Pass all rows through a tree to its leaves at once."""
    if not isinstance(tree, tuple):
        scores[which] += tree
        return
    column, threshold, low, high = tree
    below = rows[which, column] <= threshold
    _drop(low, rows, which[below], scores)
    _drop(high, rows, which[~below], scores)


class Fitting:
    """Fits rankers to examples, with all novels or without those of one fold.

    The second forest of a ranker is fitted to the first forest's odds for novels by authors that the first was not
    trained on, so that these are as uncertain as they will be in use. First forests are cached by the folds left out.
    """

    def __init__(self, examples: Examples) -> None:
        self._examples = examples
        self.folds = folds_of([novel.author for novel in examples.novels])
        self._first: dict[frozenset[int], Forest] = {}

    def ranker(self, left_out: int | None, reliability: Mapping[EvidenceKind, Curve]) -> Ranker:
        """Fit the ranker to all novels except those of a fold."""
        without = frozenset(() if left_out is None else (left_out,))
        self._fit_first([without, *(without | {fold} for fold in set(self.folds) - without)])
        examples = self._examples
        known = self._known(without)
        beside = [self._neighbours(at, self._first[without | {self.folds[at]}]) for at in known]
        more = columns_of(found for novel in beside for found in novel)
        both = [np.hstack([examples.rows[at], matrix(own, more)]) for at, own in zip(known, beside, strict=True)]
        together = fit_forest([examples.novels[at] for at in known], both, (*examples.columns, *more))
        return Ranker(first=self._first[without], second=together, reliability=reliability)

    def _known(self, without: frozenset[int]) -> list[int]:
        return [at for at, fold in enumerate(self.folds) if fold not in without]

    def _fit_first(self, wanted: Sequence[frozenset[int]]) -> None:
        missing = [without for without in wanted if without not in self._first]
        with ThreadPoolExecutor() as pool:
            self._first.update(zip(missing, pool.map(self._fit, missing), strict=True))

    def _fit(self, without: frozenset[int]) -> Forest:
        examples, known = self._examples, self._known(without)
        return fit_forest([examples.novels[at] for at in known], [examples.rows[at] for at in known], examples.columns)

    def _neighbours(self, at: int, first: Forest) -> list[TurnFeatures]:
        """The features from neighbouring turns of a novel, by the odds of a forest that was not trained on it."""
        novel = self._examples.novels[at]
        return novel.extract_neighbour_features(
            novel.probabilities(scores_of(first, self._examples.rows[at], self._examples.columns))
        )
