"""Ranks the candidates of every turn with two forests: first each turn by itself, then in the light of its neighbours.

The first forest gives every turn odds from its own clues. The second looks at the same clues and at the odds of the
turns around. Both were learned from annotated novels (MODEL_CARD.md says how and from which); a softmax over a turn's
candidates makes odds of scores (a conditional logit, McFadden 1974, with boosted trees for its utility).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from typing import Any

from audiobook.scripting.candidates import SETTINGS, Candidacy, Setting
from audiobook.scripting.clues import ClueFinder, Found
from audiobook.scripting.forest import Forest, forest_from_json, forest_to_json
from audiobook.scripting.links import chains
from audiobook.scripting.neighbours import Neighbours, Odds
from audiobook.scripting.stage import Stage

_HOPELESS = 0.002  # odds by a turn's own clues below which its neighbours are not heard about somebody
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


def rank(stage: Stage, candidacies: Sequence[Candidacy], ranker: Ranker) -> list[Odds]:
    """The odds over the candidates of every turn. Turns of one speech share theirs."""
    clues = own_clues(stage, candidacies)
    first = [odds_of(ranker.alone, c.people, found) for c, found in zip(candidacies, clues, strict=True)]
    pooled = pool(stage, first)
    add_neighbours(stage, candidacies, clues, pooled)
    second = [
        odds_of(ranker.together, *_worth_a_look(c.people, found, odds))
        for c, found, odds in zip(candidacies, clues, pooled, strict=True)
    ]
    return pool(stage, second)


def _worth_a_look(people: Sequence[int], clues: Found, odds: Odds) -> tuple[list[int], Found]:
    """The candidates, with their clues, whom the neighbours may still talk round."""
    kept = [at for at, who in enumerate(people) if odds.get(who, 0.0) >= _HOPELESS] or range(len(people))
    return [people[at] for at in kept], Found(clues.about, [clues.own[at] for at in kept])


def own_clues(stage: Stage, candidacies: Sequence[Candidacy]) -> list[Found]:
    """The clues for every candidate of every turn, by the turn itself."""
    finder = ClueFinder(stage)
    return [finder.clues(candidacy) for candidacy in candidacies]


def add_neighbours(
    stage: Stage, candidacies: Sequence[Candidacy], clues: Sequence[Found], odds: Sequence[Odds]
) -> None:
    """Add what the neighbours say, by their odds, to the clues for every candidate."""
    neighbours = Neighbours(stage, odds)
    for candidacy, found in zip(candidacies, clues, strict=True):
        beside = neighbours.clues(candidacy)
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
    pooled: list[Odds] = []
    for chain in chains(stage):
        parts = [odds[index] for index in chain if odds[index]]
        if len(parts) > 1:
            parts = [_agreed(parts)]
        pooled.extend(parts * len(chain) if parts else [{} for _ in chain])
    return pooled


def _agreed(parts: Sequence[Odds]) -> Odds:
    """The product of odds; whoever is no candidate of a part has the floor there, and gains nothing on it."""
    gains: dict[int, float] = {}
    for part in parts:
        for who, share in part.items():
            gains[who] = gains.get(who, 0.0) + log(share + _FLOOR) - log(_FLOOR)
    return softmax(gains)


def speech_settings(stage: Stage, candidacies: Sequence[Candidacy]) -> list[Setting]:
    """For every turn the best help that the text gives with any turn of its speech."""
    settings: list[Setting] = []
    for chain in chains(stage):
        best = min((candidacies[index].setting for index in chain), key=SETTINGS.index)
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
