"""The people of a book: every name put with the person it stands for.

Names are taken from the fullest to the barest. A bare or titled name joins the one person it fits; it is kept apart
where a title, a gender or a given name says that it must be somebody else: Mr. Bennet, Mrs. Bennet and Elizabeth
Bennet stay three.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from audiobook.attribution.characters.interactions import Interactions
from audiobook.attribution.characters.name_forms import (
    NameUsage,
    find_full_names,
    find_unmarried,
    is_short_form,
    titles_clash,
)
from audiobook.attribution.grammar.names import Name
from audiobook.languages.en.lexicon import load_given_names, load_nicknames, load_titles, load_words
from audiobook.languages.en.people import MARRIED, OF_RANK, SAINTS, UNMARRIED
from audiobook.model.script import Age, Gender

_BEFORE_GIVEN = load_words("before given")
_RANKS = load_words("ranks")
_OFTEN = 5  # times that a full name with its title must stand before it is a way to tell two people apart
_BY_FAR = 3  # times that a surname is one's for each time that it is another's
_BESIDE_TITLED = 0.2  # of the mentions of a titled name, those of the surname with which it is joined
_FAMILY = 200  # bearers of one name who are told apart
_RARELY = 3  # times below which a form of the name proves nothing


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who is named; grows while the book is read through."""

    number: int
    forms: Counter[str] = field(default_factory=Counter)  # the ways the book writes the name
    givens: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    gender: Gender | None = None
    age: Age | None = None
    count: int = 0
    noun: str = ""  # "old man", of somebody known by a noun only
    spoke: int = 0  # tags that name them
    own_form: str = ""  # the form in which the teller of the story gives it as their own
    called: str = ""  # the name that whoever edits the script gave them
    settled: bool = False  # whoever edits the script decided gender and age


def get_family_name(name: Name) -> str:
    """The family name in a name; empty where there is none, or where it cannot be told from a given one."""
    if len(name.words) > 1:
        return name.words[-1]
    if not name.title or (name.title in _BEFORE_GIVEN and name.title not in UNMARRIED):
        return ""
    if name.title in UNMARRIED and name.words[0].lower() in load_given_names():
        return ""
    return name.words[0]


def infer_gender(name: Name) -> Gender | None:
    """The gender that a name's title or given name shows."""
    given = _given_gender(name.words[0].lower()) if len(name.words) > 1 and name.title in _RANKS else None
    if given is None and name.title and (gender := load_titles().get(name.title)) is not None:
        return gender
    if len(name.words) == 1 and name.title and name.title not in _BEFORE_GIVEN:
        return None
    word = name.words[0].lower()
    if len(name.words) == 1 and not name.title and word in load_titles():
        return load_titles()[word]
    return _given_gender(word)


def _given_gender(word: str) -> Gender | None:
    if word in load_given_names():
        return load_given_names()[word]
    genders = {load_given_names().get(full) for full in load_nicknames().get(word, ())}
    return genders.pop() if len(genders) == 1 else None


def gather_people(
    names: Mapping[Name, int],
    forms: Mapping[Name, Counter[str]],
    pronoun_genders: Mapping[Name, Gender],
    interactions: Interactions,
) -> tuple[list[Person], dict[Name, int]]:
    """The people that the names are, and each name's person by number.

    `names` has the count of each name, `forms` those of its spellings, `pronoun_genders` the gender that the
    pronouns after them show.
    """
    gathering = _Gathering(names, forms, pronoun_genders, interactions)
    ordered = sorted(names, key=lambda n: (-len(n.words), -names[n], n.title, n.words, n.the))
    for wanted in (_is_full, _is_titled, _is_bare):
        for name in ordered:
            if wanted(name):
                gathering.place(name)
    return gathering.people, gathering.people_by_name


def _is_full(name: Name) -> bool:
    return len(name.words) > 1


def _is_titled(name: Name) -> bool:
    return len(name.words) == 1 and bool(name.title)


def _is_bare(name: Name) -> bool:
    return len(name.words) == 1 and not name.title


class _Gathering:
    def __init__(
        self,
        names: Mapping[Name, int],
        forms: Mapping[Name, Counter[str]],
        pronoun_genders: Mapping[Name, Gender],
        interactions: Interactions,
    ) -> None:
        self.pronoun_genders = pronoun_genders
        self.interactions = interactions
        self.names = names
        self.forms = forms
        self.people: list[Person] = []
        self.people_by_name: dict[Name, int] = {}
        self._misses = find_unmarried(names)
        self._wives: set[int] = set()  # women named by their husbands' names: "Mrs. John Knightley"
        self._by_given: dict[str, list[Person]] = {}
        self._by_surname: dict[str, list[Person]] = {}
        self._usage = NameUsage()

    def place(self, name: Name) -> None:
        person = self._match(name)
        if person is None or self._is_another(person, name):
            person = self._new()
        self._add(name, person)

    def _is_another(self, person: Person, name: Name) -> bool:
        given = max((self.names.get(Name("", (word,)), 0) for word in person.givens), default=0)
        rarer = min(self.names[name], max(person.count, given))
        return self.interactions.are_different_people(name, rarer, lambda other: self._names(other, person))

    def _gender(self, name: Name) -> Gender | None:
        """The gender by which a name is put to people: a rank alone may be a woman's, and shows none."""
        shown = None if name.title in _RANKS and _is_titled(name) else infer_gender(name)
        return shown or self.pronoun_genders.get(name) or self.pronoun_genders.get(Name("", name.words[:1]))

    def _names(self, name: Name, person: Person) -> bool:
        if name in self.people_by_name:
            return self.people_by_name[name] == person.number
        return not name.title and name.words[0] in person.givens

    def _match(self, name: Name) -> Person | None:
        if _is_full(name):
            return self._match_full(name)
        if _is_titled(name):
            return None if name.title in SAINTS else self._match_titled(name)
        return self._match_bare(name)

    def _match_full(self, name: Name) -> Person | None:
        surname, gender = name.words[-1], self._gender(name)
        wife = _bears_husbands_name(name)
        for person in self._by_surname.get(surname, ()):
            if wife != (person.number in self._wives) or not _agree(person.gender, gender):
                continue
            if any(self._same_given(name, given, person) for given in person.givens):
                return person
        return None

    def _match_titled(self, name: Name) -> Person | None:
        word, gender = name.words[0], self._gender(name)
        if not get_family_name(name):
            fits = [p for p in self._given(word) if _agree(p.gender, gender) and p.number not in self._wives]
            fits = [p for p in fits if not titles_clash(p.titles, name.title)]
            if name.title in OF_RANK:
                fits = [p for p in fits if name.title in p.titles] or fits
            if not fits and name.title not in OF_RANK:
                fits = [p for p in self._by_surname.get(word, ()) if _agree(p.gender, gender)]
            return _foremost(fits) if len(fits) == 1 or _dominates(fits) or name.title in _BEFORE_GIVEN else None
        fits = [p for p in self._family(word) if _agree(p.gender, gender)]
        fits = [p for p in fits if not self._married_otherwise(p, name) and not titles_clash(p.titles, name.title)]
        fits = [p for p in fits if not self._usage.is_of_another_rank(p.number, name, self.names[name])]
        if len(fits) > 1 or (fits and self._has_wife_of_the_name(fits[0], word)):
            fits = [p for p in fits if not self._usage.is_told_apart(p.number, name, self.names[name])]
        return _foremost(fits) if len(fits) == 1 or _dominates(fits) else self._likely_head(fits, name)

    def _has_wife_of_the_name(self, person: Person, surname: str) -> bool:
        """Whether a woman goes by his whole name: with a Mrs. John Knightley there is a Mr. Knightley beside John."""
        wives = (p for p in self._by_surname.get(surname, ()) if p.number in self._wives and p is not person)
        return any(not person.givens.isdisjoint(wife.givens) for wife in wives)

    def _married_otherwise(self, person: Person, name: Name) -> bool:
        """Whether one of the two is a Miss and the other a Mrs."""
        if name.title in UNMARRIED:
            return bool(person.titles & MARRIED)
        if name.title not in MARRIED:
            return False
        return self._usage.titled(person.number, UNMARRIED) >= _RARELY or any(
            given in self._misses for given in person.givens
        )

    def _match_bare(self, name: Name) -> Person | None:
        word = name.words[0]
        if name.the and not self._by_surname.get(word):
            return self._known(Name("", name.words, False)) or self._known(Name("", name.words, True))
        gender = self._gender(name)
        bearers = [p for p in self._given(word) if _agree(p.gender, gender)]
        called = max(bearers, key=lambda p: (self._usage.called(p.number, word), p.count, -p.number), default=None)
        fits = self._by_surname.get(word, [])
        family = self._head_of(fits, word)
        if called is not None and (
            word.lower() in load_given_names() or not family or family.count <= 5 * called.count
        ):
            return called
        if len(fits) > 1:
            fits = [p for p in fits if p.gender == "male"] or fits
        if len(fits) == 1 or _dominates(fits) or (fits and fits[0].gender == "male"):
            return self._head_of(fits, word)
        return self._known(Name("", name.words, not name.the))

    def _head_of(self, family: list[Person], surname: str) -> Person | None:
        """Whoever of a family is oftenest named by the surname."""
        return max(family, key=lambda p: (self._usage.surnamed(p.number, surname), p.count, -p.number), default=None)

    def _likely_head(self, fits: list[Person], name: Name) -> Person | None:
        """Whoever of several is by far oftenest named by the surname, if often enough beside the titled name."""
        times = sorted((self._usage.surnamed(p.number, name.words[0]) for p in fits), reverse=True)
        if len(times) < 2 or times[0] < _BY_FAR * times[1] or times[0] < _BESIDE_TITLED * self.names[name]:
            return None
        return self._head_of(fits, name.words[0])

    def _family(self, word: str) -> list[Person]:
        """The people of that surname; where there are none and it is a given name, those: "Mr. John"."""
        return self._by_surname.get(word) or (
            self._by_given.get(word, []) if word.lower() in load_given_names() else []
        )

    def _known(self, name: Name) -> Person | None:
        number = self.people_by_name.get(name)
        return None if number is None else self.people[number]

    def _given(self, word: str) -> list[Person]:
        """The people of that given name; where there are none, those whose given name it is short for."""
        if exact := self._by_given.get(word):
            return exact
        fulls = (self._by_given.get(full) or self._by_surname.get(full, []) for full in find_full_names(word))
        return list(dict.fromkeys(person for people in fulls for person in people))

    def _same_given(self, name: Name, given: str, person: Person) -> bool:
        """Whether the full name's given name is the person's, whole or short; a father and a son may share one."""
        if name.words[0] == given:
            return True
        if not is_short_form(name.words[0], given):
            return False
        return not (self.names[name] >= _OFTEN and self.names[name] / max(person.count, 1) >= 0.3)

    def _new(self) -> Person:
        person = Person(len(self.people))
        self.people.append(person)
        return person

    def _add(self, name: Name, person: Person) -> None:
        self.people_by_name[name] = person.number
        person.count += self.names[name]
        person.forms.update(self.forms.get(name, Counter()))
        if name.title:
            person.titles.add(name.title)
        person.gender = person.gender or self._gender(name) or infer_gender(name)
        surname = get_family_name(name)
        if surname and surname not in person.surnames and (surname not in person.givens or not _is_titled(name)):
            person.surnames.add(surname)
            _list(self._by_surname, surname, person)
        if _bears_husbands_name(name):
            self._wives.add(person.number)
        given = name.words[0] if _is_full(name) or not surname else ""
        self._usage.note(person.number, name, self.names[name], surname=surname, given=given)
        if given and given not in person.givens:
            person.givens.add(given)
            _list(self._by_given, given, person)


def _list(bearers: dict[str, list[Person]], word: str, person: Person) -> None:
    """Note one more bearer of a word; beyond as many as any family has, a name is only matched with itself."""
    if len(bearers.setdefault(word, [])) < _FAMILY:
        bearers[word].append(person)


def _agree(one: Gender | None, other: Gender | None) -> bool:
    return one is None or other is None or one == other


def _bears_husbands_name(name: Name) -> bool:
    return len(name.words) > 1 and name.title in MARRIED and _given_gender(name.words[0].lower()) != "female"


def _dominates(fits: list[Person]) -> bool:
    counts = sorted((p.count for p in fits), reverse=True)
    return len(counts) > 1 and counts[0] >= 5 * counts[1]


def _foremost(fits: list[Person]) -> Person | None:
    return max(fits, key=lambda p: (p.count, -p.number)) if fits else None
