"""The weights of dash dialogue fitted to rows: conditional random fields whose chains are paragraphs.

The probability of the annotated readings is made as large as it gets, by L-BFGS; every weight costs its square, so that
clues that say little say nothing. Chains of all paragraphs are worked through side by side, a piece at a time.
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

_COST = 12.0  # of a weight's square, twice
_ROUNDS = 80
_NEVER = -1e4  # a score below that of any reading
_HUNDREDTHS = 100  # of a logit, the unit of weights
_LEAST = 5  # hundredths; lighter weights are left out
_FEWEST = 8  # times that a clue must be there,
_AUTHORS = 4  # and authors who must have it: names of one novel are no clues

Chain = Sequence[DashRow]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class _Chains:
    """Paragraphs as arrays: the longest first, their pieces one behind the other."""

    words: csr_matrix  # pieces by clues
    boundary: csr_matrix
    starts: NDArray[np.int64]  # each chain's first piece
    lengths: NDArray[np.int64]
    alive: tuple[int, ...]  # how many chains have a piece at each place
    said: Bools
    may_be_said: Bools


def fit_dash_weights(authors: Sequence[Sequence[Chain]]) -> StyleWeights:
    """The weights that explain best what is said in each author's paragraphs."""
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
    """The clues that are there often enough, in the order of the alphabet."""
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
    """How improbable the annotated readings are, with the cost of the weights; and its slope."""
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
    """The sum of the logarithms of all readings' weights, and how probable each turn is at each piece.

    `turns` has for each piece the scores of speech beginning, ending and going on there.
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
    """For each piece the weight of all readings up to it in which it is told, and in which it is said."""
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
    """For each piece the weight of all readings behind it, where it is told and where it is said."""
    scores = np.zeros((len(turns), 2))
    for place in range(len(chains.alive) - 1, 0, -1):
        here = chains.starts[: chains.alive[place]] + place
        told, said = scores[here].T
        scores[here - 1, 0] = np.logaddexp(told, turns[here, 0] + said)
        scores[here - 1, 1] = np.logaddexp(turns[here, 1] + told, turns[here, 2] + said)
    return scores
