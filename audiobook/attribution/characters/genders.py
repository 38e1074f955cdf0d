"""Genders of people: what titles and names leave open or get wrong, from pronouns and from what a teller shows."""

import re
from collections.abc import Sequence

from audiobook.attribution.characters.narrator import hear_teller
from audiobook.attribution.characters.people import Person, shown_gender
from audiobook.attribution.characters.pronouns import Sighting, Votes, hear_pronouns
from audiobook.attribution.grammar.names import Name
from audiobook.attribution.turns import Passage, Turn
from audiobook.languages.en.lexicon import grammar
from audiobook.model.script import Gender

# Log-odds, and the least share of all votes, that settle a gender.
_ENOUGH = 1.0  # one plain pronoun
_SURELY = 3.0
_PLAINLY = 2.5  # against a rank that mostly men held: "Captain Ruth Strand"
_OVERWHELMING = 6.0  # against what a given name shows
_MOST = 0.6
_NEARLY_ALL = 0.8
_RANKS = grammar("ranks")


def settle_genders(
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    entrances: Sequence[Sequence[Sighting]],
    people: list[Person],
    narrator: int | None,
) -> None:
    """Set the gender of everybody whose pronouns show one. Ranks and given names may yield, titles never."""
    if narrator is not None:
        _settle(people[narrator], _teller(passages, turns))
    sightings = _with_nouns(passages, entrances, people)
    # Whoever is settled in the first round is known as a rival for pronouns in the second.
    for _ in range(2):
        known = {person.number: person.gender for person in people}
        for who, votes in sorted(hear_pronouns(passages, turns, sightings, known).items()):
            _settle(people[who], votes)


def _teller(passages: Sequence[Passage], turns: Sequence[Turn]) -> Votes:
    votes = Votes()
    for gender, weight in hear_teller(passages, turns):
        votes.add(gender, weight)
    return votes


def _settle(person: Person, votes: Votes) -> None:
    if person.gender is None:
        if votes.settle(_ENOUGH, _MOST):
            person.gender = votes.gender
    elif person.titles <= _RANKS:
        odds = _PLAINLY if person.titles else _OVERWHELMING
        usual = bool(person.titles) and votes.gender == "male"
        if votes.settle(odds, _MOST if usual else _NEARLY_ALL):
            person.gender = votes.gender


def _with_nouns(
    passages: Sequence[Passage], entrances: Sequence[Sequence[Sighting]], people: Sequence[Person]
) -> list[list[Sighting]]:
    """The entrances, and beside them the places of everybody known by a noun that shows no gender."""
    nouns = {person.noun: person.number for person in people if person.noun and person.gender is None}
    if not nouns:
        return [list(entered) for entered in entrances]
    longest_first = "|".join(sorted(map(re.escape, nouns), key=lambda noun: (-len(noun), noun)))
    pattern = re.compile(rf"\b(?:the|this|that|an?) ({longest_first})\b(?!['’]s)", re.IGNORECASE)
    together: list[list[Sighting]] = []
    for passage, entered in zip(passages, entrances, strict=True):
        seen = {match.start(): nouns[match[1].lower()] for match in pattern.finditer(passage.text)}
        together.append(sorted((seen | dict(entered)).items()) if seen else list(entered))
    return together


def hear_genders(passages: Sequence[Passage], turns: Sequence[Turn]) -> dict[Name, Gender]:
    """The gender that the pronouns for names without a title surely show."""
    numbers: dict[Name, int] = {}
    for passage in passages:
        for mention in passage.names:
            numbers.setdefault(mention.name, len(numbers))
    sightings = [[(mention.start, numbers[mention.name]) for mention in passage.names] for passage in passages]
    known = {number: shown_gender(name) for name, number in numbers.items()}
    votes = hear_pronouns(passages, turns, sightings, known)
    return {
        name: votes[number].gender
        for name, number in numbers.items()
        if number in votes and not name.title and votes[number].settle(_SURELY, _NEARLY_ALL)
    }
