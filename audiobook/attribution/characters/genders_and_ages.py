"""Genders and ages of characters.

Titles and given names show most genders. Pronouns, and what a first-person narrator says about themselves, show the
others and correct wrong ones. Ages are set only where the text states them: children and old people.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from audiobook.attribution.characters.narrator import collect_narrator_votes
from audiobook.attribution.characters.people import Person, infer_gender
from audiobook.attribution.characters.pronouns import PersonMention, Votes, collect_pronoun_votes
from audiobook.attribution.grammar.names import Name, NameMention
from audiobook.attribution.turns import Passage, Turn
from audiobook.languages.en.lexicon import load_given_names, load_persons, load_words
from audiobook.languages.en.numbers import NUMBERS as CARDINALS
from audiobook.languages.en.people import ALMOST, CHILDREN, NOT_OLD, OLD, OLD_PEOPLE, PERSONS, WHO_IS
from audiobook.model.script import Age, Gender

# The log-odds, and the least share of all votes, that decide a gender.
_MIN_ODDS = 1.0  # one clear pronoun
_CLEAR_ODDS = 3.0
_ODDS_AGAINST_RANK = 2.5  # against a rank that was mostly held by men: "Captain Ruth Strand"
_ODDS_AGAINST_NAME = 6.0  # against the gender of a given name
_MIN_SHARE = 0.6
_CLEAR_SHARE = 0.8
_RANKS = load_words("ranks")


def resolve_genders(
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    mentions: Sequence[Sequence[PersonMention]],
    people: list[Person],
    narrator: int | None,
) -> None:
    """Set the gender of each person whose pronouns show one. A rank or a given name may be overruled, a title never."""
    if narrator is not None:
        _decide_gender(people[narrator], _count_narrator_votes(passages, turns))
    person_mentions = _add_noun_mentions(passages, mentions, people)
    # A gender that the first round decides makes that person a rival for pronouns in the second round.
    for _ in range(2):
        known = {person.number: person.gender for person in people}
        for who, votes in sorted(collect_pronoun_votes(passages, turns, person_mentions, known).items()):
            _decide_gender(people[who], votes)


def _count_narrator_votes(passages: Sequence[Passage], turns: Sequence[Turn]) -> Votes:
    votes = Votes()
    for gender, weight in collect_narrator_votes(passages, turns):
        votes.add(gender, weight)
    return votes


def _decide_gender(person: Person, votes: Votes) -> None:
    if person.gender is None:
        if votes.exceeds(_MIN_ODDS, _MIN_SHARE):
            person.gender = votes.gender
    elif person.titles <= _RANKS:
        odds = _ODDS_AGAINST_RANK if person.titles else _ODDS_AGAINST_NAME
        usual = bool(person.titles) and votes.gender == "male"
        if votes.exceeds(odds, _MIN_SHARE if usual else _CLEAR_SHARE):
            person.gender = votes.gender


def _add_noun_mentions(
    passages: Sequence[Passage], mentions: Sequence[Sequence[PersonMention]], people: Sequence[Person]
) -> list[list[PersonMention]]:
    """Return the mentions by name, and the mentions of each person who is known only by a noun without a gender."""
    nouns = {person.noun: person.number for person in people if person.noun and person.gender is None}
    if not nouns:
        return [list(passage_mentions) for passage_mentions in mentions]
    longest_first = "|".join(sorted(map(re.escape, nouns), key=lambda noun: (-len(noun), noun)))
    pattern = re.compile(rf"\b(?:the|this|that|an?) ({longest_first})\b(?!['’]s)", re.IGNORECASE)
    all_mentions: list[list[PersonMention]] = []
    for passage, passage_mentions in zip(passages, mentions, strict=True):
        seen = {match.start(): nouns[match[1].lower()] for match in pattern.finditer(passage.text)}
        all_mentions.append(sorted((seen | dict(passage_mentions)).items()) if seen else list(passage_mentions))
    return all_mentions


def infer_name_genders(passages: Sequence[Passage], turns: Sequence[Turn]) -> dict[Name, Gender]:
    """Return the genders that pronouns clearly show, for names without a title."""
    numbers: dict[Name, int] = {}
    for passage in passages:
        for mention in passage.names:
            numbers.setdefault(mention.name, len(numbers))
    person_mentions = [[(mention.start, numbers[mention.name]) for mention in passage.names] for passage in passages]
    known = {number: infer_gender(name) for name, number in numbers.items()}
    votes = collect_pronoun_votes(passages, turns, person_mentions, known)
    return {
        name: votes[number].gender
        for name, number in numbers.items()
        if number in votes and not name.title and votes[number].exceeds(_CLEAR_ODDS, _CLEAR_SHARE)
    }


_GRANDPARENTS = frozenset(word for word, person in load_persons().items() if person.age == "old")
_OLD_NOUN = re.compile(rf"\b(?:{OLD}) \w+$")
_OLD_THING = re.compile(rf"\bold (?:{NOT_OLD})$")

_NUMBERS = {word: n for n, word in enumerate(CARDINALS.small[1:], 1)}
_TENS = {word: 10 * n for n, word in enumerate(CARDINALS.tens, 2)}
_NUMBER = rf"(\d{{1,2}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_NUMBERS)}))?|{'|'.join(_NUMBERS)})"
_WHO_IS = rf"(?:{WHO_IS})"
_PERSON = rf"(?:an? |the )?(?:[a-z-]+ ){{0,2}}(?:{PERSONS})"
_AGED = re.compile(
    rf"{_WHO_IS} (?:(?:aged?|{_PERSON} of) {_NUMBER}"
    rf"|(?:{ALMOST})?{_NUMBER}(?: years? old| years of age))\b"
)
_YEAR_OLD_BEFORE = re.compile(rf"\b{_NUMBER}-year-old $", re.IGNORECASE)
_STATED = re.compile(
    r"(?:,| was| is) (?:an?|the) (?:[a-z-]+ ){0,2}?"
    rf"(?:(?P<child>{CHILDREN})|(?P<old>{OLD_PEOPLE}))\b"
)
_EPITHET_BEFORE = re.compile(r"\b(?:(?P<child>[Ll]ittle)|(?P<old>[Oo]ld)) $")
_LOOK_BACK = 24  # characters before a name
_MAX_CHILD_AGE, _MIN_OLD_AGE = 13, 65  # in years: the highest age of a child, the lowest of an old person
_EPITHET_COUNT, _EPITHET_SHARE = (
    2,
    0.25,
)  # the count, and the share of all mentions, with "little" or "old" before the name


def resolve_ages(passages: Sequence[Passage], people: Sequence[Person], people_by_name: Mapping[Name, int]) -> None:
    """Set the age of each person whom the text shows to be a child or old, if it is not known yet."""
    stated: dict[int, set[Age]] = {}
    called: dict[int, Counter[Age]] = {}
    for passage in passages:
        for mention in passage.names:
            who = people_by_name.get(mention.name)
            if who is None or mention.possessive:
                continue
            if age := _find_stated_age(passage.text, mention):
                stated.setdefault(who, set()).add(age)
            if age := _find_epithet_age(passage.text, mention):
                called.setdefault(who, Counter())[age] += 1
    for person in people:
        if person.age is None or (person.age == "adult" and _is_old_noun(person.noun)):
            ages = stated.get(person.number) or _find_age_by_name(person) or _find_age_by_epithet(person, called)
            person.age = ages.pop() if len(ages) == 1 else person.age


def _find_stated_age(text: str, mention: NameMention) -> Age | None:
    """Return the age that the words right before or after a name state."""
    before = _YEAR_OLD_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if match := before or _AGED.match(text, mention.end):
        return _classify_age(_parse_number(next(n for n in match.groups() if n)))
    match = _STATED.match(text, mention.end)
    if match is None:
        return None
    return "child" if match["child"] else "old"


def _find_epithet_age(text: str, mention: NameMention) -> Age | None:
    match = _EPITHET_BEFORE.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if match is None:
        return None
    return "child" if match["child"] else "old"


def _find_age_by_name(person: Person) -> set[Age]:
    """Return the age that a title or a noun shows: "Granny Weir", "Master Noel", "the old woman"."""
    ages: set[Age] = set()
    if person.titles & _GRANDPARENTS or _is_old_noun(person.noun):
        ages.add("old")
    if (
        person.titles == {"master"}
        and person.givens
        and {g.lower() for g in person.givens} <= load_given_names().keys()
    ):
        ages.add("child")
    return ages


def _is_old_noun(noun: str) -> bool:
    return _OLD_NOUN.search(noun) is not None and _OLD_THING.search(noun) is None


def _find_age_by_epithet(person: Person, called: Mapping[int, Counter[Age]]) -> set[Age]:
    """Return the age that a frequent epithet shows: "little Nell", "old Jolyon"."""
    counts = called.get(person.number, Counter())
    return {age for age, n in counts.items() if n >= _EPITHET_COUNT and n >= _EPITHET_SHARE * person.count}


def _classify_age(years: int) -> Age:
    if years <= _MAX_CHILD_AGE:
        return "child"
    return "old" if years >= _MIN_OLD_AGE else "adult"


def _parse_number(word: str) -> int:
    if word.isdigit():
        return int(word)
    tens, _, ones = word.lower().replace(" ", "-").partition("-")
    return _TENS.get(tens, 0) + _NUMBERS.get(ones or tens, 0)
