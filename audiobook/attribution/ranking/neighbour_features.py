"""Features of the turns around a turn: the probabilities of their speakers.

Speakers alternate. The person who probably spoke just before is less likely now, and the one before that is more
likely. So the evidence of sure tags spreads through the turns without tags between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import CandidateSet
from audiobook.attribution.ranking.features import Features, TurnFeatures
from audiobook.attribution.turns import NEAR_TURNS


def group_speeches(parsed: ParsedBook) -> Iterator[list[int]]:
    """Yield the turns of each speech: a speech may be interrupted by a tag, or run across paragraphs."""
    chain: list[int] = []
    for index, turn in enumerate(parsed.turns):
        if chain and not (turn.joined or turn.continues):
            yield chain
            chain = []
        chain.append(index)
    if chain:
        yield chain


Probabilities = dict[int, float]  # person → probability

_STEPS = (1, 2, 3, 4)  # dialogue paragraphs on either side that are features of their own
_NEAR, _WIDE = 3, 8  # dialogue paragraphs over which probabilities are summed
_LIKELY = 0.5


class NeighbourFeatures:
    """The conversation around each turn."""

    def __init__(self, parsed: ParsedBook, probabilities: Sequence[Probabilities]) -> None:
        """`probabilities` are those of all turns, in order. They may still grow: see `find_last_needed`."""
        self._odds = probabilities
        self._paragraphs = [
            list(group) for _, group in groupby(range(len(parsed.turns)), lambda i: parsed.turns[i].passage)
        ]
        self._number = {index: number for number, turns in enumerate(self._paragraphs) for index in turns}
        self._passage = [parsed.turns[turns[0]].passage for turns in self._paragraphs]
        self._scene = [parsed.passages[passage].scene for passage in self._passage]

    def find_features(self, candidate_set: CandidateSet) -> TurnFeatures:
        """Return the features of each candidate."""
        index, number = candidate_set.index, self._number[candidate_set.index]
        neighbours = list(self._find_neighbours(index, number))
        probabilities = self._odds[index]
        best, second = [*sorted(probabilities.values(), reverse=True)[:2], 0.0, 0.0][:2]
        near, wide = self._sum_nearby(number, _NEAR), self._sum_nearby(number, _WIDE)
        about = {f"{name} top": max(shares.values(), default=0.0) for name, shares in neighbours}
        about["turn talkers"] = sum(share > _LIKELY for share in wide.values())
        own: list[Features] = []
        for who in candidate_set.people:
            share = probabilities.get(who, 0.0)
            features = {name: shares[who] for name, shares in neighbours if who in shares}
            features["odds"] = share
            features["odds lead"] = share - (second if share == best else best)
            features["odds near"], features["odds wide"] = near.get(who, 0.0), wide.get(who, 0.0)
            own.append(features)
        return TurnFeatures(about, own)

    def find_last_needed(self, index: int) -> int:
        """Return the last turn whose probabilities the features of a turn need."""
        return self._paragraphs[min(self._number[index] + _WIDE, len(self._paragraphs) - 1)][-1]

    def _find_neighbours(self, index: int, number: int) -> Iterator[tuple[str, Probabilities]]:
        turns = self._paragraphs[number]
        at = index - turns[0]
        if at > 0:
            yield "paragraph back", self._odds[turns[at - 1]]
        if at + 1 < len(turns):
            yield "paragraph ahead", self._odds[turns[at + 1]]
        for step in _STEPS:
            if self._are_in_conversation(number - step, number):
                yield f"{step} back", self._odds[self._paragraphs[number - step][-1]]
            if self._are_in_conversation(number, number + step):
                yield f"{step} ahead", self._odds[self._paragraphs[number + step][0]]

    def _are_in_conversation(self, earlier: int, later: int) -> bool:
        """Return whether two dialogue paragraphs are in one scene, with little narration between them."""
        if earlier < 0 or later >= len(self._paragraphs) or self._scene[earlier] != self._scene[later]:
            return False
        return self._passage[later] - self._passage[earlier] <= 2 * (later - earlier) + NEAR_TURNS

    def _sum_nearby(self, number: int, reach: int) -> dict[int, float]:
        """Return the expected number of dialogue paragraphs of each person nearby in the scene, without this one."""
        summed: dict[int, float] = defaultdict(float)
        for other in range(max(0, number - reach), min(len(self._paragraphs), number + reach + 1)):
            if other != number and self._scene[other] == self._scene[number]:
                for who, share in self._odds[self._paragraphs[other][-1]].items():
                    summed[who] += share
        return summed
