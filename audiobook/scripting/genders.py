"""Genders of people that neither title nor name settles: from the pronouns that follow them."""

import re
from collections.abc import Sequence
from itertools import zip_longest

from audiobook.script import Gender
from audiobook.scripting.names import Name
from audiobook.scripting.people import Person
from audiobook.scripting.turns import Passage

_PRONOUN = re.compile(r"\b(?:([Hh]e|[Hh]is|[Hh]imself)|([Ss]he|[Hh]er|[Hh]ers|[Hh]erself)|([Hh]im))\b")
_REACH = 160  # characters between a name and a pronoun that may stand for it


def settle_genders(
    passages: Sequence[Passage], entrances: Sequence[Sequence[tuple[int, int]]], people: list[Person]
) -> None:
    """Set the gender of everybody whose pronouns show one. Titles stand; a given name yields to plain evidence."""
    votes: dict[int, list[int]] = {}
    for passage, entered in zip(passages, entrances, strict=True):
        if entered and any(_is_open(people[who]) for _, who in entered):
            _vote(passage.text, entered, people, votes)
    for who, (male, female) in sorted(votes.items()):
        person, total = people[who], male + female
        share = male / total
        if person.gender is None and total >= 1 and abs(share - 0.5) > 0.1:
            person.gender = "male" if share > 0.5 else "female"
        elif person.gender is not None and total >= 8 and (share < 0.2 if person.gender == "male" else share > 0.8):
            person.gender = "female" if person.gender == "male" else "male"


def hear_genders(passages: Sequence[Passage]) -> dict[Name, Gender]:
    """The gender that the pronouns behind a name show, where they agree."""
    votes: dict[Name, list[int]] = {}
    for passage in passages:
        for mention, following in zip_longest(passage.names, passage.names[1:]):
            if not mention.name.title:
                end = min(mention.end + _REACH, following.start if following else len(passage.text))
                if gender := _only_gender(passage.text, mention.end, end):
                    votes.setdefault(mention.name, [0, 0])[gender == "female"] += 1
    return {
        name: "male" if male > female else "female"
        for name, (male, female) in votes.items()
        if male + female >= 3 and max(male, female) >= 0.75 * (male + female)
    }


def _is_open(person: Person) -> bool:
    """Whether pronouns may say more than the name does."""
    return person.gender is None or not person.titles


def _vote(text: str, entered: Sequence[tuple[int, int]], people: list[Person], votes: dict[int, list[int]]) -> None:
    """Each pronoun votes for the nearest person before it, where that one alone could be meant."""
    for (start, who), following in zip_longest(entered, entered[1:]):
        if not _is_open(people[who]):
            continue
        end = min(start + _REACH, following[0] if following else len(text))
        if gender := _only_gender(text, start, end):
            votes.setdefault(who, [0, 0])[gender == "female"] += 1


def _only_gender(text: str, start: int, end: int) -> Gender | None:
    """The gender of the pronouns in a stretch of text, where all have the same.

    "Him" is always somebody else than the one who acts, and then "his" may be too.
    """
    found = [match.lastindex for match in _PRONOUN.finditer(text, start, end)]
    if 1 in found and 2 in found:
        return None
    if 2 in found:
        return "female"
    return "male" if 1 in found and 3 not in found else None
