"""People who turn out to be one: by what they call themselves, and by the title that stands for their name."""

from collections.abc import Mapping, Sequence

from audiobook.scripting.descriptions import Descriptions
from audiobook.scripting.lexicon import TITLE_SPELLINGS
from audiobook.scripting.names import Name
from audiobook.scripting.people import Person
from audiobook.scripting.turns import Turn


def join_introduced(turns: Sequence[Turn], people: Sequence[Person], found: dict[Name, int]) -> None:
    """Join the names that somebody gives as their own in one breath: "My name is Ada, but call me Bee".

    A pronoun in the tag settles a gender that the names leave open.
    """
    same: dict[int, int] = {}
    for turn in turns:
        given = list(dict.fromkeys(found[m.name] for m in turn.introduces if m.name in found))
        for who in given:
            people[who].gender = people[who].gender or (turn.tag.subject.gender if turn.tag else None)
        if len(given) > 1:
            same.update((other, given[0]) for other in given[1:] if _may_be_one(people[given[0]], people[other]))
    _join(same, people, found)


def join_described(people: Sequence[Person], found: dict[Name, int], known: Descriptions) -> None:
    """Join "the Colonel" and "the Vicar", where capitals make them names, to the one person whom they stand for."""
    same: dict[int, int] = {}
    for name, number in found.items():
        if name.title or len(name.words) != 1 or not people[number].givens <= set(name.words):
            continue
        noun = name.words[0].lower()
        who = known.bearer(TITLE_SPELLINGS.get(noun, noun))
        if who is not None and who != number and not people[number].surnames:
            same[number] = who
    _join(same, people, found)


def _may_be_one(one: Person, other: Person) -> bool:
    return one.gender is None or other.gender is None or one.gender == other.gender


def _join(same: Mapping[int, int], people: Sequence[Person], found: dict[Name, int]) -> None:
    """Make every key the person of its value; chains are not followed, whoever takes somebody in stays."""
    moves = {one: other for one, other in same.items() if other not in same}
    for number, other in moves.items():
        left, kept = people[number], people[other]
        kept.forms.update(left.forms)
        kept.givens |= left.givens
        kept.titles |= left.titles
        kept.surnames |= left.surnames
        kept.count += left.count
        kept.gender = kept.gender or left.gender
        left.forms.clear()
        left.count = 0
    for name, number in found.items():
        found[name] = moves.get(number, number)
