"""Ranks the candidates of every turn with two forests: first each turn by itself, then in the light of its neighbours.

The first forest gives every turn odds from its own clues. The second looks at the same clues and at the odds of the
turns around. Both were learned from annotated novels (MODEL_CARD.md says how and from which); a softmax over a turn's
candidates makes odds of scores (a conditional logit, McFadden 1974, with boosted trees for its utility).
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
from audiobook.attribution.ranking.forest import Forest, forest_from_json, forest_to_json
from audiobook.attribution.ranking.neighbour_features import NeighbourFeatures, Probabilities, group_speeches

_HOPELESS = 0.002  # odds by a turn's own clues below which its neighbours are not heard about somebody
_BATCH = 250  # speeches
_FLOOR = 1e-6  # of odds, where somebody is no candidate of a part of a speech


Curve = tuple[tuple[float, float], ...]  # odds, and how often decisions of such odds were right; both rising


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """What was learned about who says what."""

    first: Forest  # scores a candidate by the turn's own clues
    second: Forest  # by those and by what its neighbours say
    reliability: Mapping[EvidenceKind, Curve]


@cache
def load_ranker() -> Ranker:
    """The ranker that comes with the package."""
    text = files(__package__).joinpath("ranker.json").read_text(encoding="utf-8")
    return ranker_from_json(json.loads(text))


def ranker_to_json(ranker: Ranker) -> dict[str, Any]:
    """The ranker as plain JSON values."""
    return {
        "alone": forest_to_json(ranker.first),
        "together": forest_to_json(ranker.second),
        "reliability": {
            evidence_kind: [list(point) for point in curve] for evidence_kind, curve in ranker.reliability.items()
        },
    }


def ranker_from_json(data: Mapping[str, Any]) -> Ranker:
    """The ranker that `ranker_to_json` wrote."""
    return Ranker(
        first=forest_from_json(data["alone"]),
        second=forest_from_json(data["together"]),
        reliability={
            evidence_kind: tuple(map(_point, data["reliability"][evidence_kind])) for evidence_kind in EVIDENCE_KINDS
        },
    )


def _point(data: Sequence[float]) -> tuple[float, float]:
    probabilities, right = data
    return float(probabilities), float(right)


def rank_candidates(parsed: ParsedBook, candidate_sets: Iterable[CandidateSet], ranker: Ranker) -> list[Probabilities]:
    """The odds over the candidates of every turn, which come in its order. Turns of one speech share theirs.

    A turn's clues, which take a hundred times the room of its odds, are kept until its neighbours have odds, no longer.
    """
    candidate_sets = iter(candidate_sets)
    finder, first, second = FeatureExtractor(parsed), list[Probabilities](), list[Probabilities]()
    neighbours = NeighbourFeatures(parsed, first)
    waiting: deque[tuple[CandidateSet, TurnFeatures]] = deque()
    for batch in _batches(parsed):
        met = [
            (candidate_set, finder.find_features(candidate_set))
            for candidate_set in islice(candidate_sets, sum(map(len, batch)))
        ]
        probabilities = iter(
            [score_candidates(ranker.first, candidate_set.people, found) for candidate_set, found in met]
        )
        first += [shared for chain in batch for shared in _pooled(list(islice(probabilities, len(chain))))]
        waiting += met
        while waiting and neighbours.last(waiting[0][0].index) < len(first):
            candidate_set, found = waiting.popleft()
            _add(neighbours.find_features(candidate_set), found)
            second.append(
                score_candidates(ranker.second, *_keep_likely(candidate_set.people, found, first[candidate_set.index]))
            )
    return pool_speeches(parsed, second)


def _batches(parsed: ParsedBook) -> Iterator[list[list[int]]]:
    """The speeches, many at a time: to go from clues to one forest to the other with every turn would be slower."""
    speeches = group_speeches(parsed)
    while batch := list(islice(speeches, _BATCH)):
        yield batch


def _keep_likely(
    people: Sequence[int], features: TurnFeatures, probabilities: Probabilities
) -> tuple[list[int], TurnFeatures]:
    """The candidates, with their clues, whom the neighbours may still talk round."""
    kept = [at for at, who in enumerate(people) if probabilities.get(who, 0.0) >= _HOPELESS] or range(len(people))
    return [people[at] for at in kept], TurnFeatures(features.about, [features.own[at] for at in kept])


def extract_own_features(parsed: ParsedBook, candidate_sets: Sequence[CandidateSet]) -> list[TurnFeatures]:
    """The clues for every candidate of every turn, by the turn itself."""
    finder = FeatureExtractor(parsed)
    return [finder.find_features(candidate_set) for candidate_set in candidate_sets]


def _add(beside: TurnFeatures, found: TurnFeatures) -> None:
    """Add what the neighbours say to the clues for every candidate."""
    found.about.update(beside.about)
    for own, said in zip(found.own, beside.own, strict=True):
        own.update(said)


def score_candidates(forest: Forest, people: Sequence[int], features: TurnFeatures) -> Probabilities:
    """The odds that a forest gives the candidates of one turn."""
    if len(people) == 1:
        return {people[0]: 1.0}
    return softmax(dict(zip(people, forest.scores(features.about, features.own), strict=True)))


def softmax(scores: Mapping[int, float]) -> Probabilities:
    """Odds that sum to 1 from scores in logits."""
    top = max(scores.values(), default=0.0)
    parts = {who: exp(score - top) for who, score in scores.items()}
    whole = sum(parts.values())
    return {who: part / whole for who, part in parts.items()}


def pool_speeches(parsed: ParsedBook, probabilities: Sequence[Probabilities]) -> list[Probabilities]:
    """The odds with every turn of a speech given those on which its turns agree best."""
    return [shared for chain in group_speeches(parsed) for shared in _pooled([probabilities[index] for index in chain])]


def _pooled(probabilities: Sequence[Probabilities]) -> list[Probabilities]:
    """The odds of the turns of one speech, made those on which they agree best."""
    parts = [part for part in probabilities if part]
    if len(parts) > 1:
        parts = [_agreed(parts)]
    return parts * len(probabilities) if parts else [{} for _ in probabilities]


def _agreed(parts: Sequence[Probabilities]) -> Probabilities:
    """The product of odds; whoever is no candidate of a part has the floor there, and gains nothing on it."""
    gains: dict[int, float] = {}
    for part in parts:
        for who, share in part.items():
            gains[who] = gains.get(who, 0.0) + log(share + _FLOOR) - log(_FLOOR)
    return softmax(gains)


def classify_speeches(parsed: ParsedBook) -> list[EvidenceKind]:
    """For every turn the best help that the text gives with any turn of its speech."""
    evidence_kinds: list[EvidenceKind] = []
    for chain in group_speeches(parsed):
        best = min((classify_evidence(parsed, parsed.turns[index]) for index in chain), key=EVIDENCE_KINDS.index)
        evidence_kinds += [best] * len(chain)
    return evidence_kinds


def calibrate(points: Curve, probabilities: float) -> float:
    """How often a decision of such odds is right, between the points that were measured."""
    if probabilities <= points[0][0]:
        return points[0][1]
    for (low, right), (high, righter) in pairwise(points):
        if probabilities <= high:
            return right + (righter - right) * (probabilities - low) / max(high - low, _FLOOR)
    return points[-1][1]
