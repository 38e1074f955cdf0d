"""How old people are, where the book shows it plainly: children, and the old."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.turns import Passage
from audiobook.languages.en.ages import ALMOST, CHILDREN, NOT_OLD, OLD, OLD_PEOPLE, PERSONS, WHO_IS
from audiobook.languages.en.lexicon import given_names, persons
from audiobook.languages.en.numbers import NUMBERS as CARDINALS
from audiobook.model.script import Age

_GRANDPARENTS = frozenset(word for word, person in persons().items() if person.age == "old")
_OLD_NOUN = re.compile(rf"\b(?:{OLD}) \w+$")
_OLD_THING = re.compile(rf"\bold (?:{NOT_OLD})$")

_NUMBERS = {word: n for n, word in enumerate(CARDINALS.small[1:], 1)}
_TENS = {word: 10 * n for n, word in enumerate(CARDINALS.tens, 2)}
_NUMBER = rf"(\d{{1,2}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_NUMBERS)}))?|{'|'.join(_NUMBERS)})"
_WHO_IS = rf"(?:{WHO_IS})"
_SOMEBODY = rf"(?:an? |the )?(?:[a-z-]+ ){{0,2}}(?:{PERSONS})"
_AGED = re.compile(
    rf"{_WHO_IS} (?:(?:aged?|{_SOMEBODY} of) {_NUMBER}"
    rf"|(?:{ALMOST})?{_NUMBER}(?: years? old| years of age))\b"
)
_YEAR_OLD_BEFORE = re.compile(rf"\b{_NUMBER}-year-old $", re.IGNORECASE)
_STATED = re.compile(
    r"(?:,| was| is) (?:an?|the) (?:[a-z-]+ ){0,2}?"
    rf"(?:(?P<child>{CHILDREN})|(?P<old>{OLD_PEOPLE}))\b"
)
_CALLED_BEFORE = re.compile(r"\b(?:(?P<child>[Ll]ittle)|(?P<old>[Oo]ld)) $")
_LOOK_BACK = 24  # characters before a name
_CHILDHOOD, _OLD_AGE = 13, 65  # years: up to, and from
_OFTEN, _SHARE = 2, 0.25  # times, and of all mentions, that "little" or "old" stands before a name


def settle_ages(passages: Sequence[Passage], people: Sequence[Person], found: Mapping[Name, int]) -> None:
    """Set the age of everybody whom the book shows to be a child or old, and who has none yet."""
    stated: dict[int, set[Age]] = {}
    called: dict[int, Counter[Age]] = {}
    for passage in passages:
        for mention in passage.names:
            who = found.get(mention.name)
            if who is None or mention.possessive:
                continue
            if age := _stated(passage.text, mention):
                stated.setdefault(who, set()).add(age)
            if age := _called(passage.text, mention):
                called.setdefault(who, Counter())[age] += 1
    for person in people:
        if person.age is None or (person.age == "adult" and _is_old_noun(person.noun)):
            ages = stated.get(person.number) or _by_name(person) or _by_habit(person, called)
            person.age = ages.pop() if len(ages) == 1 else person.age


def _stated(text: str, mention: NameMention) -> Age | None:
    """The age that the words right after or before the name give."""
    before = _YEAR_OLD_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if match := before or _AGED.match(text, mention.end):
        return _age_at(_number(next(n for n in match.groups() if n)))
    match = _STATED.match(text, mention.end)
    if match is None:
        return None
    return "child" if match["child"] else "old"


def _called(text: str, mention: NameMention) -> Age | None:
    match = _CALLED_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if match is None:
        return None
    return "child" if match["child"] else "old"


def _by_name(person: Person) -> set[Age]:
    """What a title or a noun says: "Granny Weir", "Master Noel", "the old woman"."""
    ages: set[Age] = set()
    if person.titles & _GRANDPARENTS or _is_old_noun(person.noun):
        ages.add("old")
    if person.titles == {"master"} and person.givens and {g.lower() for g in person.givens} <= given_names().keys():
        ages.add("child")
    return ages


def _is_old_noun(noun: str) -> bool:
    return _OLD_NOUN.search(noun) is not None and _OLD_THING.search(noun) is None


def _by_habit(person: Person, called: Mapping[int, Counter[Age]]) -> set[Age]:
    """What the book keeps calling somebody: "little Nell", "old Jolyon"."""
    counts = called.get(person.number, Counter())
    return {age for age, n in counts.items() if n >= _OFTEN and n >= _SHARE * person.count}


def _age_at(years: int) -> Age:
    if years <= _CHILDHOOD:
        return "child"
    return "old" if years >= _OLD_AGE else "adult"


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, _, ones = word.lower().replace(" ", "-").partition("-")
    return _TENS.get(tens, 0) + _NUMBERS.get(ones or tens, 0)
