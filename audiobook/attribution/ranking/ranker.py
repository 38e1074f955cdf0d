"""Ranks the candidates of each turn with two forests: first by the turn itself, then with its neighbours.

The first forest gives the probabilities of a turn from its own features. The second forest also has the probabilities
of the turns around it. Both were learned from annotated novels (see MODEL_CARD.md). A softmax over the candidates of a
turn makes probabilities of scores (a conditional logit, McFadden 1974, with boosted trees as its utility).
"""

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, pairwise
from math import exp, log
from typing import Any

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import EVIDENCE_KINDS, CandidateSet, EvidenceKind, classify_evidence
from audiobook.attribution.ranking.features import FeatureExtractor, TurnFeatures
from audiobook.attribution.ranking.forest import Forest, dump_forest, parse_forest
from audiobook.attribution.ranking.neighbour_features import NeighbourFeatures, Probabilities, group_speeches

_MIN_PROBABILITY = 0.002  # a candidate with a lower probability by the first forest is not given to the second
_BATCH = 250  # speeches
_FLOOR = 1e-6  # lowest probability of a person who is not a candidate for a part of a speech


Curve = tuple[tuple[float, float], ...]  # (probability, share of decisions with it that were right); both rise


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """What was learned about who says what."""

    first: Forest  # scores a candidate by the turn's own features
    second: Forest  # scores a candidate by these and by the features of the neighbours
    reliability: Mapping[EvidenceKind, Curve]


@cache
def load_ranker() -> Ranker:
    """Load the ranker of the package."""
    text = files(__package__).joinpath("ranker.json").read_text(encoding="utf-8")
    return parse_ranker(json.loads(text))


def dump_ranker(ranker: Ranker) -> dict[str, Any]:
    """Return the ranker as plain JSON values."""
    return {
        "alone": dump_forest(ranker.first),
        "together": dump_forest(ranker.second),
        "reliability": {
            evidence_kind: [list(point) for point in curve] for evidence_kind, curve in ranker.reliability.items()
        },
    }


def parse_ranker(data: Mapping[str, Any]) -> Ranker:
    """Return the ranker that `dump_ranker` wrote."""
    return Ranker(
        first=parse_forest(data["alone"]),
        second=parse_forest(data["together"]),
        reliability={
            evidence_kind: tuple(map(_parse_point, data["reliability"][evidence_kind]))
            for evidence_kind in EVIDENCE_KINDS
        },
    )


def _parse_point(data: Sequence[float]) -> tuple[float, float]:
    probabilities, right = data
    return float(probabilities), float(right)


def rank_candidates(parsed: ParsedBook, candidate_sets: Iterable[CandidateSet], ranker: Ranker) -> list[Probabilities]:
    """Return the probabilities of the candidates of each turn, in order. Turns of one speech share theirs.

    The features of a turn take a hundred times the memory of its probabilities. They are dropped as soon as its
    neighbours have probabilities.
    """
    candidate_sets = iter(candidate_sets)
    finder, first, second = FeatureExtractor(parsed), list[Probabilities](), list[Probabilities]()
    neighbours = NeighbourFeatures(parsed, first)
    waiting: deque[tuple[CandidateSet, TurnFeatures]] = deque()
    for batch in _batch_speeches(parsed):
        met = [
            (candidate_set, finder.find_features(candidate_set))
            for candidate_set in islice(candidate_sets, sum(map(len, batch)))
        ]
        probabilities = iter(
            [score_candidates(ranker.first, candidate_set.people, found) for candidate_set, found in met]
        )
        first += [shared for chain in batch for shared in _pool(list(islice(probabilities, len(chain))))]
        waiting += met
        while waiting and neighbours.find_last_needed(waiting[0][0].index) < len(first):
            candidate_set, found = waiting.popleft()
            _add(neighbours.find_features(candidate_set), found)
            second.append(
                score_candidates(ranker.second, *_keep_likely(candidate_set.people, found, first[candidate_set.index]))
            )
    return pool_speeches(parsed, second)


def _batch_speeches(parsed: ParsedBook) -> Iterator[list[list[int]]]:
    """Yield the speeches in batches, because alternating between the two forests with every turn would be slower."""
    speeches = group_speeches(parsed)
    while batch := list(islice(speeches, _BATCH)):
        yield batch


def _keep_likely(
    people: Sequence[int], features: TurnFeatures, probabilities: Probabilities
) -> tuple[list[int], TurnFeatures]:
    """Return the candidates that are not too improbable, with their features."""
    kept = [at for at, who in enumerate(people) if probabilities.get(who, 0.0) >= _MIN_PROBABILITY] or range(
        len(people)
    )
    return [people[at] for at in kept], TurnFeatures(features.about, [features.own[at] for at in kept])


def extract_own_features(parsed: ParsedBook, candidate_sets: Sequence[CandidateSet]) -> list[TurnFeatures]:
    """Return the turn's own features of every candidate of every turn."""
    finder = FeatureExtractor(parsed)
    return [finder.find_features(candidate_set) for candidate_set in candidate_sets]


def _add(beside: TurnFeatures, found: TurnFeatures) -> None:
    """Add the features of the neighbours to those of each candidate."""
    found.about.update(beside.about)
    for own, said in zip(found.own, beside.own, strict=True):
        own.update(said)


def score_candidates(forest: Forest, people: Sequence[int], features: TurnFeatures) -> Probabilities:
    """Return the probabilities that a forest gives to the candidates of one turn."""
    if len(people) == 1:
        return {people[0]: 1.0}
    return compute_softmax(dict(zip(people, forest.scores(features.about, features.own), strict=True)))


def compute_softmax(scores: Mapping[int, float]) -> Probabilities:
    """Return probabilities that sum to 1, from scores in logits."""
    top = max(scores.values(), default=0.0)
    parts = {who: exp(score - top) for who, score in scores.items()}
    whole = sum(parts.values())
    return {who: part / whole for who, part in parts.items()}


def pool_speeches(parsed: ParsedBook, probabilities: Sequence[Probabilities]) -> list[Probabilities]:
    """Pool the probabilities of the turns of each speech."""
    return [shared for chain in group_speeches(parsed) for shared in _pool([probabilities[index] for index in chain])]


def _pool(probabilities: Sequence[Probabilities]) -> list[Probabilities]:
    """Pool the probabilities of the turns of one speech."""
    parts = [part for part in probabilities if part]
    if len(parts) > 1:
        parts = [_multiply(parts)]
    return parts * len(probabilities) if parts else [{} for _ in probabilities]


def _multiply(parts: Sequence[Probabilities]) -> Probabilities:
    """Return the normalised product of probabilities. A person who is not a candidate of a part has `_FLOOR` there."""
    gains: dict[int, float] = {}
    for part in parts:
        for who, share in part.items():
            gains[who] = gains.get(who, 0.0) + log(share + _FLOOR) - log(_FLOOR)
    return compute_softmax(gains)


def classify_speeches(parsed: ParsedBook) -> list[EvidenceKind]:
    """Return for each turn the strongest kind of evidence of any turn of its speech."""
    evidence_kinds: list[EvidenceKind] = []
    for chain in group_speeches(parsed):
        best = min((classify_evidence(parsed, parsed.turns[index]) for index in chain), key=EVIDENCE_KINDS.index)
        evidence_kinds += [best] * len(chain)
    return evidence_kinds


def calibrate(points: Curve, probabilities: float) -> float:
    """Return how often a decision with this probability is right, by interpolation of the curve."""
    if probabilities <= points[0][0]:
        return points[0][1]
    for (low, right), (high, righter) in pairwise(points):
        if probabilities <= high:
            return right + (righter - right) * (probabilities - low) / max(high - low, _FLOOR)
    return points[-1][1]
