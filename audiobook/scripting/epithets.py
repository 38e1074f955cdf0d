"""Whom a noun may stand for: the company that "the old gentleman" keeps.

A noun in a tag may be somebody of their own, or stand for somebody with a name. In a conversation whoever a tag names
two paragraphs of talk from the noun's is likely the same person, one paragraph from it somebody else; and the narration
names its bearer somewhere around.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from audiobook.scripting.bearers import spoken_noun
from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import NEAR_TURNS, Passage, Turn

_BACK, _AHEAD = 12, 6  # paragraphs around a noun in which its bearer is likely named
_MOST = 8  # that counts reach
_SAYS_ANOTHER = 2  # how much heavier a turn taken with somebody weighs than one between
_NEAR = 2.0  # what it weighs that the narration names somebody near each time
_NOBODY = -20.0

_Place = tuple[int, str]  # a chapter's index, or -1 for the book, and a noun


class Epithets:
    """The company that every noun keeps."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._said = Counter[_Place]()
        self._faced = Counter[tuple[_Place, int]]()  # one paragraph of talk from the noun's
        self._alternates = Counter[tuple[_Place, int]]()  # two from it
        self._near = Counter[tuple[str, int]]()
        talk = [(passage, self._speaker(passage)) for passage in stage.passages if passage.turns]
        for at, (passage, turn) in enumerate(talk):
            if turn is not None and (key := spoken_noun(turn)):
                self._note(passage, turn, key)
                for step, record in ((1, self._faced), (2, self._alternates)):
                    for other in (at - step, at + step):
                        if 0 <= other < len(talk):
                            record.update(self._met(turn, key, talk[other], step))

    def _speaker(self, passage: Passage) -> Turn | None:
        """The first turn of a paragraph whose tag is sure."""
        turns = (self._stage.turns[index] for index in passage.turns)
        return next((turn for turn in turns if turn.tag is not None and turn.tag.sure), None)

    def _note(self, passage: Passage, turn: Turn, key: str) -> None:
        stage, number = self._stage, turn.passage
        self._said[-1, key] += 1
        self._said[passage.chapter, key] += 1
        around = {
            who
            for other in range(max(0, number - _BACK), min(len(stage.passages), number + _AHEAD))
            if stage.passages[other].scene == passage.scene
            for who in stage.spans[other]
        }
        self._near.update((key, who) for who in around)

    def _met(self, turn: Turn, key: str, other: tuple[Passage, Turn | None], step: int) -> Iterator[tuple[_Place, int]]:
        """Who speaks so many paragraphs of talk from the noun, where it is one conversation."""
        stage, (passage, beside) = self._stage, other
        here = stage.passages[turn.passage]
        if beside is None or passage.scene != here.scene or abs(beside.passage - turn.passage) >= step + NEAR_TURNS:
            return
        who = stage.person_of(beside.tag.subject) if beside.tag is not None else None
        if who is not None:
            yield (-1, key), who
            yield (here.chapter, key), who

    def clues(self, turn: Turn, people: Sequence[int]) -> Iterator[dict[str, float]]:
        """For each of the people, what speaks for the noun in a turn's tag standing for them."""
        key = spoken_noun(turn)
        if not key or not people:
            yield from ({} for _ in people)
            return
        chapter = self._stage.passages[turn.passage].chapter
        own = self._stage.nouns.get(key)
        strengths = [_NOBODY if who == own else self._strength(turn, who) for who in people]
        best = max(strengths)
        for who, strength in zip(people, strengths, strict=True):
            found: dict[str, float] = {"noun said": min(self._said[-1, key], 4 * _MOST), "noun's best": best}
            for name, place in (("book", (-1, key)), ("chapter", (chapter, key))):
                found[f"noun faces in {name}"] = min(self._faced[place, who], _MOST)
                found[f"noun alternates in {name}"] = min(self._alternates[place, who], _MOST)
            found["noun near"] = round(self._near[key, who] / max(1, self._said[-1, key]), 2)
            found["noun fits"] = strength
            found["noun fits best"] = float(strength == best)
            yield found

    def _strength(self, turn: Turn, who: int) -> float:
        """How well the noun in the turn's tag fits somebody."""
        key, person = spoken_noun(turn), self._stage.people[who]
        wanted = turn.tag.subject.gender if turn.tag is not None else None
        if person.noun or (wanted is not None and person.gender not in (wanted, None)):
            return _NOBODY
        places = ((-1, key), (self._stage.passages[turn.passage].chapter, key))
        shown = sum(self._alternates[place, who] - _SAYS_ANOTHER * self._faced[place, who] for place in places)
        return round(shown + _NEAR * self._near[key, who] / max(1, self._said[-1, key]), 2)
