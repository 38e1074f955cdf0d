"""Clusters the names of a book into people.

Names are assigned from the longest to the shortest. A single name, or a surname with a title, joins the one person whom
it fits. It becomes a new person where a title, a gender or a given name excludes this: Mr. Bennet, Mrs. Bennet and
Elizabeth Bennet stay three people.
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
_MIN_FULL_COUNT = 5  # times that a full name with a title occurs, if it tells two people apart
_DOMINANCE = 3  # how many times more often one person must have a surname than any other
_MIN_SURNAME_SHARE = 0.2  # least share of the surname alone, of the mentions of the titled name that joins it
_MAX_NAMESAKES = 200  # most people with one name that are compared
_MIN_FORM_COUNT = 3  # a form that occurs less often than this proves nothing


@dataclass(slots=True, eq=False)
class Person:
    """A person of the book. It grows while the book is read."""

    number: int
    forms: Counter[str] = field(default_factory=Counter)  # the spellings of the name → counts
    givens: set[str] = field(default_factory=set)
    surnames: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    gender: Gender | None = None
    age: Age | None = None
    count: int = 0
    noun: str = ""  # of a person known only by a noun: "old man"
    spoke: int = 0  # tags that name this person
    own_form: str = ""  # the form that the first-person narrator gives as their own
    called: str = ""  # the name that the user gave
    settled: bool = False  # the user decided gender and age


def get_family_name(name: Name) -> str:
    """Return the family name in a name. It is empty if there is none, or if it may be a given name."""
    if len(name.words) > 1:
        return name.words[-1]
    if not name.title or (name.title in _BEFORE_GIVEN and name.title not in UNMARRIED):
        return ""
    if name.title in UNMARRIED and name.words[0].lower() in load_given_names():
        return ""
    return name.words[0]


def infer_gender(name: Name) -> Gender | None:
    """Return the gender that a name's title or given name shows."""
    given = _infer_given_gender(name.words[0].lower()) if len(name.words) > 1 and name.title in _RANKS else None
    if given is None and name.title and (gender := load_titles().get(name.title)) is not None:
        return gender
    if len(name.words) == 1 and name.title and name.title not in _BEFORE_GIVEN:
        return None
    word = name.words[0].lower()
    if len(name.words) == 1 and not name.title and word in load_titles():
        return load_titles()[word]
    return _infer_given_gender(word)


def _infer_given_gender(word: str) -> Gender | None:
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
    """Cluster names into people. Return the people, and the number of each name's person.

    `names` has the count of each name, `forms` those of its spellings, `pronoun_genders` the gender that the pronouns
    after them show.
    """
    clusterer = _NameClusterer(names, forms, pronoun_genders, interactions)
    ordered = sorted(names, key=lambda n: (-len(n.words), -names[n], n.title, n.words, n.the))
    for wanted in (_is_full, _is_titled, _is_bare):
        for name in ordered:
            if wanted(name):
                clusterer.add_name(name)
    return clusterer.people, clusterer.people_by_name


def _is_full(name: Name) -> bool:
    return len(name.words) > 1


def _is_titled(name: Name) -> bool:
    return len(name.words) == 1 and bool(name.title)


def _is_bare(name: Name) -> bool:
    return len(name.words) == 1 and not name.title


class _NameClusterer:
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

    def add_name(self, name: Name) -> None:
        person = self._match(name)
        if person is None or self._is_another(person, name):
            person = self._add_person()
        self._assign(name, person)

    def _is_another(self, person: Person, name: Name) -> bool:
        given = max((self.names.get(Name("", (word,)), 0) for word in person.givens), default=0)
        rarer = min(self.names[name], max(person.count, given))
        return self.interactions.are_different_people(name, rarer, lambda other: self._is_name_of(other, person))

    def _infer_gender(self, name: Name) -> Gender | None:
        """Return the gender by which a name is matched. A rank alone shows none, because a woman may have it."""
        shown = None if name.title in _RANKS and _is_titled(name) else infer_gender(name)
        return shown or self.pronoun_genders.get(name) or self.pronoun_genders.get(Name("", name.words[:1]))

    def _is_name_of(self, name: Name, person: Person) -> bool:
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
        surname, gender = name.words[-1], self._infer_gender(name)
        wife = _bears_husbands_name(name)
        for person in self._by_surname.get(surname, ()):
            if wife != (person.number in self._wives) or not _genders_agree(person.gender, gender):
                continue
            if any(self._has_same_given_name(name, given, person) for given in person.givens):
                return person
        return None

    def _match_titled(self, name: Name) -> Person | None:
        word, gender = name.words[0], self._infer_gender(name)
        if not get_family_name(name):
            fits = [
                p
                for p in self._find_by_given_name(word)
                if _genders_agree(p.gender, gender) and p.number not in self._wives
            ]
            fits = [p for p in fits if not titles_clash(p.titles, name.title)]
            if name.title in OF_RANK:
                fits = [p for p in fits if name.title in p.titles] or fits
            if not fits and name.title not in OF_RANK:
                fits = [p for p in self._by_surname.get(word, ()) if _genders_agree(p.gender, gender)]
            return _find_most_named(fits) if len(fits) == 1 or _dominates(fits) or name.title in _BEFORE_GIVEN else None
        fits = [p for p in self._find_family(word) if _genders_agree(p.gender, gender)]
        fits = [p for p in fits if not self._conflicts_in_marriage(p, name) and not titles_clash(p.titles, name.title)]
        fits = [p for p in fits if not self._usage.is_of_another_rank(p.number, name, self.names[name])]
        if len(fits) > 1 or (fits and self._has_wife_of_the_name(fits[0], word)):
            fits = [p for p in fits if not self._usage.is_told_apart(p.number, name, self.names[name])]
        return _find_most_named(fits) if len(fits) == 1 or _dominates(fits) else self._find_likely_head(fits, name)

    def _has_wife_of_the_name(self, person: Person, surname: str) -> bool:
        """Return whether a woman has his full name: if there is a Mrs. John Knightley, "Mr. Knightley" is not John."""
        wives = (p for p in self._by_surname.get(surname, ()) if p.number in self._wives and p is not person)
        return any(not person.givens.isdisjoint(wife.givens) for wife in wives)

    def _conflicts_in_marriage(self, person: Person, name: Name) -> bool:
        """Return whether one of the two is a Miss and the other a Mrs."""
        if name.title in UNMARRIED:
            return bool(person.titles & MARRIED)
        if name.title not in MARRIED:
            return False
        return self._usage.titled(person.number, UNMARRIED) >= _MIN_FORM_COUNT or any(
            given in self._misses for given in person.givens
        )

    def _match_bare(self, name: Name) -> Person | None:
        word = name.words[0]
        if name.the and not self._by_surname.get(word):
            return self._look_up(Name("", name.words, False)) or self._look_up(Name("", name.words, True))
        gender = self._infer_gender(name)
        namesakes = [p for p in self._find_by_given_name(word) if _genders_agree(p.gender, gender)]
        called = max(namesakes, key=lambda p: (self._usage.called(p.number, word), p.count, -p.number), default=None)
        fits = self._by_surname.get(word, [])
        family = self._find_head(fits, word)
        if called is not None and (
            word.lower() in load_given_names() or not family or family.count <= 5 * called.count
        ):
            return called
        if len(fits) > 1:
            fits = [p for p in fits if p.gender == "male"] or fits
        if len(fits) == 1 or _dominates(fits) or (fits and fits[0].gender == "male"):
            return self._find_head(fits, word)
        return self._look_up(Name("", name.words, not name.the))

    def _find_head(self, family: list[Person], surname: str) -> Person | None:
        """Return the member of a family who is most often named by the surname alone."""
        return max(family, key=lambda p: (self._usage.surnamed(p.number, surname), p.count, -p.number), default=None)

    def _find_likely_head(self, fits: list[Person], name: Name) -> Person | None:
        """Return the person who has the surname alone by far most often, if often enough for the titled name."""
        times = sorted((self._usage.surnamed(p.number, name.words[0]) for p in fits), reverse=True)
        if len(times) < 2 or times[0] < _DOMINANCE * times[1] or times[0] < _MIN_SURNAME_SHARE * self.names[name]:
            return None
        return self._find_head(fits, name.words[0])

    def _find_family(self, word: str) -> list[Person]:
        """Return the people with that surname, or else those with that given name: "Mr. John"."""
        return self._by_surname.get(word) or (
            self._by_given.get(word, []) if word.lower() in load_given_names() else []
        )

    def _look_up(self, name: Name) -> Person | None:
        number = self.people_by_name.get(name)
        return None if number is None else self.people[number]

    def _find_by_given_name(self, word: str) -> list[Person]:
        """Return the people with that given name, or else those of whose name it is a short form."""
        if exact := self._by_given.get(word):
            return exact
        fulls = (self._by_given.get(full) or self._by_surname.get(full, []) for full in find_full_names(word))
        return list(dict.fromkeys(person for people in fulls for person in people))

    def _has_same_given_name(self, name: Name, given: str, person: Person) -> bool:
        """Return whether the given name is the person's, in full or short. A father and a son may share one."""
        if name.words[0] == given:
            return True
        if not is_short_form(name.words[0], given):
            return False
        return not (self.names[name] >= _MIN_FULL_COUNT and self.names[name] / max(person.count, 1) >= 0.3)

    def _add_person(self) -> Person:
        person = Person(len(self.people))
        self.people.append(person)
        return person

    def _assign(self, name: Name, person: Person) -> None:
        self.people_by_name[name] = person.number
        person.count += self.names[name]
        person.forms.update(self.forms.get(name, Counter()))
        if name.title:
            person.titles.add(name.title)
        person.gender = person.gender or self._infer_gender(name) or infer_gender(name)
        surname = get_family_name(name)
        if surname and surname not in person.surnames and (surname not in person.givens or not _is_titled(name)):
            person.surnames.add(surname)
            _add_to_list(self._by_surname, surname, person)
        if _bears_husbands_name(name):
            self._wives.add(person.number)
        given = name.words[0] if _is_full(name) or not surname else ""
        self._usage.note(person.number, name, self.names[name], surname=surname, given=given)
        if given and given not in person.givens:
            person.givens.add(given)
            _add_to_list(self._by_given, given, person)


def _add_to_list(namesakes: dict[str, list[Person]], word: str, person: Person) -> None:
    """Add a person to those with a word in their name. Above a limit, a name is only matched with itself."""
    if len(namesakes.setdefault(word, [])) < _MAX_NAMESAKES:
        namesakes[word].append(person)


def _genders_agree(one: Gender | None, other: Gender | None) -> bool:
    return one is None or other is None or one == other


def _bears_husbands_name(name: Name) -> bool:
    return len(name.words) > 1 and name.title in MARRIED and _infer_given_gender(name.words[0].lower()) != "female"


def _dominates(fits: list[Person]) -> bool:
    counts = sorted((p.count for p in fits), reverse=True)
    return len(counts) > 1 and counts[0] >= 5 * counts[1]


def _find_most_named(fits: list[Person]) -> Person | None:
    return max(fits, key=lambda p: (p.count, -p.number)) if fits else None
