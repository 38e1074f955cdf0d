"""Fit the weights of dash dialogue: a conditional random field over the pieces of each paragraph.

The likelihood of the annotations is maximized by L-BFGS with L2 regularization, so that features with little evidence
get small weights. The chains of all paragraphs are processed in parallel, one position at a time.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from audiobook.attribution.dashes.dialogue import StyleWeights
from tools.training.dash_rows import DashRow

_COST = 12.0  # of the squared weights, twice
_ROUNDS = 80
_NEVER = -1e4  # lower than the score of any labelling
_HUNDREDTHS = 100  # of a logit, the unit of weights
_LEAST = 5  # hundredths; smaller weights are left out
_FEWEST = 8  # minimum number of occurrences of a feature,
_AUTHORS = 4  # and of authors who have it, because names in one novel are not features

Chain = Sequence[DashRow]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class _Chains:
    """Paragraphs as arrays: the longest first, each with its pieces in sequence."""

    words: csr_matrix  # pieces × features
    boundary: csr_matrix
    starts: NDArray[np.int64]  # first piece of each chain
    lengths: NDArray[np.int64]
    alive: tuple[int, ...]  # for each position, the number of chains that have a piece there
    said: Bools
    may_be_said: Bools


def fit_dash_weights(authors: Sequence[Sequence[Chain]]) -> StyleWeights:
    """Fit the weights to the paragraphs of each author."""
    words = _usual([[feature for chain in own for row in chain for feature in row.words] for own in authors])
    cuts = _usual([[feature for chain in own for row in chain for feature in row.boundary] for own in authors])
    chains = _chains([chain for own in authors for chain in own], words, cuts)
    found = minimize(
        lambda weights: _loss(chains, weights),
        np.zeros(len(words) + 3 * len(cuts)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _ROUNDS, "maxcor": 8},
    ).x
    rounded = np.rint(found * _HUNDREDTHS).astype(int).tolist()
    turns = {feature: rounded[len(words) + 3 * at : len(words) + 3 * at + 3] for at, feature in enumerate(cuts)}
    return StyleWeights(
        {feature: weight for feature, weight in zip(words, rounded, strict=False) if abs(weight) >= _LEAST},
        {
            feature: (begin, end, on)
            for feature, (begin, end, on) in turns.items()
            if max(map(abs, (begin, end, on))) >= _LEAST
        },
    )


def _usual(authors: Iterable[Iterable[str]]) -> list[str]:
    """The features that occur often enough, in alphabetical order."""
    times: Counter[str] = Counter()
    having: Counter[str] = Counter()
    for features in authors:
        own = Counter(features)
        times.update(own)
        having.update(own.keys())
    few = min(_AUTHORS, max(having.values(), default=0))
    return sorted(feature for feature in times if times[feature] >= _FEWEST and having[feature] >= few)


def _chains(paragraphs: Iterable[Chain], words: Sequence[str], cuts: Sequence[str]) -> _Chains:
    ordered = sorted(paragraphs, key=len, reverse=True)
    rows = [row for chain in ordered for row in chain]
    lengths = np.array([len(chain) for chain in ordered])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    may_be_said = np.array([row.may_be_said for row in rows])
    said = np.array([row.said for row in rows]) & may_be_said
    said[starts] = may_be_said[starts]
    return _Chains(
        words=_matrix([row.words for row in rows], words),
        boundary=_matrix([row.boundary for row in rows], cuts),
        starts=starts,
        lengths=lengths,
        alive=tuple(int((lengths > at).sum()) for at in range(int(lengths[0]))),
        said=said,
        may_be_said=may_be_said,
    )


def _matrix(rows: Sequence[Sequence[str]], features: Sequence[str]) -> csr_matrix:
    columns = {feature: at for at, feature in enumerate(features)}
    found = [[columns[feature] for feature in row if feature in columns] for row in rows]
    ends = np.fromiter(accumulate(map(len, found), initial=0), np.int64)
    places = np.fromiter((column for row in found for column in row), np.int32, count=int(ends[-1]))
    return csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), len(features)))


def _loss(chains: _Chains, weights: Floats) -> tuple[float, Floats]:
    """The negative log-likelihood of the annotations with the penalty of the weights, and its gradient."""
    count = chains.words.shape[1]
    spoken = chains.words @ weights[:count]
    turns = chains.boundary @ weights[count:].reshape(-1, 3)
    turns[:, 0] = np.where(chains.may_be_said, turns[:, 0], _NEVER)
    turns[:, (0, 2)] += spoken[:, None]
    total, chances = _chances(chains, turns)
    inner = np.ones(len(chains.said), bool)
    inner[chains.starts] = False
    here, before = chains.said & inner, np.roll(chains.said, 1) & inner
    gold = np.stack([here & ~before, before & ~here & inner, here & before], axis=1)
    missed = chances - gold
    slope = np.concatenate([chains.words.T @ (missed[:, 0] + missed[:, 2]), (chains.boundary.T @ missed).ravel()])
    loss = total - float(turns[gold].sum()) + 0.5 * _COST * float(weights @ weights)
    return loss, slope + _COST * weights


def _chances(chains: _Chains, turns: Floats) -> tuple[float, Floats]:
    """The log partition function, and the probability of each transition at each piece.

    `turns` has the scores of speech beginning, ending and continuing at each piece.
    """
    forward = _forward(chains, turns)
    backward = _backward(chains, turns)
    whole = np.logaddexp.reduce(forward[chains.starts + chains.lengths - 1], axis=1)
    inner = np.ones(len(turns), bool)
    inner[chains.starts] = False
    at = np.flatnonzero(inner)
    norm = np.repeat(whole, chains.lengths)[at]
    chances = np.zeros_like(turns)
    for turn, (was, is_) in enumerate(((0, 1), (1, 0), (1, 1))):
        chances[at, turn] = np.exp(np.minimum(0, forward[at - 1, was] + turns[at, turn] + backward[at, is_] - norm))
    return float(whole.sum()), chances


def _forward(chains: _Chains, turns: Floats) -> Floats:
    """For each piece, the forward scores of the states narration and speech."""
    scores = np.zeros((len(turns), 2))
    led = chains.said[chains.starts]
    scores[chains.starts, 0], scores[chains.starts, 1] = np.where(led, _NEVER, 0), np.where(led, 0, _NEVER)
    for place in range(1, len(chains.alive)):
        here = chains.starts[: chains.alive[place]] + place
        told, said = scores[here - 1].T
        scores[here, 0] = np.logaddexp(told, said + turns[here, 1])
        scores[here, 1] = np.logaddexp(told + turns[here, 0], said + turns[here, 2])
    return scores


def _backward(chains: _Chains, turns: Floats) -> Floats:
    """For each piece, the backward scores of the states narration and speech."""
    scores = np.zeros((len(turns), 2))
    for place in range(len(chains.alive) - 1, 0, -1):
        here = chains.starts[: chains.alive[place]] + place
        told, said = scores[here].T
        scores[here - 1, 0] = np.logaddexp(told, turns[here, 0] + said)
        scores[here - 1, 1] = np.logaddexp(turns[here, 1] + told, turns[here, 2] + said)
    return scores
