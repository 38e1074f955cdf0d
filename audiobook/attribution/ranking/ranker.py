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

from audiobook.attribution.ranking.candidates import SETTINGS, Candidacy, Setting, setting_of
from audiobook.attribution.ranking.clues import ClueFinder, Found
from audiobook.attribution.ranking.forest import Forest, forest_from_json, forest_to_json
from audiobook.attribution.ranking.neighbours import Neighbours, Odds, chains
from audiobook.attribution.ranking.stage import Stage

_HOPELESS = 0.002  # odds by a turn's own clues below which its neighbours are not heard about somebody
_BATCH = 250  # speeches
_FLOOR = 1e-6  # of odds, where somebody is no candidate of a part of a speech


Curve = tuple[tuple[float, float], ...]  # odds, and how often decisions of such odds were right; both rising


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranker:
    """What was learned about who says what."""

    alone: Forest  # scores a candidate by the turn's own clues
    together: Forest  # by those and by what its neighbours say
    reliability: Mapping[Setting, Curve]


@cache
def shipped_ranker() -> Ranker:
    """The ranker that comes with the package."""
    text = files(__package__).joinpath("ranker.json").read_text(encoding="utf-8")
    return ranker_from_json(json.loads(text))


def ranker_to_json(ranker: Ranker) -> dict[str, Any]:
    """The ranker as plain JSON values."""
    return {
        "alone": forest_to_json(ranker.alone),
        "together": forest_to_json(ranker.together),
        "reliability": {setting: [list(point) for point in curve] for setting, curve in ranker.reliability.items()},
    }


def ranker_from_json(data: Mapping[str, Any]) -> Ranker:
    """The ranker that `ranker_to_json` wrote."""
    return Ranker(
        alone=forest_from_json(data["alone"]),
        together=forest_from_json(data["together"]),
        reliability={setting: tuple(map(_point, data["reliability"][setting])) for setting in SETTINGS},
    )


def _point(data: Sequence[float]) -> tuple[float, float]:
    odds, right = data
    return float(odds), float(right)


def rank(stage: Stage, candidacies: Iterable[Candidacy], ranker: Ranker) -> list[Odds]:
    """The odds over the candidates of every turn, which come in its order. Turns of one speech share theirs.

    A turn's clues, which take a hundred times the room of its odds, are kept until its neighbours have odds, no longer.
    """
    candidacies = iter(candidacies)
    finder, first, second = ClueFinder(stage), list[Odds](), list[Odds]()
    neighbours = Neighbours(stage, first)
    waiting: deque[tuple[Candidacy, Found]] = deque()
    for batch in _batches(stage):
        met = [(candidacy, finder.clues(candidacy)) for candidacy in islice(candidacies, sum(map(len, batch)))]
        odds = iter([odds_of(ranker.alone, candidacy.people, found) for candidacy, found in met])
        first += [shared for chain in batch for shared in _pooled(list(islice(odds, len(chain))))]
        waiting += met
        while waiting and neighbours.last(waiting[0][0].index) < len(first):
            candidacy, found = waiting.popleft()
            _add(neighbours.clues(candidacy), found)
            second.append(odds_of(ranker.together, *_worth_a_look(candidacy.people, found, first[candidacy.index])))
    return pool(stage, second)


def _batches(stage: Stage) -> Iterator[list[list[int]]]:
    """The speeches, many at a time: to go from clues to one forest to the other with every turn would be slower."""
    speeches = chains(stage)
    while batch := list(islice(speeches, _BATCH)):
        yield batch


def _worth_a_look(people: Sequence[int], clues: Found, odds: Odds) -> tuple[list[int], Found]:
    """The candidates, with their clues, whom the neighbours may still talk round."""
    kept = [at for at, who in enumerate(people) if odds.get(who, 0.0) >= _HOPELESS] or range(len(people))
    return [people[at] for at in kept], Found(clues.about, [clues.own[at] for at in kept])


def own_clues(stage: Stage, candidacies: Sequence[Candidacy]) -> list[Found]:
    """The clues for every candidate of every turn, by the turn itself."""
    finder = ClueFinder(stage)
    return [finder.clues(candidacy) for candidacy in candidacies]


def _add(beside: Found, found: Found) -> None:
    """Add what the neighbours say to the clues for every candidate."""
    found.about.update(beside.about)
    for own, said in zip(found.own, beside.own, strict=True):
        own.update(said)


def odds_of(forest: Forest, people: Sequence[int], clues: Found) -> Odds:
    """The odds that a forest gives the candidates of one turn."""
    if len(people) == 1:
        return {people[0]: 1.0}
    return softmax(dict(zip(people, forest.scores(clues.about, clues.own), strict=True)))


def softmax(scores: Mapping[int, float]) -> Odds:
    """Odds that sum to 1 from scores in logits."""
    top = max(scores.values(), default=0.0)
    parts = {who: exp(score - top) for who, score in scores.items()}
    whole = sum(parts.values())
    return {who: part / whole for who, part in parts.items()}


def pool(stage: Stage, odds: Sequence[Odds]) -> list[Odds]:
    """The odds with every turn of a speech given those on which its turns agree best."""
    return [shared for chain in chains(stage) for shared in _pooled([odds[index] for index in chain])]


def _pooled(odds: Sequence[Odds]) -> list[Odds]:
    """The odds of the turns of one speech, made those on which they agree best."""
    parts = [part for part in odds if part]
    if len(parts) > 1:
        parts = [_agreed(parts)]
    return parts * len(odds) if parts else [{} for _ in odds]


def _agreed(parts: Sequence[Odds]) -> Odds:
    """The product of odds; whoever is no candidate of a part has the floor there, and gains nothing on it."""
    gains: dict[int, float] = {}
    for part in parts:
        for who, share in part.items():
            gains[who] = gains.get(who, 0.0) + log(share + _FLOOR) - log(_FLOOR)
    return softmax(gains)


def speech_settings(stage: Stage) -> list[Setting]:
    """For every turn the best help that the text gives with any turn of its speech."""
    settings: list[Setting] = []
    for chain in chains(stage):
        best = min((setting_of(stage, stage.turns[index]) for index in chain), key=SETTINGS.index)
        settings += [best] * len(chain)
    return settings


def reliable(points: Curve, odds: float) -> float:
    """How often a decision of such odds is right, between the points that were measured."""
    if odds <= points[0][0]:
        return points[0][1]
    for (low, right), (high, righter) in pairwise(points):
        if odds <= high:
            return right + (righter - right) * (odds - low) / max(high - low, _FLOOR)
    return points[-1][1]
