"""The words of a piece of dash dialogue: which there are, what each is roughly, who and when they speak of."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from audiobook.languages import Language, known_languages, merge_speech_words
from audiobook.languages.en.dash_dialogue import (
    ALSO_ENGLISH,
    FIRST_OR_SECOND,
    PAST,
    PAST_HELPERS,
    PRESENT_HELPERS,
    THIRD,
    WORD_KINDS,
)
from audiobook.languages.en.lexicon import speech_verbs

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHAPED = 3  # words at the start of a piece whose kinds are looked at
_LONGER = 4  # letters that a verb in -ed has more than
_WIDEST = 2.0  # natural logarithm; how far a word may lean
_FEW, _DOUBT = 2, 3.0  # times that a word is there: for it to lean at all, and for it to lean half as far as it seems


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ENDINGS = (("'s", "O"), ("ed", "E"), ("ing", "G"), ("ly", "L"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a piece, or of several together."""

    forms: tuple[str, ...]  # in small letters
    shape: str  # a letter for the kind of each of the first words
    signs: str  # u: you or I; k: contracted; r: present; p: past; t: third person
    lean: float  # above 0 where the book rather says these words than tells them

    @property
    def count(self) -> int:
        """How many words there are."""
        return len(self.forms)


def read_words(text: str, leanings: Mapping[str, float], *, begins_sentence: bool) -> Words:
    """The words in a text; a capital at the beginning of a sentence makes no name."""
    found = _WORD.findall(text)
    as_english = _as_english(known_languages())
    forms = tuple(as_english.get(form, form) for form in map(_form, found))
    return Words(
        forms,
        "".join(
            _kind(word, form, first=begins_sentence and not at)
            for at, (word, form) in enumerate(zip(found[:_SHAPED], forms, strict=False))
        ),
        _signs(forms),
        sum(leanings.get(form, 0.0) for form in forms),
    )


@cache
def _as_english(languages: tuple[Language, ...]) -> dict[str, str]:
    """Return the words of tags in other languages → what they are in English."""
    words = merge_speech_words(languages)
    verbs = (words.verbs | words.weak_verbs) - ALSO_ENGLISH
    return dict.fromkeys(verbs, "said") | dict.fromkeys(words.he, "he") | dict.fromkeys(words.she, "she")


def together(one: Words, other: Words) -> Words:
    """The words of both."""
    signs = "".join(sign for sign in "ukrpt" if sign in one.signs or sign in other.signs)
    return Words(one.forms + other.forms, one.shape, signs, one.lean + other.lean)


def find_leanings(said: Iterable[str], told: Iterable[str]) -> dict[str, float]:
    """How much more each word is said than told, from stretches of a book that are surely one of both."""
    speech, narration = (
        Counter(_form(word) for text in texts for word in _WORD.findall(text)) for texts in (said, told)
    )
    all_said, all_told = speech.total(), narration.total()
    share = all_said / (all_said + all_told + 1)
    leanings: dict[str, float] = {}
    for word in sorted(speech.keys() | narration.keys()):
        times = speech[word] + narration[word]
        if times >= _FEW:
            odds = math.log((speech[word] + share + 0.2) / (all_said + 20))
            odds -= math.log((narration[word] + 1 - share + 0.2) / (all_told + 20))
            leanings[word] = round(max(-_WIDEST, min(_WIDEST, odds * times / (times + _DOUBT))), 3)
    return leanings


def _form(word: str) -> str:
    return word.lower().replace("’", "'")


def _kind(word: str, form: str, *, first: bool) -> str:
    """A letter for what a word is, by its look."""
    if form in WORD_KINDS and form not in PAST:
        return WORD_KINDS[form]
    verb = _verb(form)
    if verb:
        return verb
    if word[0].isupper() and not first:
        return "N"
    if form in WORD_KINDS:
        return WORD_KINDS[form]
    by_ending = next((kind for ending, kind in _ENDINGS if form.endswith(ending)), None)
    return by_ending or ("K" if "'" in form else "Y" if word[0].isupper() else "x")


def _verb(form: str) -> str | None:
    verbs = speech_verbs()
    return "S" if form in verbs.strong else "V" if form in verbs.weak else None


@cache
def _sign(form: str) -> str:
    """What one word shows."""
    contracted = "'" in form and not form.endswith("'s")
    past = form in PAST_HELPERS or form in PAST or (form.endswith("ed") and len(form) > _LONGER)
    return "".join(
        sign
        for sign, there in (
            ("u", form in FIRST_OR_SECOND or form.startswith(("i'", "you'", "we'"))),
            ("k", contracted),
            ("r", form in PRESENT_HELPERS),
            ("p", past),
            ("t", form in THIRD),
        )
        if there
    )


def _signs(forms: Iterable[str]) -> str:
    shown = set().union(*map(_sign, forms))
    return "".join(sign for sign in "ukrpt" if sign in shown)
