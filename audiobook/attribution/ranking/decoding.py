"""Decides the speakers: the most probable sequence, with a confidence and a runner-up for each turn.

The probabilities of a turn depend on those of its neighbours, but not on decisions. Here the speeches are decided in
order, and the most probable sequences so far are kept (a beam search). In adjacent paragraphs speakers alternate, and
the speaker before the last tends to be next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import find_candidates
from audiobook.attribution.ranking.neighbour_features import Probabilities, group_speeches
from audiobook.attribution.ranking.ranker import (
    Curve,
    Ranker,
    calibrate,
    classify_speeches,
    load_ranker,
    rank_candidates,
)
from audiobook.attribution.turns import ends_paragraph

_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Decision:
    """The speaker of a turn. `person` is None if there is no candidate."""

    person: int | None
    confidence: float  # 0 to 1: how often decisions of this probability are right
    runner_up: int | None


def decide(parsed: ParsedBook, pinned: Mapping[int, int] | None = None, ranker: Ranker | None = None) -> list[Decision]:
    """Return the speaker of each turn, in order. `pinned` turns (by index) have the given person.

    `ranker` replaces the one in the package.
    """
    pinned, ranker = pinned or {}, ranker or load_ranker()
    candidate_sets = (
        replace(c, people=(pinned[c.index],)) if c.index in pinned else c for c in find_candidates(parsed)
    )
    probabilities = rank_candidates(parsed, candidate_sets, ranker)
    evidence_kinds = classify_speeches(parsed)
    return [
        Decision(pinned[index], 1.0, None)
        if index in pinned
        else _make_decision(who, probabilities[index], ranker.reliability[evidence_kinds[index]])
        for index, who in enumerate(decode(parsed, probabilities))
    ]


def _make_decision(who: int | None, probabilities: Probabilities, curve: Curve) -> Decision:
    if who is None:
        return Decision(None, 0.0, None)
    others = (other for other in probabilities if other != who)
    runner_up = min(others, key=lambda other: (-probabilities[other], other), default=None)
    return Decision(who, round(calibrate(curve, probabilities[who]), _DIGITS), runner_up)


_BEAM_WIDTH = 20  # sequences that are kept
_MAX_CHOICES = 6  # speakers that are tried for a speech
_MIN_PROBABILITY = 1e-6
# In logits, chosen on novels held out by author: the cost of the same speaker in the next paragraph, if that is only
# speech and if it has narration; and the gain of the speaker before the last.
_CONTINUE_COST, _CONTINUE_COST_WITH_NARRATION, _ALTERNATE_GAIN = 2.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class _Speech:
    turns: tuple[int, ...]
    first: int  # passage
    last: int
    scene: int
    alone: bool  # its paragraphs have nothing else


class _PastSpeech(NamedTuple):
    """The last speech of a paragraph."""

    first: int  # passage
    last: int
    scene: int
    speaker: int | None

    def leads_to(self, first: int, scene: int) -> bool:
        """Return whether that passage is the next paragraph, in the same scene."""
        return first - self.last == 1 and scene == self.scene


class _Path(NamedTuple):
    """A sequence of speakers for all speeches so far."""

    score: float
    past: tuple[_PastSpeech, ...]  # the last two
    speaker: int | None  # of the last speech
    before: "_Path | None"


def decode(parsed: ParsedBook, probabilities: Sequence[Probabilities]) -> list[int | None]:
    """Return the speaker of each turn, or None without a candidate. Turns of one speech have one speaker."""
    speeches = list(_make_speeches(parsed))
    paths = [_Path(0.0, (), None, None)]
    for speech in speeches:
        ranked = sorted(probabilities[speech.turns[0]].items(), key=lambda choice: (-choice[1], choice[0]))
        choices: Sequence[tuple[int | None, float]] = ranked[:_MAX_CHOICES] or [(None, 1.0)]
        tried = [
            (_PastSpeech(speech.first, speech.last, speech.scene, who), log(share + _MIN_PROBABILITY))
            for who, share in choices
        ]
        paths = _prune(_extend(path, speech, here, gain) for path in paths for here, gain in tried)
    return _read_speakers(paths[0], speeches, len(probabilities))


def _make_speeches(parsed: ParsedBook) -> Iterator[_Speech]:
    for chain in group_speeches(parsed):
        first, last = parsed.turns[chain[0]], parsed.turns[chain[-1]]
        alone = first.start == 0 and ends_paragraph(parsed.passages[last.passage].text, last)
        yield _Speech(tuple(chain), first.passage, last.passage, parsed.passages[first.passage].scene, alone)


def _extend(path: _Path, speech: _Speech, here: _PastSpeech, gain: float) -> _Path:
    score, who = path.score + gain, here.speaker
    last = path.past[-1] if path.past else None
    if last is None:
        return _Path(score, (here,), who, path)
    if last.leads_to(speech.first, speech.scene):
        if who == last.speaker:
            score -= _CONTINUE_COST if speech.alone else _CONTINUE_COST_WITH_NARRATION
        elif path.past[0].leads_to(last.first, last.scene) and path.past[0].speaker == who:
            score += _ALTERNATE_GAIN
    if (last.last, last.speaker) == (speech.first, who):
        return _Path(score, (*path.past[:-1], last._replace(last=speech.last)), who, path)
    return _Path(score, (last, here), who, path)


def _prune(paths: Iterator[_Path]) -> list[_Path]:
    """Keep the best path for each end, and of these the best `_BEAM_WIDTH`."""
    best: dict[tuple[_PastSpeech, ...], _Path] = {}
    for path in paths:
        known = best.get(path.past)
        if known is None or known.score < path.score:
            best[path.past] = path
    return sorted(best.values(), key=lambda path: -path.score)[:_BEAM_WIDTH]


def _read_speakers(path: _Path, speeches: Sequence[_Speech], count: int) -> list[int | None]:
    speakers: list[int | None] = [None] * count
    for speech in reversed(speeches):
        for index in speech.turns:
            speakers[index] = path.speaker
        assert path.before is not None  # only the first path has none  # noqa: S101
        path = path.before
    return speakers
