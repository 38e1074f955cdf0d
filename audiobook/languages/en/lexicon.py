"""Word lists for attribution, in text files: names, titles, nouns for people, speech verbs, function words."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from audiobook.model.script import Age, Gender

# Spellings of a title → its standard spelling.
TITLE_SPELLINGS = {
    "mister": "mr",
    "mistah": "mr",
    "mista": "mr",
    "meester": "mr",
    "missus": "mrs",
    "missis": "mrs",
    "monsieur": "m",
    "madame": "mme",
    "mdme": "mme",
    "mademoiselle": "mlle",
    "doctor": "dr",
    "professor": "prof",
    "capt": "captain",
    "col": "colonel",
    "gen": "general",
    "lieut": "lieutenant",
    "lt": "lieutenant",
    "sgt": "sergeant",
    "reverend": "rev",
    "signore": "signor",
    "auntie": "aunt",
    "aunty": "aunt",
    "fraulein": "fräulein",
    "señor": "senor",
    "señora": "senora",
    "señorita": "senorita",
}


class Person(NamedTuple):
    """What a noun shows about the person to whom it refers."""

    gender: Gender | None
    age: Age


class SpeechVerbs(NamedTuple):
    """Forms of speech verbs. Weak verbs also mean acts without words."""

    strong: frozenset[str]  # past tense, and third person of the present tense
    weak: frozenset[str]
    participles: frozenset[str]  # "saying"
    weak_participles: frozenset[str]
    bases: frozenset[str]  # "say"
    weak_bases: frozenset[str]


def _rows(name: str) -> list[str]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(" ".join(_rows(name)).split())


@cache
def load_words(kind: str) -> frozenset[str]:
    """Return the function words of a kind in `grammar.txt`."""
    rows = (row.partition(": ") for row in _rows("grammar.txt"))
    return frozenset(word for name, _, words in rows if name == kind for word in words.split())


@cache
def load_given_names() -> dict[str, Gender | None]:
    """Return given names in lower case → the gender that they show, or None."""
    male, female, either = (_words(f"names_{kind}.txt") for kind in ("male", "female", "either"))
    unclear = either | (male & female)
    known: dict[str, Gender | None] = dict.fromkeys(sorted(male - unclear), "male")
    known.update(dict.fromkeys(sorted(female - unclear), "female"))
    known.update(dict.fromkeys(sorted(unclear), None))
    return known


@cache
def load_titles() -> dict[str, Gender | None]:
    """Return titles in lower case without a full stop → the gender that they show, or None."""
    known: dict[str, Gender | None] = {}
    genders: dict[str, Gender | None] = {"male": "male", "female": "female", "either": None}
    for row in _rows("titles.txt"):
        gender, _, words = row.partition(":")
        known.update(dict.fromkeys(words.split(), genders[gender]))
    return known


@cache
def load_persons() -> dict[str, Person]:
    """Return nouns for people → what each shows about the person."""
    known: dict[str, Person] = {}
    genders: dict[str, Gender | None] = {"male": "male", "female": "female", "any": None}
    ages: dict[str, Age] = {"child": "child", "adult": "adult", "old": "old"}
    for row in _rows("persons.txt"):
        kind, _, words = row.partition(":")
        gender, age = kind.split()
        for word in words.split():
            known.setdefault(word, Person(genders[gender], ages[age]))
    return known


@cache
def load_nicknames() -> dict[str, frozenset[str]]:
    """Return short forms of given names → the given names of which they may be short forms."""
    known: dict[str, set[str]] = {}
    for row in _rows("nicknames.txt"):
        full, _, shorts = row.partition(":")
        for short in shorts.split():
            known.setdefault(short, set()).add(full)
    return {short: frozenset(fulls) for short, fulls in known.items()}


@cache
def load_not_names() -> frozenset[str]:
    """Return lower-case words that are not a name, even with a capital."""
    return _words("not_names.txt")


@cache
def load_speech_verbs() -> SpeechVerbs:
    """Return the forms of speech verbs in tags."""
    forms: dict[str, set[str]] = {field: set() for field in SpeechVerbs._fields}
    for word in " ".join(_rows("speech_verbs.txt")).split():
        base, _, past = word.replace("~", "").partition("/")
        weak = "weak_" if "~" in word else ""
        forms["weak" if weak else "strong"].update({past or _past(base), _third_person(base)})
        forms[f"{weak}participles"].add(_participle(base))
        forms[f"{weak}bases"].add(base)
    forms["strong"].update(("say", "ask", "reply", "answer", "inquires"))
    forms["weak"] -= forms["strong"]
    return SpeechVerbs(**{field: frozenset(words) for field, words in forms.items()})


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    return base + "ed"


def _participle(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith("ee"):
        return base[:-1] + "ing"
    return base + (base[-1] if base in _DOUBLED else "") + "ing"


def _third_person(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


HONORIFICS = load_words("honorifics")
KIN = load_words("kin")
_DOUBLED = load_words("doubled")
