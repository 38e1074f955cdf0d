"""What everybody is called in the script; names, genders and joins that a person has decided."""

from collections import Counter
from collections.abc import Mapping, Sequence

from audiobook.attribution.characters.merging import merge_people
from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name
from audiobook.languages.en.lexicon import load_persons, load_titles
from audiobook.model.edits import ScriptEdits
from audiobook.model.script import NARRATOR, new_names

_EPITHET = 0.2  # what an epithet counts beside a name


def name_people(people: Sequence[Person]) -> list[str]:
    """A different name for everybody: the form that the book uses most, the fullest of equals.

    A name goes before a title or a noun, and before "the Ferret" unless the book hardly uses it.
    Whoever was given a name by a person has that one.
    """
    taken = {NARRATOR, *(person.called for person in people if person.called)}
    names: list[str] = []
    for person in people:
        if person.called:
            names.append(person.called)
            continue
        forms = sorted(person.forms, key=lambda form: (_is_title(form), -_weight(person, form), -len(form), form))
        name = next((f for f in map(_capital, filter(None, (person.own_form, *forms))) if f not in taken), None)
        if name is None:
            first = _capital(forms[0]) if forms else "Somebody"
            name = next(f"{first} ({n})" for n in range(2, len(people) + 3) if f"{first} ({n})" not in taken)
        taken.add(name)
        names.append(name)
    return names


def _weight(person: Person, form: str) -> float:
    """How often a form stands, less for an epithet and for one in capitals."""
    if form.isupper():
        return 0.0
    return person.forms[form] * (_EPITHET if form.startswith("the ") else 1.0)


def _is_title(form: str) -> bool:
    """Whether a form is nothing but a title or a noun: "the Colonel", "my aunt"."""
    word = form.lower().removeprefix("the ").removeprefix("my ")
    return word in load_titles() or word in load_persons()


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]


def apply_name_edits(
    edits: ScriptEdits, people: list[Person], people_by_name: dict[Name, int], narrator: int | None
) -> tuple[dict[int, int], dict[str, int]]:
    """Rename and join the people, and add those whom only the wishes name.

    Gives whom everybody joined became one with, and the person of every name that the wishes use. A name that nobody
    bears is left alone.
    """
    index = _NameIndex(people, narrator)
    for name, becomes in new_names(edits.renames).items():
        index.rename(name, becomes)
    moves = index.moves()
    merge_people(moves, people, people_by_name)
    edited_people: dict[str, int] = {}
    for name in _names_used(edits):
        who = index.of(name)
        if who is None and name != NARRATOR:
            who = len(people)
            people.append(Person(who, forms=Counter({name: 1}), count=1, called=name))
        if who is not None:
            edited_people[name] = who
    return moves, edited_people


def _names_used(edits: ScriptEdits) -> dict[str, None]:
    pinned = (line_edit.speaker for line_edit in edits.line_edits if line_edit.speaker is not None)
    return dict.fromkeys((*pinned, *(character.name for character in edits.people)))


class _NameIndex:
    """Whom a name means: whoever was given it, or goes by it, or else is the only one whom the book calls so."""

    def __init__(self, people: Sequence[Person], narrator: int | None) -> None:
        self._people = people
        self._joined: dict[int, int] = {}
        self._by_name = {name: n for n, name in enumerate(name_people(people)) if people[n].forms}
        if narrator is not None and people[narrator].noun == "narrator":
            self._by_name[NARRATOR] = narrator
        forms: dict[str, set[int]] = {}
        for person in people:
            for form in person.forms:
                forms.setdefault(form, set()).add(person.number)
        self._by_form = {form: min(numbers) for form, numbers in forms.items() if len(numbers) == 1}

    def of(self, name: str) -> int | None:
        """The person of that name."""
        who = self._by_name.get(name, self._by_form.get(name))
        while who in self._joined:
            who = self._joined[who]
        return who

    def rename(self, name: str, becomes: str) -> None:
        """Let the person of one name be the person of the other, or have it."""
        source, target = self.of(name), self.of(becomes)
        if source is None:
            return
        if target is None or target == source:
            target = source
        else:
            self._joined[source] = target
        self._people[target].called = becomes
        self._people[source].forms.update(form for form in (name, becomes) if form != NARRATOR)  # they stay aliases
        self._by_name[becomes] = target

    def moves(self) -> dict[int, int]:
        """Whom everybody joined became one with."""
        ends: dict[int, int] = {}
        for who in reversed(self._joined):  # nobody was joined to somebody who had been joined before
            ends[who] = ends.get(self._joined[who], self._joined[who])
        return ends


def apply_gender_edits(edits: ScriptEdits, people: Sequence[Person], edited_people: Mapping[str, int]) -> None:
    """Set the genders and ages that a person decided."""
    for character in edits.people:
        person = people[edited_people[character.name]]
        person.gender, person.age, person.settled = character.gender, character.age, True
