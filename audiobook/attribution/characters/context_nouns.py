"""Resolves nouns such as "the old gentleman" to named persons, by turn-taking.

In a conversation of two people, the speaker two paragraphs away is probably the same person, and the speaker one
paragraph away is the other one. So a noun in a tag refers to the person whom tags two
paragraphs away name, if no tag one paragraph away names that person.
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

DialogueParagraph = tuple[Passage, Turn | None]  # a paragraph of dialogue, and its first turn with a sure tag


class NounContext(NamedTuple):
    """A noun in a tag, and the person whom a tag near it names."""

    chapter: int
    noun: str
    step: int  # distance in paragraphs of dialogue: 1 adjacent, 2 alternating
    other: Phrase


def find_noun_contexts(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[NounContext]:
    """Yield the context of each noun in a tag: the tags within two paragraphs of the same conversation."""
    dialogue = find_dialogue_paragraphs(passages, turns)
    for at, (passage, turn) in enumerate(dialogue):
        noun = read_tag_noun(turn)
        for step, other in ((1, at - 1), (1, at + 1), (2, at - 2), (2, at + 2)) if noun else ():
            subject = _find_tag_subject(passage, dialogue[other], step) if 0 <= other < len(dialogue) else None
            if subject is not None:
                yield NounContext(passage.chapter, noun, step, subject)


def find_dialogue_paragraphs(passages: Sequence[Passage], turns: Sequence[Turn]) -> list[DialogueParagraph]:
    """Return the paragraphs of dialogue in order."""
    return [(passage, _find_sure_turn(passage, turns)) for passage in passages if passage.turns]


def _find_sure_turn(passage: Passage, turns: Sequence[Turn]) -> Turn | None:
    return next((t for t in (turns[i] for i in passage.turns) if t.tag is not None and t.tag.sure), None)


def _find_tag_subject(here: Passage, there: DialogueParagraph, step: int) -> Phrase | None:
    passage, turn = there
    if turn is None or turn.tag is None or passage.scene != here.scene:
        return None
    return turn.tag.subject if abs(passage.paragraph - here.paragraph) < step + NEAR_TURNS else None


def read_tag_noun(turn: Turn | None) -> str:
    """Return the noun that is the subject of the turn's tag. The result is empty if the tag has none."""
    subject = turn.tag.subject if turn is not None and turn.tag is not None else None
    return make_noun_key(subject) if subject is not None and subject.kind == "noun" else ""


_NOT_SPEAKERS = load_words("others") | {"speaker", "voice"}
_MIN_IN_CHAPTER = 2  # alternating turns that are needed in a chapter, where no adjacent turn is that person's
_MIN_IN_BOOK = 3  # alternating turns that are needed in the whole book
_MORE_WITHOUT_GENDER = 3  # more turns that are needed in both cases, where the noun shows no gender
_MAX_ADJACENT_SHARE = 0.2  # the most adjacent turns, as a share of the alternating ones
_MAX_SECOND_SHARE = 0.34  # the most alternating turns of any other person, as a share
_BOOK = -1

_Place = tuple[int, str]  # (index of a chapter or _BOOK, noun)


class NounReferents:
    """Resolves nouns to persons by who alternates with them in conversations."""

    def __init__(
        self,
        passages: Sequence[Passage],
        turns: Sequence[Turn],
        people: Sequence[Person],
        people_by_name: Mapping[Name, int],
    ) -> None:
        self._people = people
        self._adjacent = Counter[tuple[_Place, int]]()
        self._alternating: dict[_Place, Counter[int]] = {}
        self._present: set[tuple[int, int]] = set()  # (chapter, person)
        for passage in passages:
            self._present.update(
                (passage.chapter, people_by_name[m.name]) for m in passage.names if m.name in people_by_name
            )
        self._referent = cache(self._find_referent)  # the same noun is asked for at many places
        for noun_context in find_noun_contexts(passages, turns):
            who = people_by_name.get(noun_context.other.name.name) if noun_context.other.name is not None else None
            if who is not None:
                self._note((_BOOK, noun_context.noun), noun_context.step, who)
                self._note((noun_context.chapter, noun_context.noun), noun_context.step, who)

    def _note(self, place: _Place, step: int, who: int) -> None:
        if step == 1:
            self._adjacent[place, who] += 1
        else:
            self._alternating.setdefault(place, Counter())[who] += 1

    def resolve(self, phrase: Phrase, chapter: int) -> int | None:
        """Return the person whom a noun phrase refers to, or None if that is not clear."""
        key = make_noun_key(phrase) if phrase.kind == "noun" else ""
        if not key or phrase.head in _NOT_SPEAKERS:
            return None
        who = self._referent((chapter, key), phrase.gender, _MIN_IN_CHAPTER, 0.0)
        if who is None:
            who = self._referent((_BOOK, key), phrase.gender, _MIN_IN_BOOK, _MAX_ADJACENT_SHARE)
            return who if (chapter, who) in self._present else None
        return who

    def _find_referent(self, place: _Place, gender: Gender | None, fewest: int, max_adjacent: float) -> int | None:
        alternating = self._alternating.get(place, Counter[int]())
        fits = [
            who
            for who, times in alternating.most_common()
            if gender in (None, self._people[who].gender) and self._adjacent[place, who] <= max_adjacent * times
        ]
        if not fits or alternating[fits[0]] < fewest + (0 if gender else _MORE_WITHOUT_GENDER):
            return None
        second = alternating[fits[1]] if len(fits) > 1 else 0
        return fits[0] if second <= _MAX_SECOND_SHARE * alternating[fits[0]] else None
