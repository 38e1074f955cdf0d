"""Genders of people that neither title nor name settles: from the pronouns that follow them."""

import re
from collections.abc import Sequence

from audiobook.scripting.people import Person
from audiobook.scripting.turns import Passage

_PRONOUN = re.compile(r"\b(?:([Hh]e|[Hh]is|[Hh]im|[Hh]imself)|([Ss]he|[Hh]er|[Hh]ers|[Hh]erself))\b")
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


def _is_open(person: Person) -> bool:
    """Whether pronouns may say more than the name does."""
    return person.gender is None or not person.titles


def _vote(text: str, entered: Sequence[tuple[int, int]], people: list[Person], votes: dict[int, list[int]]) -> None:
    """Each pronoun votes for the nearest person before it, where that one alone could be meant."""
    for (start, who), following in zip(entered, [*entered[1:], None], strict=True):
        if not _is_open(people[who]):
            continue
        end = min(start + _REACH, following[0] if following else len(text))
        match = _PRONOUN.search(text, start, end)
        if match is not None:
            votes.setdefault(who, [0, 0])[0 if match[1] else 1] += 1
