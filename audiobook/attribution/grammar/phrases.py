"""Whom a stretch of narration is about: names, pronouns, "the old man", "his wife"; and the verbs of speech between.

A light reading of a clause, a piece at a time: enough to tell who does what in "said the old man" or "Emma, blushing,
replied".
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from audiobook.attribution.grammar.names import NameMention
from audiobook.attribution.grammar.nouns import VerbKind, is_verb, read_noun
from audiobook.languages.en.lexicon import grammar, persons
from audiobook.languages.en.pronouns import NOMINATIVE, OBJECTS, OWNERS, POSSESSIVES, SUBJECTS
from audiobook.model.script import Gender

Kind = Literal["name", "pronoun", "noun"]
PieceKind = Literal[
    "phrase",  # somebody, as a subject may be
    "object",  # him, her, me
    "verb",
    "weak verb",
    "participle",  # "saying"
    "weak participle",
    "base",  # "say"
    "weak base",
    "words",  # what somebody says or says it with, whose it is: "Emma's reply", "his voice"
    "word",
    "mark",
    "end",
]

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
_DETERMINERS = grammar("determiners")
_NEVER_SPEAK = grammar("never speak")
_ABSTRACT = re.compile(r"[a-z]{3,}(?:ness|tion|sion|ment|ship|ity|ance|ism)$").match
_WORDS_OF_SPEECH = grammar("words of speech")
_POSSESSIVE = re.compile(r"(?:['’]s?|\ss)\s")
_OWNER = re.compile(r"(.*?([^\W_]+))(?:['’]s|\ss)\s")  # "the croupier's" polite reply
_ARTICLES = grammar("articles")
_OF_A_VOICE = re.compile(r"['’]s voice$")
_SENTENCE_ENDS = ".!?;"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Somebody named in the narration."""

    start: int
    end: int
    kind: Kind
    text: str  # as written
    name: NameMention | None = None  # of a name
    pronoun: str = ""  # "male", "female", "they", "i", "it"
    head: str = ""  # of a noun phrase: its last word, small; of a name: the last word before it ("my aunt Bea")
    owned: bool = False  # "his wife", "Emma's father": somebody by their tie to another

    @property
    def gender(self) -> Gender | None:
        """The gender that the pronoun or the noun shows."""
        if self.kind == "pronoun":
            return "male" if self.pronoun == "male" else "female" if self.pronoun == "female" else None
        person = persons().get(self.head)
        return person.gender if person else None

    @property
    def nominative(self) -> bool:
        """Whether it is a pronoun that only a subject can be: "he", not "it" or "him"."""
        return self.kind == "pronoun" and self.text.lower() in NOMINATIVE

    @property
    def speaks(self) -> bool:
        """Whether it can be somebody: "the dormouse" can, "the half-hour" cannot."""
        return self.kind != "noun" or self.head == "voice" or not (self.head in _NEVER_SPEAK or _ABSTRACT(self.head))


class Piece(NamedTuple):
    """A piece of a clause."""

    kind: PieceKind
    start: int
    end: int
    text: str  # small
    phrase: Phrase | None = None


def read_pieces(
    text: str, start: int, end: int, names: Sequence[NameMention], verbs: Mapping[str, VerbKind], *, most: int = 24
) -> list[Piece]:
    """Return the pieces of `text` from `start` to `end`, at most `most`.

    `names` are the paragraph's, in order; `verbs` are the verbs of speech of the book's language.
    """
    first, beyond = (bisect_left(names, at, key=lambda name: name.start) for at in (start, end))
    by_start = {name.start: name for name in names[first:beyond]}
    pieces: list[Piece] = []
    at = start
    while len(pieces) < most and (match := _TOKEN.search(text, at, end)):
        piece = _piece(text, match, end, by_start) or _word(match, verbs)
        pieces.append(piece)
        at = piece.end
    return pieces


def _word(match: re.Match[str], verbs: Mapping[str, VerbKind]) -> Piece:
    low = match[0].lower()
    return Piece(verbs.get(low, "word"), match.start(), match.end(), low)


def _piece(text: str, match: re.Match[str], end: int, names: dict[int, NameMention]) -> Piece | None:
    """The piece of a name, a mark, a pronoun or a noun phrase; None for any other word."""
    at, word = match.start(), match[0]
    low = word.lower()
    if (name := names.get(at)) is not None:
        return _named(text, name, end, names)
    if not word[0].isalnum():
        return Piece("end" if word in _SENTENCE_ENDS else "mark", at, match.end(), word)
    if low in SUBJECTS:
        phrase = Phrase(at, match.end(), "pronoun", word, pronoun=SUBJECTS[low])
        return Piece("phrase", at, match.end(), low, phrase)
    if low in _DETERMINERS and (found := _noun_phrase(text, match, end, names)):
        return _words_of(found, low, names) or Piece("phrase", found.start, found.end, found.text.lower(), found)
    if low in OBJECTS:
        return Piece("object", at, match.end(), low, Phrase(at, match.end(), "pronoun", word, pronoun=OBJECTS[low]))
    return None


def _words_of(phrase: Phrase, determiner: str, names: dict[int, NameMention]) -> Piece | None:
    """ "his reply", "the man's reply", "the Collector's voice": what he says, and he himself."""
    if phrase.head not in _WORDS_OF_SPEECH:
        return None
    owner: Phrase | None = None
    if (match := _OWNER.match(phrase.text)) is not None:
        end = phrase.start + match.end(1)
        name = names.get(phrase.start + match.start(2))
        if name is not None:
            owner = Phrase(name.start, name.end, "name", name.surface, name=name)
        else:
            heard = phrase.head == "voice"  # "a boy's voice" is all that is known of the boy
            whole = (phrase.end, phrase.text) if heard else (end, match[1])
            owned = determiner in POSSESSIVES
            owner = Phrase(phrase.start, whole[0], "noun", whole[1], head=match[2].lower(), owned=owned)
    elif determiner in OWNERS:
        owner = Phrase(phrase.start, phrase.end, "pronoun", determiner, pronoun=OWNERS[determiner])
    return Piece("words", phrase.start, phrase.end, phrase.head, owner) if owner else None


def _named(text: str, name: NameMention, end: int, names: dict[int, NameMention]) -> Piece:
    if not name.possessive:
        phrase = Phrase(name.start, name.end, "name", name.surface, name=name)
        return Piece("phrase", name.start, name.end, name.surface.lower(), phrase)
    owned = _POSSESSIVE.match(text, name.end, end)
    noun = read_noun(text, owned.end() - 1, end, names) if owned else None
    if noun is not None and noun.head in _WORDS_OF_SPEECH:
        owner = Phrase(name.start, name.end, "name", name.surface, name=name)
        return Piece("words", name.start, noun.end, noun.head, owner)
    if noun is not None and noun.head in persons():
        phrase = Phrase(name.start, noun.end, "noun", text[name.start : noun.end], head=noun.head, owned=True)
        return Piece("phrase", phrase.start, phrase.end, phrase.text.lower(), phrase)
    return Piece("word", name.start, name.end, name.surface.lower())


def _noun_phrase(text: str, first: re.Match[str], end: int, names: dict[int, NameMention]) -> Phrase | None:
    """The phrase that a determiner opens: up to its noun, or the name in it ("the old Rabbit")."""
    noun = read_noun(text, first.end(), end, names)
    if noun is None or (first[0].lower() == "her" and is_verb(noun.head)):
        return None  # "heard her say"
    whole = text[first.start() : noun.end]
    if noun.name is not None:
        return Phrase(first.start(), noun.end, "name", whole, name=noun.name, head=noun.head)
    return Phrase(first.start(), noun.end, "noun", whole, head=noun.head, owned=first[0].lower() in POSSESSIVES)


def noun_key(phrase: Phrase) -> str:
    """What a noun phrase is known by: without its article. Empty where it is tied to a pronoun ("his wife")."""
    words = _OF_A_VOICE.sub("", phrase.text.lower()).split() if phrase.head != "voice" else phrase.text.lower().split()
    if phrase.owned and words[0] in ("his", "her", "their", "its"):
        return ""
    return " ".join(words[1:] if words[0] in _ARTICLES else words)
