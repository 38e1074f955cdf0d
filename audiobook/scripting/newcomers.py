"""Newcomers who only say their names: "Septimus Quill," he said."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from audiobook.scripting.names import Name, NameMention
from audiobook.scripting.turns import NEAR_TURNS, Passage, Turn

_WHO_IS_IT = re.compile(r"\b[Ww]ho(?:['’]s| is| was| are)? (?!you\b|are you\b)[^?]*\?")


def names_given_alone(passages: Sequence[Passage], turns: Sequence[Turn], found: Mapping[Name, int]) -> None:
    """Take it for an introduction where a newcomer's full name is all that somebody says: "Septimus Quill," he said.

    Whoever answers a question after a third person names that person instead.
    """
    first = _first_mentions(passages, turns, found)
    for index, turn in enumerate(turns):
        mentions = (*turn.addressed, *turn.spoken_of)
        if len(mentions) != 1 or not _is_all(passages[turn.passage].text, turn, mentions[0]):
            continue
        who = found.get(mentions[0].name)
        if who is None or first[who] != (turn.passage, mentions[0].start) or _is_asked(passages, turns, index):
            continue
        turn.introduces, turn.addressed, turn.spoken_of = mentions, (), ()


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
    if not full or turn.tag is None or not turn.tag.sure or turn.tag.subject.kind == "name":
        return False
    rest = text[turn.start : mention.start] + text[mention.end : turn.end]
    return not any(c.isalnum() or c in "?!" for c in rest) and turn.tag.subject.pronoun != "i"


_FORMS_OF_ADDRESS = frozenset({"mr", "mrs", "miss", "ms", "sir", "aunt", "uncle", "cousin"})


def _first_mentions(
    passages: Sequence[Passage], turns: Sequence[Turn], found: Mapping[Name, int]
) -> dict[int, tuple[int, int]]:
    """Where everybody is named for the first time: passage and offset."""
    first: dict[int, tuple[int, int]] = {}
    for number, passage in enumerate(passages):
        spoken = (m for i in passage.turns for m in (*turns[i].addressed, *turns[i].spoken_of, *turns[i].introduces))
        for mention in sorted((*passage.names, *spoken), key=lambda m: m.start):
            if (who := found.get(mention.name)) is not None:
                first.setdefault(who, (number, mention.start))
    return first


def _is_asked(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> bool:
    """Whether the turn before asks who somebody else is."""
    before = turns[index - 1] if index else None
    if before is None or turns[index].passage - before.passage > NEAR_TURNS:
        return False
    return _WHO_IS_IT.search(passages[before.passage].text, before.start, before.end) is not None
