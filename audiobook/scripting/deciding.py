"""From odds to decisions: the speaker of every turn, how sure that is, and who else it may be."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from audiobook.scripting.candidates import find_candidates
from audiobook.scripting.decoding import decode
from audiobook.scripting.neighbours import Odds
from audiobook.scripting.ranking import Curve, Ranker, rank, reliable, shipped_ranker, speech_settings
from audiobook.scripting.stage import Stage

_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """Who speaks a turn; None where there is no candidate at all."""

    person: int | None
    confidence: float  # 0 to 1: how often decisions as sure as this one are right
    runner_up: int | None


def decide(stage: Stage, pinned: Mapping[int, int] | None = None, ranker: Ranker | None = None) -> list[Decision]:
    """The speaker of every turn, in order. `pinned` turns (by index) have the person they are given, for certain.

    `ranker` is the one that comes with the package, unless another is given.
    """
    pinned, ranker = pinned or {}, ranker or shipped_ranker()
    candidacies = (replace(c, people=(pinned[c.index],)) if c.index in pinned else c for c in find_candidates(stage))
    odds = rank(stage, candidacies, ranker)
    settings = speech_settings(stage)
    return [
        Decision(pinned[index], 1.0, None)
        if index in pinned
        else _decision(who, odds[index], ranker.reliability[settings[index]])
        for index, who in enumerate(decode(stage, odds))
    ]


def _decision(who: int | None, odds: Odds, curve: Curve) -> Decision:
    if who is None:
        return Decision(None, 0.0, None)
    others = (other for other in odds if other != who)
    runner_up = min(others, key=lambda other: (-odds[other], other), default=None)
    return Decision(who, round(reliable(curve, odds[who]), _DIGITS), runner_up)
