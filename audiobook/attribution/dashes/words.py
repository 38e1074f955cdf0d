"""The words of a piece of dash dialogue: which there are, what each is roughly, who and when they speak of."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from audiobook.languages import Language, known_languages, merge_speech_words
from audiobook.languages.en.lexicon import speech_verbs

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHAPED = 3  # words at the start of a piece whose kinds are looked at
_LONGER = 4  # letters that a verb in -ed has more than
_WIDEST = 2.0  # natural logarithm; how far a word may lean
_FEW, _DOUBT = 2, 3.0  # times that a word is there: for it to lean at all, and for it to lean half as far as it seems


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FIRST_OR_SECOND = _listed("i me my mine myself we us our you your yours je tu vous moi nous")
_THIRD = _listed("he she they his her him their them himself herself")
_PAST_HELPERS = _listed("was were had could would did might should must")
_PRESENT_HELPERS = _listed("is are am do does can will shall has have may don't can't won't isn't")
_PAST = _listed(
    "went came took stood sat gave made saw felt fell rose shook began put threw held left ran let bent drew broke"
    " caught kept lay met sprang struck swung told thought knew got looked turned"
)
_KINDS: dict[str, str] = {
    **dict.fromkeys(_PAST, "E"),
    **dict.fromkeys(_listed("the a an his her their my this that its"), "D"),
    **dict.fromkeys(_listed("and but or then so as when while for if though because"), "C"),
    **dict.fromkeys(_listed("in on at with without to from by into of after before over under"), "B"),
    **dict.fromkeys(_PRESENT_HELPERS, "R"),
    **dict.fromkeys(_PAST_HELPERS, "W"),
    **dict.fromkeys(_listed("you we"), "U"),
    **dict.fromkeys(_listed("he she they"), "P"),
    "i": "I",
    "it": "T",
}
_ALSO_ENGLISH = _listed("fit dice")  # verbs of speech in other languages that are other words in English
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
    verbs = (words.verbs | words.weak_verbs) - _ALSO_ENGLISH
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
    if form in _KINDS and form not in _PAST:
        return _KINDS[form]
    verb = _verb(form)
    if verb:
        return verb
    if word[0].isupper() and not first:
        return "N"
    if form in _KINDS:
        return _KINDS[form]
    by_ending = next((kind for ending, kind in _ENDINGS if form.endswith(ending)), None)
    return by_ending or ("K" if "'" in form else "Y" if word[0].isupper() else "x")


def _verb(form: str) -> str | None:
    verbs = speech_verbs()
    return "S" if form in verbs.strong else "V" if form in verbs.weak else None


@cache
def _sign(form: str) -> str:
    """What one word shows."""
    contracted = "'" in form and not form.endswith("'s")
    past = form in _PAST_HELPERS or form in _PAST or (form.endswith("ed") and len(form) > _LONGER)
    return "".join(
        sign
        for sign, there in (
            ("u", form in _FIRST_OR_SECOND or form.startswith(("i'", "you'", "we'"))),
            ("k", contracted),
            ("r", form in _PRESENT_HELPERS),
            ("p", past),
            ("t", form in _THIRD),
        )
        if there
    )


def _signs(forms: Iterable[str]) -> str:
    shown = set().union(*map(_sign, forms))
    return "".join(sign for sign in "ukrpt" if sign in shown)
