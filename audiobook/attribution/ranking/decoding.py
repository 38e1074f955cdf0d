"""From odds to decisions: the most probable sequence of speakers, how sure each is, and the alternatives.

Odds know of each turn what its neighbours probably are, not what they are decided to be. Here speeches are decided one
after another along the book, and the likeliest ways of deciding all of them so far are kept (a beam search): in
adjacent paragraphs people take turns, and whoever spoke before the last tends to be next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from audiobook.attribution.ranking.candidates import find_candidates
from audiobook.attribution.ranking.neighbours import Odds, chains
from audiobook.attribution.ranking.ranker import Curve, Ranker, rank, reliable, shipped_ranker, speech_settings
from audiobook.attribution.ranking.stage import Stage
from audiobook.attribution.turns import closes

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


_WAYS = 20  # of deciding that are kept
_CHOICES = 6  # speakers of a speech that are tried
_FLOOR = 1e-6
# In logits, chosen on novels held out by author: what it costs that a paragraph's speaker goes on in the next one,
# where that is nothing but speech and where it has narration; and what it gains that the one before the last is next.
_GOES_ON, _GOES_ON_TOLD, _RETURNS = 2.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class _Speech:
    turns: tuple[int, ...]
    first: int  # passage
    last: int
    scene: int
    alone: bool  # nothing else stands in its paragraphs


class _Past(NamedTuple):
    """A paragraph's last speech."""

    first: int  # passage
    last: int
    scene: int
    speaker: int | None

    def leads_to(self, first: int, scene: int) -> bool:
        """Whether the next paragraph is that one, in the same scene."""
        return first - self.last == 1 and scene == self.scene


class _Way(NamedTuple):
    """A way to decide all speeches so far."""

    score: float
    past: tuple[_Past, ...]  # the last two
    speaker: int | None  # of the last speech
    before: "_Way | None"


def decode(stage: Stage, odds: Sequence[Odds]) -> list[int | None]:
    """The speaker of every turn; None where nobody is a candidate. Turns of one speech have one."""
    speeches = list(_speeches(stage))
    ways = [_Way(0.0, (), None, None)]
    for speech in speeches:
        ranked = sorted(odds[speech.turns[0]].items(), key=lambda choice: (-choice[1], choice[0]))
        choices: Sequence[tuple[int | None, float]] = ranked[:_CHOICES] or [(None, 1.0)]
        tried = [(_Past(speech.first, speech.last, speech.scene, who), log(share + _FLOOR)) for who, share in choices]
        ways = _likeliest(_told_on(way, speech, here, gain) for way in ways for here, gain in tried)
    return _speakers(ways[0], speeches, len(odds))


def _speeches(stage: Stage) -> Iterator[_Speech]:
    for chain in chains(stage):
        first, last = stage.turns[chain[0]], stage.turns[chain[-1]]
        alone = first.start == 0 and closes(stage.passages[last.passage].text, last)
        yield _Speech(tuple(chain), first.passage, last.passage, stage.passages[first.passage].scene, alone)


def _told_on(way: _Way, speech: _Speech, here: _Past, gain: float) -> _Way:
    score, who = way.score + gain, here.speaker
    last = way.past[-1] if way.past else None
    if last is None:
        return _Way(score, (here,), who, way)
    if last.leads_to(speech.first, speech.scene):
        if who == last.speaker:
            score -= _GOES_ON if speech.alone else _GOES_ON_TOLD
        elif way.past[0].leads_to(last.first, last.scene) and way.past[0].speaker == who:
            score += _RETURNS
    if (last.last, last.speaker) == (speech.first, who):
        return _Way(score, (*way.past[:-1], last._replace(last=speech.last)), who, way)
    return _Way(score, (last, here), who, way)


def _likeliest(ways: Iterator[_Way]) -> list[_Way]:
    """The best of those that end alike, and of these the best."""
    best: dict[tuple[_Past, ...], _Way] = {}
    for way in ways:
        known = best.get(way.past)
        if known is None or known.score < way.score:
            best[way.past] = way
    return sorted(best.values(), key=lambda way: -way.score)[:_WAYS]


def _speakers(way: _Way, speeches: Sequence[_Speech], count: int) -> list[int | None]:
    speakers: list[int | None] = [None] * count
    for speech in reversed(speeches):
        for index in speech.turns:
            speakers[index] = way.speaker
        assert way.before is not None  # the first way has decided nothing  # noqa: S101
        way = way.before
    return speakers
