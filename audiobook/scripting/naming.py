"""What everybody is called in the script."""

from collections.abc import Sequence

from audiobook.script import NARRATOR
from audiobook.scripting.lexicon import persons, titles
from audiobook.scripting.people import Person

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
    return word in titles() or word in persons()


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]
