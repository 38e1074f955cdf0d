"""The company that nouns keep: who speaks one and two paragraphs of talk from a tag with "the old gentleman".

In a conversation of two, whoever a tag names two paragraphs of talk from the noun's is likely the same person; whoever
is named one paragraph from it is somebody else.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audiobook.scripting.phrases import Phrase, noun_key
from audiobook.scripting.turns import NEAR_TURNS, Passage, Turn

Talk = tuple[Passage, Turn | None]  # a paragraph of talk and the first turn of it whose tag is sure


class Meeting(NamedTuple):
    """A noun in a tag, and whom another tag near it names."""

    chapter: int
    noun: str
    step: int  # paragraphs of talk between: 1 faces, 2 alternates
    other: Phrase


def meetings(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[Meeting]:
    """Whom every noun in a tag meets, where it is one conversation."""
    talk = talk_of(passages, turns)
    for at, (passage, turn) in enumerate(talk):
        noun = spoken_noun(turn)
        for step, other in ((1, at - 1), (1, at + 1), (2, at - 2), (2, at + 2)) if noun else ():
            subject = _met(passage, talk[other], step) if 0 <= other < len(talk) else None
            if subject is not None:
                yield Meeting(passage.chapter, noun, step, subject)


def talk_of(passages: Sequence[Passage], turns: Sequence[Turn]) -> list[Talk]:
    """The paragraphs of talk in order."""
    return [(passage, _surest(passage, turns)) for passage in passages if passage.turns]


def _surest(passage: Passage, turns: Sequence[Turn]) -> Turn | None:
    return next((t for t in (turns[i] for i in passage.turns) if t.tag is not None and t.tag.sure), None)


def _met(here: Passage, there: Talk, step: int) -> Phrase | None:
    passage, turn = there
    if turn is None or turn.tag is None or passage.scene != here.scene:
        return None
    return turn.tag.subject if abs(passage.paragraph - here.paragraph) < step + NEAR_TURNS else None


def spoken_noun(turn: Turn | None) -> str:
    """The noun that a turn's tag gives the speech to; empty where it is none."""
    subject = turn.tag.subject if turn is not None and turn.tag is not None else None
    return noun_key(subject) if subject is not None and subject.kind == "noun" else ""
