"""What everybody is called in the script."""

from collections.abc import Sequence

from audiobook.script import NARRATOR
from audiobook.scripting.lexicon import persons, titles
from audiobook.scripting.people import Person


def name_people(people: Sequence[Person]) -> list[str]:
    """A different name for everybody: the form that the book uses most, the fullest of equals; no title for a name.

    Whoever was given a name by a person has that one.
    """
    taken = {NARRATOR, *(person.called for person in people if person.called)}
    names: list[str] = []
    for person in people:
        if person.called:
            names.append(person.called)
            continue
        forms = sorted(person.forms, key=lambda form: (_is_title(form), -person.forms[form], -len(form), form))
        name = next((f for f in map(_capital, filter(None, (person.own_form, *forms))) if f not in taken), None)
        if name is None:
            first = _capital(forms[0]) if forms else "Somebody"
            name = next(f"{first} ({n})" for n in range(2, len(people) + 3) if f"{first} ({n})" not in taken)
        taken.add(name)
        names.append(name)
    return names


def _is_title(form: str) -> bool:
    """Whether a form is nothing but a title or a noun: "the Colonel"."""
    word = form.lower().removeprefix("the ")
    return word in titles() or word in persons()


def _capital(form: str) -> str:
    return form[:1].upper() + form[1:]
