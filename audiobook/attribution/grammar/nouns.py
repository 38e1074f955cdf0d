"""The words that belong to a noun phrase: where "the old man with the stick" ends, and what its noun is."""

import re
from functools import cache
from typing import Literal, NamedTuple

from audiobook.attribution.grammar.names import NameMention
from audiobook.languages import Language
from audiobook.languages.en.clauses import BEFORE_NOUN
from audiobook.languages.en.lexicon import grammar, persons, speech_verbs
from audiobook.languages.en.pronouns import ALL_POSSESSIVES

VerbKind = Literal["verb", "weak verb", "participle", "weak participle", "base", "weak base"]

_WORD = re.compile(r" ([^\W\d_]+(?:['’\-][^\W_]+)*)")
_ADJECTIVE = re.compile(r",? ([^\W\d_]+(?:['’\-][^\W_]+)*)")
_AFTER = grammar("after noun") | grammar("prepositions")
_COMMON_VERBS = grammar("common verbs")
_NEVER_SPEAK = grammar("never speak")
_WORDS_OF_SPEECH = grammar("words of speech")
_INFLECTED = re.compile(r"[a-z]{3,}(?:ed|ing|ly)$")
_MOST_WORDS = 5


class Noun(NamedTuple):
    """What follows a determiner or a possessive."""

    end: int
    head: str  # its last word, small
    name: NameMention | None  # "the old Rabbit"


@cache
def verb_kinds_in(language: Language) -> dict[str, VerbKind]:
    """Return the kinds of the verbs of speech for a book in a language: the English ones, and the language's own."""
    own: dict[str, VerbKind] = dict.fromkeys(language.speech.weak_verbs, "weak verb")
    own.update(dict.fromkeys(language.speech.verbs, "verb"))
    return verb_kinds() | own if own else verb_kinds()


@cache
def verb_kinds() -> dict[str, VerbKind]:
    """What the forms of the verbs of speech are; the likelier reading of a form wins."""
    verbs = speech_verbs()
    kinds: dict[str, VerbKind] = dict.fromkeys(verbs.weak_bases, "weak base")
    kinds.update(dict.fromkeys(verbs.bases, "base"))
    kinds.update(dict.fromkeys(verbs.weak_participles, "weak participle"))
    kinds.update(dict.fromkeys(verbs.participles, "participle"))
    kinds.update(dict.fromkeys(verbs.weak, "weak verb"))
    kinds.update(dict.fromkeys(verbs.strong - {"say", "ask", "reply", "answer"}, "verb"))
    return kinds


def is_verb(word: str) -> bool:
    """Whether the word in lower case is a form of a verb of speech, and no noun for words spoken."""
    return verb_kinds().get(word, "weak base") != "weak base" and word not in _WORDS_OF_SPEECH


def read_noun(text: str, at: int, end: int, names: dict[int, NameMention]) -> Noun | None:
    """The noun behind a determiner that ends at `at`; None where there is none."""
    found: Noun | None = None
    for _ in range(_MOST_WORDS):
        match = (_ADJECTIVE if found is not None and found.head not in persons() else _WORD).match(text, at, end)
        if match is None:
            break
        listed = match[0][0] == ","
        if (name := _name_at(match.start(1), names)) is not None:
            apart = found is not None and (listed or found.head in _NEVER_SPEAK)  # "after a pause Tom"
            return found if apart else Noun(name.end, found.head if found else "", name)
        word, at = match[1].lower(), match.end()
        if found is None and word in BEFORE_NOUN:
            continue
        if (listed and not _is_before_person(text, word, at, end)) or _is_beyond(text, word, found, at, end):
            break
        found = Noun(at, word, None)
        if _is_last(text, word, at, end) and _name_at(at + 1, names) is None:  # "my aunt Bea" goes on
            break
    return found


def _name_at(at: int, names: dict[int, NameMention]) -> NameMention | None:
    """The name that begins there and owns nothing."""
    name = names.get(at)
    return name if name is not None and not name.possessive else None


def _is_last(text: str, word: str, at: int, end: int) -> bool:
    """Whether the word, which ends at `at`, is a noun that ends its phrase."""
    return (word in persons() or word in _WORDS_OF_SPEECH) and not _is_person(text, at, end)


def _is_beyond(text: str, word: str, found: Noun | None, at: int, end: int) -> bool:
    """Whether the word, which ends at `at`, is no longer the noun's."""
    if word in _AFTER or word in ALL_POSSESSIVES:
        return True
    if found is None or word in persons() or word in _WORDS_OF_SPEECH:
        return False
    doing = is_verb(word) or word in _COMMON_VERBS or _INFLECTED.match(word) is not None
    return doing and not _is_person(text, at, end, _WORDS_OF_SPEECH)


def _is_before_person(text: str, word: str, at: int, end: int) -> bool:
    """Whether the word is the second of two adjectives: "a thin, elderly gentleman"."""
    return word not in _AFTER and _is_person(text, at, end)


def _is_person(text: str, at: int, end: int, or_else: frozenset[str] = frozenset()) -> bool:
    following = _WORD.match(text, at, end)
    return following is not None and (following[1].lower() in persons() or following[1].lower() in or_else)
