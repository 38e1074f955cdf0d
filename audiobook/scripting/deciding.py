"""From clues to speakers: every turn gets odds over its candidates, and neighbours talk each other round.

The first odds come from a turn's own clues. Then each turn looks at the odds of the turns about it, again and again:
people take turns, so whoever probably spoke just before is less likely now, and whoever spoke before that is likelier.
Certain tags hold, and what they settle spreads through the untagged talk between them. (Mean-field inference in a
conditional random field.) Turns of one speech are decided together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log

from audiobook.scripting.clues import Candidacy, ClueFinder, Setting
from audiobook.scripting.links import chains, links
from audiobook.scripting.stage import Stage
from audiobook.scripting.weights import Weights, weights

Odds = dict[int, float]  # person: probability

_ROUNDS = 8
_UNDAMPED = 2  # rounds before the odds are averaged with those before, so that they settle
_FLOOR = 1e-6
# The most that a decision may claim: somebody who is no candidate may speak, the likelier the less a tag says.
_CEILINGS: dict[Setting, float] = {"name": 0.99, "noun": 0.92, "pronoun": 0.95, "beat": 0.9, "bare": 0.85}
_ALONE = 0.5  # of the ceiling, where a single candidate is taken for want of another


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks a turn; None where there is no candidate at all."""

    person: int | None
    confidence: float  # 0 to 1
    runner_up: int | None


def decide(stage: Stage, pinned: Mapping[int, int] | None = None) -> list[Decision]:
    """The speaker of every turn, in order. `pinned` turns (by index) have the person they are given, for certain."""
    pinned = pinned or {}
    candidacies = [
        replace(c, people=(pinned[i],), clues=({},)) if i in pinned else c
        for i, c in enumerate(ClueFinder(stage).candidacies())
    ]
    table = weights()
    own = [_own_scores(c, table[c.setting]) for c in candidacies]
    ties = [
        [(other, table[c.setting].get(kind, 0.0)) for other, kind in found]
        for c, found in zip(candidacies, links(stage), strict=True)
    ]
    odds = [_odds(c.people, scores) for c, scores in zip(candidacies, own, strict=True)]
    for turn in range(_ROUNDS):
        fresh = [_revised(c.people, s, t, odds) for c, s, t in zip(candidacies, own, ties, strict=True)]
        odds = fresh if turn < _UNDAMPED else [_mean(a, b) for a, b in zip(odds, fresh, strict=True)]
    decisions: list[Decision] = []
    for chain in chains(stage):
        decisions.extend(_settle([odds[i] for i in chain], [_ceiling(candidacies[i]) for i in chain]))
    return [Decision(pinned[i], 1.0, None) if i in pinned else decision for i, decision in enumerate(decisions)]


def _ceiling(candidacy: Candidacy) -> float:
    alone = len(candidacy.people) == 1 and candidacy.setting != "name"
    return _CEILINGS[candidacy.setting] * (_ALONE if alone else 1.0)


def _own_scores(candidacy: Candidacy, table: Weights) -> list[float]:
    return [sum(table.get(clue, 0.0) * value for clue, value in clues.items()) for clues in candidacy.clues]


def _odds(people: Sequence[int], scores: Sequence[float]) -> Odds:
    if not people:
        return {}
    top = max(scores)
    parts = [exp(s - top) for s in scores]
    whole = sum(parts)
    return {who: part / whole for who, part in zip(people, parts, strict=True)}


def _revised(
    people: Sequence[int], own: Sequence[float], ties: Sequence[tuple[int, float]], odds: Sequence[Odds]
) -> Odds:
    beside = [(odds[other], weight) for other, weight in ties if weight]
    scores = [
        score + sum(weight * near.get(who, 0.0) for near, weight in beside)
        for who, score in zip(people, own, strict=True)
    ]
    return _odds(people, scores)


def _mean(one: Odds, other: Odds) -> Odds:
    return {who: (share + other[who]) / 2 for who, share in one.items()}


def _settle(chain: Sequence[Odds], ceilings: Sequence[float]) -> Iterator[Decision]:
    """One speaker for the turns of one speech: the one on whom their odds best agree."""
    everybody = dict.fromkeys(who for odds in chain for who in odds)
    if not everybody:
        yield from (Decision(None, 0.0, None) for _ in chain)
        return
    scores = [sum(log(odds.get(who, 0.0) + _FLOOR) for odds in chain) for who in everybody]
    joint = _odds(tuple(everybody), scores)
    ranked = sorted(joint, key=lambda who: (-joint[who], who))
    runner_up = ranked[1] if len(ranked) > 1 else None
    sure = round(joint[ranked[0]] * max(ceilings), 2)
    yield from (Decision(ranked[0], sure, runner_up) for _ in chain)
