"""What speaks for and against each candidate of a turn: clues by name, with values.

Those named "turn ..." are about the turn alone: they say nothing of a candidate, but how much the others count. A clue
that is absent counts as 0. What shows a gender counts 1 where it agrees, -1 where it clashes, and 0.5 where the
candidate's is not known.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audiobook.attribution.characters.people import Person
from audiobook.attribution.ranking.antecedents import find_antecedents
from audiobook.attribution.ranking.candidates import Candidacy
from audiobook.attribution.ranking.idiolects import Idiolects
from audiobook.attribution.ranking.noun_references import Epithets
from audiobook.attribution.ranking.presence import Presence
from audiobook.attribution.ranking.stage import Stage
from audiobook.attribution.ranking.surroundings import Surroundings, circumstances, gender_of, tag_gender
from audiobook.languages.en.lexicon import TITLE_SPELLINGS
from audiobook.model.script import Gender

Clues = dict[str, float]

_LATEST = 60  # the rank of those who were never seen
_GENDERS = {"male": 1, "female": 2}


class Found(NamedTuple):
    """The clues for a turn's candidates; each is in one of the two only."""

    about: Clues  # those about the turn, the same for all candidates
    own: list[Clues]  # each candidate's


class ClueFinder:
    """Finds the clues for the candidates of any turn of a stage."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._presence = Presence(stage)
        self._epithets = Epithets(stage)
        self._surroundings = Surroundings(stage)
        self._idiolects = Idiolects(stage)

    def clues(self, candidacy: Candidacy) -> Found:
        """The clues for each candidate."""
        stage, index = self._stage, candidacy.index
        turn = stage.turns[index]
        antecedents = find_antecedents(stage, turn)
        about = {name: float(value) for name, value in circumstances(stage, candidacy)}
        if antecedents is not None:
            about["turn antecedents"], about["turn antecedent back"] = 1 + antecedents.fit, antecedents.back
        own = [self._own(who, index) for who in candidacy.people]
        self._add_surroundings(candidacy, own)
        for who, clues, as_noun in zip(
            candidacy.people, own, self._epithets.clues(turn, candidacy.people), strict=True
        ):
            clues.update(as_noun)
            if antecedents is not None:
                clues.update(antecedents.clues(who))
        return Found(about, own)

    def _add_surroundings(self, candidacy: Candidacy, own: Sequence[Clues]) -> None:
        """Add who is named around the turn, whom the genders there fit, and who was seen last."""
        stage, index = self._stage, candidacy.index
        around = [(name, people) for name, people in self._surroundings.people(index, candidacy.people) if people]
        genders = [(f"{name} gender", gender) for name, gender in self._surroundings.genders(index)]
        ranks = _ranks(stage, candidacy)
        for who, clues in zip(candidacy.people, own, strict=True):
            clues.update((name, 1.0) for name, people in around if who in people)
            clues.update((name, _agreement(stage.people[who], gender)) for name, gender in genders)
            clues.update((name, ranked.get(who, _LATEST)) for name, ranked in ranks)

    def _own(self, who: int, index: int) -> Clues:
        """What is known of the person, and where they come up around the turn."""
        stage, presence, turn = self._stage, self._presence, self._stage.turns[index]
        person = stage.people[who]
        start = presence.starts[turn.passage]
        clues: Clues = {
            "narrator": who == stage.narrator,
            "noun": bool(person.noun),
            "gender": _GENDERS.get(person.gender or "", 0),
            **presence.talked(who, presence.talk[index]),
            **presence.narrated(who, start + turn.start, start + turn.end),
            **presence.acts(who, turn.passage, start + turn.start, start + turn.end),
        }
        if turn.addressed:
            clues["says these names"] = presence.said(who, turn, turn.addressed)
        if turn.spoken_of:
            clues["says names in it"] = presence.said(who, turn, turn.spoken_of)
        clues["sounds like"] = self._idiolects.sounds_like(who, index)
        clues.update(self._of_tag(who, index))
        return clues

    def _of_tag(self, who: int, index: int) -> Iterator[tuple[str, float]]:
        stage, turn = self._stage, self._stage.turns[index]
        if turn.tag is None:
            return
        tagged = stage.person_of(turn.tag.subject)
        if tagged is not None:
            yield "tag is", 1 if who == tagged else -1
        if turn.tag.subject.kind == "noun":
            head = TITLE_SPELLINGS.get(turn.tag.subject.head, turn.tag.subject.head)
            yield "tag is title", head in stage.people[who].titles


def _ranks(stage: Stage, candidacy: Candidacy) -> list[tuple[str, dict[int, int]]]:
    """Everybody's rank among those lately seen, and among those of the gender that the tag or a beat shows."""
    turn = stage.turns[candidacy.index]
    wanted: Gender | None = tag_gender(stage, turn) or gender_of(turn.before) or gender_of(turn.after)
    return [
        (name, {who: rank for rank, who in enumerate(people)})
        for name, people in (
            ("seen rank", candidacy.recent),
            ("fit rank", [who for who in candidacy.recent if _fits(stage.people[who], wanted)]),
            ("acted rank", candidacy.acted),
            ("acted fit rank", [who for who in candidacy.acted if _fits(stage.people[who], wanted)]),
        )
    ]


def _fits(person: Person, wanted: Gender | None) -> bool:
    return wanted is None or person.gender in (wanted, None)


def _agreement(person: Person, gender: Gender) -> float:
    if person.gender is None:
        return 0.5
    return 1.0 if person.gender == gender else -1.0
