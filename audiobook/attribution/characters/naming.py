"""The name of each person in the script, and the names, genders and merges that the user decided."""

from collections import Counter
from collections.abc import Mapping, Sequence

from audiobook.attribution.characters.merging import merge_people
from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name
from audiobook.languages.en.lexicon import load_persons, load_titles
from audiobook.model.edits import ScriptEdits
from audiobook.model.script import NARRATOR, new_names

_EPITHET_WEIGHT = 0.2  # weight of an epithet, where a name weighs 1


def name_people(people: Sequence[Person]) -> list[str]:
    """Return a different name for each person: the most frequent form, and the longest of equally frequent ones.

    A name is preferred to a title or a noun, and to an epithet ("the Ferret") unless the name is very rare. A name that
    the user gave is always kept.
    """
    taken = {NARRATOR, *(person.called for person in people if person.called)}
    names: list[str] = []
    for person in people:
        if person.called:
            names.append(person.called)
            continue
        forms = sorted(person.forms, key=lambda form: (_is_title(form), -_weigh(person, form), -len(form), form))
        name = next((f for f in map(_capitalize, filter(None, (person.own_form, *forms))) if f not in taken), None)
        if name is None:
            first = _capitalize(forms[0]) if forms else "Somebody"
            name = next(f"{first} ({n})" for n in range(2, len(people) + 3) if f"{first} ({n})" not in taken)
        taken.add(name)
        names.append(name)
    return names


def _weigh(person: Person, form: str) -> float:
    """Return how often a form occurs, with less weight for an epithet and none for a form in capitals."""
    if form.isupper():
        return 0.0
    return person.forms[form] * (_EPITHET_WEIGHT if form.startswith("the ") else 1.0)


def _is_title(form: str) -> bool:
    """Return whether a form is only a title or a noun: "the Colonel", "my aunt"."""
    word = form.lower().removeprefix("the ").removeprefix("my ")
    return word in load_titles() or word in load_persons()


def _capitalize(form: str) -> str:
    return form[:1].upper() + form[1:]


def apply_name_edits(
    edits: ScriptEdits, people: list[Person], people_by_name: dict[Name, int], narrator: int | None
) -> tuple[dict[int, int], dict[str, int]]:
    """Rename and merge people as the user decided, and add people whom only the edits name.

    Return whom each merged person was merged into, and the person of each name in the edits. An edit of an unknown name
    does nothing.
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
    """Looks up persons by a name that the user gave, by the display name, or by a form that only one person has."""

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
        """Return the person with that name."""
        who = self._by_name.get(name, self._by_form.get(name))
        while who in self._joined:
            who = self._joined[who]
        return who

    def rename(self, name: str, becomes: str) -> None:
        """Give a person another name, or merge them into the person who has it."""
        source, target = self.of(name), self.of(becomes)
        if source is None:
            return
        if target is None or target == source:
            target = source
        else:
            self._joined[source] = target
        self._people[target].called = becomes
        # The old names stay as aliases.
        self._people[source].forms.update(form for form in (name, becomes) if form != NARRATOR)
        self._by_name[becomes] = target

    def moves(self) -> dict[int, int]:
        """Return whom each merged person was merged into."""
        ends: dict[int, int] = {}
        for who in reversed(self._joined):  # nobody was merged into a person who had already been merged
            ends[who] = ends.get(self._joined[who], self._joined[who])
        return ends


def apply_gender_edits(edits: ScriptEdits, people: Sequence[Person], edited_people: Mapping[str, int]) -> None:
    """Set the genders and ages that the user decided."""
    for character in edits.people:
        person = people[edited_people[character.name]]
        person.gender, person.age, person.settled = character.gender, character.age, True
