"""Newcomers who only say their names: "Septimus Quill," he said."""

import re
from collections.abc import Sequence
from itertools import pairwise

from audiobook.scripting.names import NameMention
from audiobook.scripting.turns import NEAR_TURNS, Passage, Turn

_WHO_IS_IT = re.compile(r"\b[Ww]ho(?:['’]s| is| was| are)? (?!you\b|are you\b|there\b|it\b)[^?]{0,120}\?")
_WHO_ARE_YOU = re.compile(
    r"\b(?:you are|who (?:are|might) you(?: be)?|your name)[^?\w]*\?\W*$|\bwhat(?:['’]s| is) your name\b", re.IGNORECASE
)


def names_given_alone(passages: Sequence[Passage], turns: Sequence[Turn]) -> None:
    """Take it for an introduction where a newcomer's full name is all that somebody says: "Septimus Quill," he said;
    or where it answers the question: "And you are?" "Septimus Quill. I mend clocks."

    Whoever answers a question after a third person names that person instead.
    """
    known: set[str] = set()
    for passage in passages:
        narrated = iter(passage.names)
        ahead = next(narrated, None)
        for index in passage.turns:
            turn = turns[index]
            while ahead is not None and ahead.start < turn.start:
                known.update(ahead.name.words)
                ahead = next(narrated, None)
            mentions = (*turn.addressed, *turn.spoken_of)
            if len(mentions) == 1 and known.isdisjoint(mentions[0].name.words):
                _take_name(passages, turns, index, mentions[0])
            known.update(word for mention in mentions for word in mention.name.words)
        known.update(word for mention in passage.names for word in mention.name.words)


def _take_name(passages: Sequence[Passage], turns: Sequence[Turn], index: int, mention: NameMention) -> None:
    turn, text = turns[index], passages[turns[index].passage].text
    alone = _is_all(text, turn, mention) and not _is_asked(passages, turns, index, _WHO_IS_IT)
    if alone or (_opens(text, turn, mention) and _is_asked(passages, turns, index, _WHO_ARE_YOU)):
        turn.introduces, turn.addressed, turn.spoken_of = (mention,), (), ()


def share_introductions(turns: Sequence[Turn]) -> None:
    """Let every part of a speech know the names that another part gives."""
    for turn, following in pairwise(turns):
        if following.joined or following.continues:
            following.introduces = tuple(dict.fromkeys((*turn.introduces, *following.introduces)))
    for turn, following in zip(turns[-2::-1], turns[:0:-1], strict=True):
        if following.joined or following.continues:
            turn.introduces = following.introduces


def _is_all(text: str, turn: Turn, mention: NameMention) -> bool:
    """Whether the turn is nothing but the name, given in full and said by somebody whom its tag does not name."""
    full = len(mention.name.words) > 1 or (mention.name.title and mention.name.title not in _FORMS_OF_ADDRESS)
    rest = text[turn.start : mention.start] + text[mention.end : turn.end]
    if not full or any(c.isalnum() or c in "?!" for c in rest):
        return False
    if turn.tag is None:
        return _CAME_THE_ANSWER.match(text, turn.end) is not None
    return turn.tag.sure and turn.tag.subject.kind != "name" and turn.tag.subject.pronoun != "i"


def _opens(text: str, turn: Turn, mention: NameMention) -> bool:
    """Whether the turn begins with the name, in full, as a sentence of its own."""
    before, behind = text[turn.start : mention.start], text[mention.end : mention.end + 1]
    return len(mention.name.words) > 1 and not any(map(str.isalnum, before)) and behind in ".,!;—"


_CAME_THE_ANSWER = re.compile(r",? ?(?:came|was) (?:the|his|her) (?:\w+ )?(?:answer|reply)\b")
_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "miss", "ms", "sir", "aunt", "uncle", "cousin"})


def _is_asked(passages: Sequence[Passage], turns: Sequence[Turn], index: int, question: re.Pattern[str]) -> bool:
    """Whether the turn before asks that."""
    before = turns[index - 1] if index else None
    if before is None or turns[index].passage - before.passage > NEAR_TURNS:
        return False
    return question.search(passages[before.passage].text, before.start, before.end) is not None
