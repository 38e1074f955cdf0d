"""Features of each candidate of a turn, by name.

Features whose names begin with "turn" describe the turn and are the same for all candidates: they change the weight of
the others. An absent feature is 0. A feature of gender is 1 if it agrees, -1 if it conflicts, and 0.5 if the
candidate's gender is not known.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audiobook.attribution.characters.people import Person
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.antecedents import find_antecedents
from audiobook.attribution.ranking.candidates import CandidateSet
from audiobook.attribution.ranking.context_features import (
    ContextFeatures,
    find_turn_features,
    get_phrase_gender,
    get_tag_gender,
)
from audiobook.attribution.ranking.idiolects import Idiolects
from audiobook.attribution.ranking.mention_features import MentionFeatures
from audiobook.attribution.ranking.noun_features import NounFeatures
from audiobook.languages.en.lexicon import TITLE_SPELLINGS
from audiobook.model.script import Gender

Features = dict[str, float]

_LAST_RANK = 60  # rank of people who were never mentioned
_GENDERS = {"male": 1, "female": 2}


class TurnFeatures(NamedTuple):
    """The features of a turn's candidates. Each feature is in one of the two fields only."""

    about: Features  # of the turn, the same for all candidates
    own: list[Features]  # of each candidate


class FeatureExtractor:
    """Extracts the features of the candidates of any turn of a book."""

    def __init__(self, parsed: ParsedBook) -> None:
        self._parsed = parsed
        self._mentions = MentionFeatures(parsed)
        self._nouns = NounFeatures(parsed)
        self._context = ContextFeatures(parsed)
        self._idiolects = Idiolects(parsed)

    def find_features(self, candidate_set: CandidateSet) -> TurnFeatures:
        """Return the features of each candidate."""
        parsed, index = self._parsed, candidate_set.index
        turn = parsed.turns[index]
        antecedents = find_antecedents(parsed, turn)
        about = {name: float(value) for name, value in find_turn_features(parsed, candidate_set)}
        if antecedents is not None:
            about["turn antecedents"], about["turn antecedent back"] = 1 + antecedents.fit, antecedents.back
        own = [self._find_own(who, index) for who in candidate_set.people]
        self._add_context(candidate_set, own)
        for who, features, as_noun in zip(
            candidate_set.people, own, self._nouns.find_features(turn, candidate_set.people), strict=True
        ):
            features.update(as_noun)
            if antecedents is not None:
                features.update(antecedents.find_features(who))
        return TurnFeatures(about, own)

    def _add_context(self, candidate_set: CandidateSet, own: Sequence[Features]) -> None:
        """Add who is named around the turn, who fits the genders there, and who was mentioned last."""
        parsed, index = self._parsed, candidate_set.index
        around = [(name, people) for name, people in self._context.people(index, candidate_set.people) if people]
        genders = [(f"{name} gender", gender) for name, gender in self._context.genders(index)]
        ranks = _rank_by_recency(parsed, candidate_set)
        for who, features in zip(candidate_set.people, own, strict=True):
            features.update((name, 1.0) for name, people in around if who in people)
            features.update((name, _score_agreement(parsed.people[who], gender)) for name, gender in genders)
            features.update((name, ranked.get(who, _LAST_RANK)) for name, ranked in ranks)

    def _find_own(self, who: int, index: int) -> Features:
        """Return features of the person, and of their mentions around the turn."""
        parsed, mentions, turn = self._parsed, self._mentions, self._parsed.turns[index]
        person = parsed.people[who]
        start = mentions.starts[turn.passage]
        features: Features = {
            "narrator": who == parsed.narrator,
            "noun": bool(person.noun),
            "gender": _GENDERS.get(person.gender or "", 0),
            **mentions.find_talk_features(who, mentions.talk[index]),
            **mentions.find_narration_features(who, start + turn.start, start + turn.end),
            **mentions.find_subject_features(who, turn.passage, start + turn.start, start + turn.end),
        }
        if turn.addressed:
            features["says these names"] = mentions.count_names_said(who, turn, turn.addressed)
        if turn.spoken_of:
            features["says names in it"] = mentions.count_names_said(who, turn, turn.spoken_of)
        features["sounds like"] = self._idiolects.score_turn(who, index)
        features.update(self._find_tag_features(who, index))
        return features

    def _find_tag_features(self, who: int, index: int) -> Iterator[tuple[str, float]]:
        parsed, turn = self._parsed, self._parsed.turns[index]
        if turn.tag is None:
            return
        tagged = parsed.person_of(turn.tag.subject)
        if tagged is not None:
            yield "tag is", 1 if who == tagged else -1
        if turn.tag.subject.kind == "noun":
            head = TITLE_SPELLINGS.get(turn.tag.subject.head, turn.tag.subject.head)
            yield "tag is title", head in parsed.people[who].titles


def _rank_by_recency(parsed: ParsedBook, candidate_set: CandidateSet) -> list[tuple[str, dict[int, int]]]:
    """Return everybody's rank by recency, among all people and among those of the gender that the text shows."""
    turn = parsed.turns[candidate_set.index]
    wanted: Gender | None = (
        get_tag_gender(parsed, turn) or get_phrase_gender(turn.before) or get_phrase_gender(turn.after)
    )
    return [
        (name, {who: rank for rank, who in enumerate(people)})
        for name, people in (
            ("seen rank", candidate_set.recent),
            ("fit rank", [who for who in candidate_set.recent if _fits_gender(parsed.people[who], wanted)]),
            ("acted rank", candidate_set.acted),
            ("acted fit rank", [who for who in candidate_set.acted if _fits_gender(parsed.people[who], wanted)]),
        )
    ]


def _fits_gender(person: Person, wanted: Gender | None) -> bool:
    return wanted is None or person.gender in (wanted, None)


def _score_agreement(person: Person, gender: Gender) -> float:
    if person.gender is None:
        return 0.5
    return 1.0 if person.gender == gender else -1.0
