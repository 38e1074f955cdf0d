"""Noun phrases and verbs of speech in narration: chunks such as "the old man", "his wife", "Emma", "replied".

A clause is read as a sequence of chunks. This is enough to find the subject of "said the old man" and of "Emma,
blushing, replied".
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from audiobook.attribution.grammar.names import NameMention
from audiobook.languages import Language
from audiobook.languages.en.grammar import (
    ALL_POSSESSIVES,
    BEFORE_NOUN,
    NOMINATIVE,
    OBJECTS,
    OWNERS,
    POSSESSIVES,
    SUBJECTS,
)
from audiobook.languages.en.lexicon import load_persons, load_speech_verbs, load_words
from audiobook.model.script import Gender

VerbKind = Literal["verb", "weak verb", "participle", "weak participle", "base", "weak base"]

_WORD = re.compile(r" ([^\W\d_]+(?:['’\-][^\W_]+)*)")
_ADJECTIVE = re.compile(r",? ([^\W\d_]+(?:['’\-][^\W_]+)*)")
_NOT_IN_NOUN_PHRASE = load_words("after noun") | load_words("prepositions")
_COMMON_VERBS = load_words("common verbs")
_NEVER_SPEAK = load_words("never speak")
_WORDS_OF_SPEECH = load_words("words of speech")
_INFLECTED = re.compile(r"[a-z]{3,}(?:ed|ing|ly)$")
_MAX_WORDS = 5


class Noun(NamedTuple):
    """The noun after a determiner or a possessive."""

    end: int
    head: str  # its last word, in lower case
    name: NameMention | None  # the name in it: "the old Rabbit"


@cache
def get_verb_kinds(language: Language) -> dict[str, VerbKind]:
    """Return the kinds of the speech verbs for a book in a language: English ones, and those of the language."""
    own: dict[str, VerbKind] = dict.fromkeys(language.speech.weak_verbs, "weak verb")
    own.update(dict.fromkeys(language.speech.verbs, "verb"))
    return list_verb_kinds() | own if own else list_verb_kinds()


@cache
def list_verb_kinds() -> dict[str, VerbKind]:
    """Return speech verb forms → their kind. An ambiguous form has its most likely kind."""
    verbs = load_speech_verbs()
    kinds: dict[str, VerbKind] = dict.fromkeys(verbs.weak_bases, "weak base")
    kinds.update(dict.fromkeys(verbs.bases, "base"))
    kinds.update(dict.fromkeys(verbs.weak_participles, "weak participle"))
    kinds.update(dict.fromkeys(verbs.participles, "participle"))
    kinds.update(dict.fromkeys(verbs.weak, "weak verb"))
    kinds.update(dict.fromkeys(verbs.strong - {"say", "ask", "reply", "answer"}, "verb"))
    return kinds


def is_verb(word: str) -> bool:
    """Return whether the lower-case word is a form of a speech verb, and not a noun for words spoken."""
    return list_verb_kinds().get(word, "weak base") != "weak base" and word not in _WORDS_OF_SPEECH


def read_noun(text: str, at: int, end: int, names: dict[int, NameMention]) -> Noun | None:
    """Return the noun after a determiner that ends at `at`, or None."""
    found: Noun | None = None
    for _ in range(_MAX_WORDS):
        match = (_ADJECTIVE if found is not None and found.head not in load_persons() else _WORD).match(text, at, end)
        if match is None:
            break
        listed = match[0][0] == ","
        if (name := _name_at(match.start(1), names)) is not None:
            apart = found is not None and (listed or found.head in _NEVER_SPEAK)  # "after a pause Tom"
            return found if apart else Noun(name.end, found.head if found else "", name)
        word, at = match[1].lower(), match.end()
        if found is None and word in BEFORE_NOUN:
            continue
        if (listed and not _is_before_person(text, word, at, end)) or _is_after_noun(text, word, found, at, end):
            break
        found = Noun(at, word, None)
        if _ends_phrase(text, word, at, end) and _name_at(at + 1, names) is None:  # "my aunt Bea" goes on
            break
    return found


def _name_at(at: int, names: dict[int, NameMention]) -> NameMention | None:
    """Return the name that begins there, unless it is a possessive."""
    name = names.get(at)
    return name if name is not None and not name.possessive else None


def _ends_phrase(text: str, word: str, at: int, end: int) -> bool:
    """Return whether the word, which ends at `at`, is a noun at the end of its phrase."""
    return (word in load_persons() or word in _WORDS_OF_SPEECH) and not _is_person(text, at, end)


def _is_after_noun(text: str, word: str, found: Noun | None, at: int, end: int) -> bool:
    """Return whether the word, which ends at `at`, is after the end of the noun phrase."""
    if word in _NOT_IN_NOUN_PHRASE or word in ALL_POSSESSIVES:
        return True
    if found is None or word in load_persons() or word in _WORDS_OF_SPEECH:
        return False
    doing = is_verb(word) or word in _COMMON_VERBS or _INFLECTED.match(word) is not None
    return doing and not _is_person(text, at, end, _WORDS_OF_SPEECH)


def _is_before_person(text: str, word: str, at: int, end: int) -> bool:
    """Return whether the word is the second of two adjectives: "a thin, elderly gentleman"."""
    return word not in _NOT_IN_NOUN_PHRASE and _is_person(text, at, end)


def _is_person(text: str, at: int, end: int, or_else: frozenset[str] = frozenset()) -> bool:
    following = _WORD.match(text, at, end)
    return following is not None and (following[1].lower() in load_persons() or following[1].lower() in or_else)


Kind = Literal["name", "pronoun", "noun"]
PieceKind = Literal[
    "phrase",  # a person who may be a subject
    "object",  # him, her, me
    "verb",
    "weak verb",
    "participle",  # "saying"
    "weak participle",
    "base",  # "say"
    "weak base",
    "words",  # words or a voice, and whose they are: "Emma's reply", "his voice"
    "word",
    "mark",
    "end",
]

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
_DETERMINERS = load_words("determiners")
_ABSTRACT = re.compile(r"[a-z]{3,}(?:ness|tion|sion|ment|ship|ity|ance|ism)$").match
_POSSESSIVE = re.compile(r"(?:['’]s?|\ss)\s")
_OWNER = re.compile(r"(.*?([^\W_]+))(?:['’]s|\ss)\s")  # "the croupier's" polite reply
_ARTICLES = load_words("articles")
_OF_A_VOICE = re.compile(r"['’]s voice$")
_SENTENCE_ENDS = ".!?;"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention of a person in the narration."""

    start: int
    end: int
    kind: Kind
    text: str  # as written
    name: NameMention | None = None  # of a name
    pronoun: str = ""  # "male", "female", "they", "i", "it"
    head: str = ""  # last word of a noun phrase, lower case; of a name, the noun before it ("my aunt Bea")
    owned: bool = False  # a person by their relation to another: "his wife", "Emma's father"

    @property
    def gender(self) -> Gender | None:
        """Return the gender that the pronoun or the noun shows."""
        if self.kind == "pronoun":
            return "male" if self.pronoun == "male" else "female" if self.pronoun == "female" else None
        person = load_persons().get(self.head)
        return person.gender if person else None

    @property
    def nominative(self) -> bool:
        """Return whether it is a pronoun that can only be a subject: "he", but not "it" or "him"."""
        return self.kind == "pronoun" and self.text.lower() in NOMINATIVE

    @property
    def speaks(self) -> bool:
        """Return whether it can speak: "the dormouse" can, "the half-hour" cannot."""
        return self.kind != "noun" or self.head == "voice" or not (self.head in _NEVER_SPEAK or _ABSTRACT(self.head))


class Chunk(NamedTuple):
    """A chunk of a clause."""

    kind: PieceKind
    start: int
    end: int
    text: str  # lower case
    phrase: Phrase | None = None


def read_chunks(
    text: str, start: int, end: int, names: Sequence[NameMention], verbs: Mapping[str, VerbKind], *, most: int = 24
) -> list[Chunk]:
    """Return the chunks of `text` from `start` to `end`, at most `most`.

    `names` are the paragraph's, in order. `verbs` are the speech verbs of the book's language.
    """
    first, beyond = (bisect_left(names, at, key=lambda name: name.start) for at in (start, end))
    by_start = {name.start: name for name in names[first:beyond]}
    chunks: list[Chunk] = []
    at = start
    while len(chunks) < most and (match := _TOKEN.search(text, at, end)):
        chunk = _read_phrase(text, match, end, by_start) or _make_word(match, verbs)
        chunks.append(chunk)
        at = chunk.end
    return chunks


def _make_word(match: re.Match[str], verbs: Mapping[str, VerbKind]) -> Chunk:
    low = match[0].lower()
    return Chunk(verbs.get(low, "word"), match.start(), match.end(), low)


def _read_phrase(text: str, match: re.Match[str], end: int, names: dict[int, NameMention]) -> Chunk | None:
    """Return the chunk of a name, a mark, a pronoun or a noun phrase, or None for any other word."""
    at, word = match.start(), match[0]
    low = word.lower()
    if (name := names.get(at)) is not None:
        return _read_name(text, name, end, names)
    if not word[0].isalnum():
        return Chunk("end" if word in _SENTENCE_ENDS else "mark", at, match.end(), word)
    if low in SUBJECTS:
        phrase = Phrase(at, match.end(), "pronoun", word, pronoun=SUBJECTS[low])
        return Chunk("phrase", at, match.end(), low, phrase)
    if low in _DETERMINERS and (found := _read_noun_phrase(text, match, end, names)):
        return _read_owned_words(found, low, names) or Chunk(
            "phrase", found.start, found.end, found.text.lower(), found
        )
    if low in OBJECTS:
        return Chunk("object", at, match.end(), low, Phrase(at, match.end(), "pronoun", word, pronoun=OBJECTS[low]))
    return None


def _read_owned_words(phrase: Phrase, determiner: str, names: dict[int, NameMention]) -> Chunk | None:
    """Return the chunk of words that have an owner: "his reply", "the man's reply", "the Collector's voice"."""
    if phrase.head not in _WORDS_OF_SPEECH:
        return None
    owner: Phrase | None = None
    if (match := _OWNER.match(phrase.text)) is not None:
        end = phrase.start + match.end(1)
        name = names.get(phrase.start + match.start(2))
        if name is not None:
            owner = Phrase(name.start, name.end, "name", name.surface, name=name)
        else:
            heard = phrase.head == "voice"  # in "a boy's voice", the voice is all that is known of the boy
            whole = (phrase.end, phrase.text) if heard else (end, match[1])
            owned = determiner in POSSESSIVES
            owner = Phrase(phrase.start, whole[0], "noun", whole[1], head=match[2].lower(), owned=owned)
    elif determiner in OWNERS:
        owner = Phrase(phrase.start, phrase.end, "pronoun", determiner, pronoun=OWNERS[determiner])
    return Chunk("words", phrase.start, phrase.end, phrase.head, owner) if owner else None


def _read_name(text: str, name: NameMention, end: int, names: dict[int, NameMention]) -> Chunk:
    if not name.possessive:
        phrase = Phrase(name.start, name.end, "name", name.surface, name=name)
        return Chunk("phrase", name.start, name.end, name.surface.lower(), phrase)
    owned = _POSSESSIVE.match(text, name.end, end)
    noun = read_noun(text, owned.end() - 1, end, names) if owned else None
    if noun is not None and noun.head in _WORDS_OF_SPEECH:
        owner = Phrase(name.start, name.end, "name", name.surface, name=name)
        return Chunk("words", name.start, noun.end, noun.head, owner)
    if noun is not None and noun.head in load_persons():
        phrase = Phrase(name.start, noun.end, "noun", text[name.start : noun.end], head=noun.head, owned=True)
        return Chunk("phrase", phrase.start, phrase.end, phrase.text.lower(), phrase)
    return Chunk("word", name.start, name.end, name.surface.lower())


def _read_noun_phrase(text: str, first: re.Match[str], end: int, names: dict[int, NameMention]) -> Phrase | None:
    """Return the phrase that a determiner opens, to its noun or to the name in it ("the old Rabbit")."""
    noun = read_noun(text, first.end(), end, names)
    if noun is None or (first[0].lower() == "her" and is_verb(noun.head)):
        return None  # "heard her say"
    whole = text[first.start() : noun.end]
    if noun.name is not None:
        return Phrase(first.start(), noun.end, "name", whole, name=noun.name, head=noun.head)
    return Phrase(first.start(), noun.end, "noun", whole, head=noun.head, owned=first[0].lower() in POSSESSIVES)


def make_noun_key(phrase: Phrase) -> str:
    """Return the key of a noun phrase: its words without the article. It is empty after a pronoun ("his wife")."""
    words = _OF_A_VOICE.sub("", phrase.text.lower()).split() if phrase.head != "voice" else phrase.text.lower().split()
    if phrase.owned and words[0] in ("his", "her", "their", "its"):
        return ""
    return " ".join(words[1:] if words[0] in _ARTICLES else words)
