"""Nouns and the conversations around them: who speaks near "the old gentleman", and whose turn "the girl" has.

In a conversation of two, whoever a tag names two paragraphs of talk from the noun's is likely the same person; whoever
is named one paragraph from it is somebody else.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name
from audiobook.attribution.grammar.phrases import Phrase, make_noun_key
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn
from audiobook.languages.en.lexicon import load_words
from audiobook.model.script import Gender

Talk = tuple[Passage, Turn | None]  # a paragraph of talk and the first turn of it whose tag is sure


class NounContext(NamedTuple):
    """A noun in a tag, and whom another tag near it names."""

    chapter: int
    noun: str
    step: int  # paragraphs of talk between: 1 faces, 2 alternates
    other: Phrase


def find_noun_contexts(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[NounContext]:
    """Whom every noun in a tag meets, where it is one conversation."""
    talk = find_dialogue_paragraphs(passages, turns)
    for at, (passage, turn) in enumerate(talk):
        noun = read_tag_noun(turn)
        for step, other in ((1, at - 1), (1, at + 1), (2, at - 2), (2, at + 2)) if noun else ():
            subject = _find_tag_subject(passage, talk[other], step) if 0 <= other < len(talk) else None
            if subject is not None:
                yield NounContext(passage.chapter, noun, step, subject)


def find_dialogue_paragraphs(passages: Sequence[Passage], turns: Sequence[Turn]) -> list[Talk]:
    """The paragraphs of talk in order."""
    return [(passage, _find_sure_turn(passage, turns)) for passage in passages if passage.turns]


def _find_sure_turn(passage: Passage, turns: Sequence[Turn]) -> Turn | None:
    return next((t for t in (turns[i] for i in passage.turns) if t.tag is not None and t.tag.sure), None)


def _find_tag_subject(here: Passage, there: Talk, step: int) -> Phrase | None:
    passage, turn = there
    if turn is None or turn.tag is None or passage.scene != here.scene:
        return None
    return turn.tag.subject if abs(passage.paragraph - here.paragraph) < step + NEAR_TURNS else None


def read_tag_noun(turn: Turn | None) -> str:
    """The noun that a turn's tag gives the speech to; empty where it is none."""
    subject = turn.tag.subject if turn is not None and turn.tag is not None else None
    return make_noun_key(subject) if subject is not None and subject.kind == "noun" else ""


_OTHERS = load_words("others") | {"speaker", "voice"}
_IN_CHAPTER = 2  # turns that alternate in a chapter, with none that faces
_IN_BOOK = 3  # in the whole book
_UNSHOWN = 3  # more of either, where the noun does not show a gender
_FACES = 0.2  # of the turns that alternate; the most that may face there
_SECOND = 0.34  # of the turns that alternate; the most that somebody else's may
_BOOK = -1

_Place = tuple[int, str]  # a chapter's index, or _BOOK, and a noun


class NounReferents:
    """Whom nouns stand for by the turns that people take."""

    def __init__(
        self,
        passages: Sequence[Passage],
        turns: Sequence[Turn],
        people: Sequence[Person],
        people_by_name: Mapping[Name, int],
    ) -> None:
        self._people = people
        self._faced = Counter[tuple[_Place, int]]()
        self._alternates: dict[_Place, Counter[int]] = {}
        self._present: set[tuple[int, int]] = set()  # chapter, person
        for passage in passages:
            self._present.update(
                (passage.chapter, people_by_name[m.name]) for m in passage.names if m.name in people_by_name
            )
        self._referent = cache(self._find_referent)  # a noun is asked for wherever it stands in the book
        for noun_context in find_noun_contexts(passages, turns):
            who = people_by_name.get(noun_context.other.name.name) if noun_context.other.name is not None else None
            if who is not None:
                self._note((_BOOK, noun_context.noun), noun_context.step, who)
                self._note((noun_context.chapter, noun_context.noun), noun_context.step, who)

    def _note(self, place: _Place, step: int, who: int) -> None:
        if step == 1:
            self._faced[place, who] += 1
        else:
            self._alternates.setdefault(place, Counter())[who] += 1

    def resolve(self, phrase: Phrase, chapter: int) -> int | None:
        """The person whom a noun phrase stands for; None where it may be anybody."""
        key = make_noun_key(phrase) if phrase.kind == "noun" else ""
        if not key or phrase.head in _OTHERS:
            return None
        who = self._referent((chapter, key), phrase.gender, _IN_CHAPTER, 0.0)
        if who is None:
            who = self._referent((_BOOK, key), phrase.gender, _IN_BOOK, _FACES)
            return who if (chapter, who) in self._present else None
        return who

    def _find_referent(self, place: _Place, gender: Gender | None, fewest: int, faces: float) -> int | None:
        alternates = self._alternates.get(place, Counter[int]())
        fits = [
            who
            for who, times in alternates.most_common()
            if gender in (None, self._people[who].gender) and self._faced[place, who] <= faces * times
        ]
        if not fits or alternates[fits[0]] < fewest + (0 if gender else _UNSHOWN):
            return None
        second = alternates[fits[1]] if len(fits) > 1 else 0
        return fits[0] if second <= _SECOND * alternates[fits[0]] else None
