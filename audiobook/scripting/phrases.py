"""Whom a stretch of narration is about: names, pronouns, "the old man", "his wife"; and the verbs of speech between.

A light reading of a clause, a piece at a time: enough to tell who does what in "said the old man" or "Emma, blushing,
replied".
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.script import Gender
from audiobook.scripting.lexicon import grammar, persons, speech_verbs
from audiobook.scripting.names import NameMention

Kind = Literal["name", "pronoun", "noun"]

_TOKEN = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*|[^\w\s]")
SUBJECTS = {"he": "male", "she": "female", "they": "they", "i": "i", "we": "i", "it": "it"}
_DETERMINERS = grammar("determiners")
_POSSESSIVES = frozenset(["his", "her", "my", "their", "our", "its"])
_AFTER_NOUN = grammar("after noun")
_OWNED = re.compile(r"(?:['’]s?|\ss)\s+((?:[a-z]+\s+){0,2}?[a-z]+)\b")  # "'s old father"
_OWNER = re.compile(r" ([^\W_]+)['’]s $")  # of a voice: "a boy's voice" is a boy
_WORDS_IN_A_NOUN_PHRASE = 5
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
    head: str = ""  # of a noun phrase: its last word, small
    owned: bool = False  # "his wife", "Emma's father": somebody by their tie to another

    @property
    def gender(self) -> Gender | None:
        """The gender that the pronoun or the noun shows."""
        if self.kind == "pronoun":
            return "male" if self.pronoun == "male" else "female" if self.pronoun == "female" else None
        person = persons().get(self.head)
        return person.gender if person else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a clause."""

    kind: Literal["phrase", "verb", "weak verb", "word", "mark", "end"]
    start: int
    end: int
    text: str  # small
    phrase: Phrase | None = None


def read_pieces(text: str, start: int, end: int, names: Sequence[NameMention], *, most: int = 24) -> list[Piece]:
    """The pieces of `text` from `start` to `end`, at most so many. `names` are the paragraph's, in order."""
    first, beyond = (bisect_left(names, at, key=lambda name: name.start) for at in (start, end))
    by_start = {name.start: name for name in names[first:beyond]}
    pieces: list[Piece] = []
    at = start
    while len(pieces) < most and (match := _TOKEN.search(text, at, end)):
        piece = _piece(text, match, end, by_start)
        pieces.append(piece)
        at = piece.end
    return pieces


def _piece(text: str, match: re.Match[str], end: int, names: dict[int, NameMention]) -> Piece:
    at, word = match.start(), match[0]
    low = word.lower()
    if (name := names.get(at)) is not None:
        return _named(text, name, end)
    if not word[0].isalnum():
        return Piece("end" if word in _SENTENCE_ENDS else "mark", at, match.end(), word)
    if low in SUBJECTS:
        phrase = Phrase(at, match.end(), "pronoun", word, pronoun=SUBJECTS[low])
        return Piece("phrase", at, match.end(), low, phrase)
    if low in _DETERMINERS and (found := _noun_phrase(text, match, end, names)):
        return Piece("phrase", found.start, found.end, found.text.lower(), found)
    return Piece(_word_kind(low), at, match.end(), low)


def _word_kind(word: str) -> Literal["verb", "weak verb", "word"]:
    if word in speech_verbs().strong:
        return "verb"
    return "weak verb" if word in speech_verbs().weak else "word"


def _named(text: str, name: NameMention, end: int) -> Piece:
    if name.possessive:
        owned = _OWNED.match(text, name.end, end)
        head = owned[1].split()[-1] if owned else ""
        if owned and head in persons():
            phrase = Phrase(name.start, owned.end(), "noun", text[name.start : owned.end()], head=head, owned=True)
            return Piece("phrase", phrase.start, phrase.end, phrase.text.lower(), phrase)
        return Piece("word", name.start, name.end, name.surface.lower())
    phrase = Phrase(name.start, name.end, "name", name.surface, name=name)
    return Piece("phrase", name.start, name.end, name.surface.lower(), phrase)


def _noun_phrase(text: str, first: re.Match[str], end: int, names: dict[int, NameMention]) -> Phrase | None:
    """The phrase that a determiner opens: up to its noun, or the name in it ("the old Rabbit")."""
    verbs = speech_verbs()
    last = first
    head = ""
    for _ in range(_WORDS_IN_A_NOUN_PHRASE):
        match = _TOKEN.match(text, last.end() + 1, end) if text[last.end() : last.end() + 1] == " " else None
        if match is None or not match[0][0].isalpha():
            break
        if (name := names.get(match.start())) is not None and not name.possessive:
            return Phrase(first.start(), name.end, "name", text[first.start() : name.end], name=name)
        low = match[0].lower()
        if low in _AFTER_NOUN or (head and (low in verbs.strong or low in verbs.weak or low.endswith("ly"))):
            break
        last, head = match, low
        if low in persons() and not _goes_on(text, match, end):
            break
    if not head:
        return None
    if head == "voice" and (owner := _OWNER.search(text, first.end(), last.start())):
        head = owner[1].lower()
    owned = first[0].lower() in _POSSESSIVES
    return Phrase(first.start(), last.end(), "noun", text[first.start() : last.end()], head=head, owned=owned)


def _goes_on(text: str, match: re.Match[str], end: int) -> bool:
    """Whether the noun is followed by another noun for a person ("the old lady visitor")."""
    following = _TOKEN.match(text, match.end() + 1, end)
    return following is not None and following[0].lower() in persons()
