"""Who calls, faces and answers whom: what the talk in a book shows of the bearers of names.

Two people of one conversation call each other by name and take turns; whoever is called answers. So two names may be
told apart, and two names of one person found.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audiobook.scripting.names import Name
from audiobook.scripting.people import Evidence
from audiobook.scripting.phrases import Phrase
from audiobook.scripting.turns import Passage, Turn

_SOON = 2  # paragraphs within which somebody called answers
TELLER = Name("", ("I",))  # stands for whoever tells the story, where they speak

Met = dict[Name, Counter[Name]]


def find_acquaintance(passages: Sequence[Passage], turns: Sequence[Turn]) -> Evidence:
    """What the talk shows of the bearers of names."""
    return Evidence(called=_called_by(turns), faced=_faced(turns), answered=_answered(passages, turns))


def _called_by(turns: Sequence[Turn]) -> Met:
    """For every name, the names that its bearer calls others by, and is called by others of."""
    apart: Met = {}
    for turn in turns:
        speaker = _tagged_name(turn)
        if speaker is None:
            continue
        for mention in turn.addressed:
            apart.setdefault(speaker, Counter())[mention.name] += 1
            apart.setdefault(mention.name, Counter())[speaker] += 1
    return apart


def _faced(turns: Sequence[Turn]) -> Met:
    """For every name, the names that tags give to the turn right before or after its bearer's in another paragraph."""
    faced: Met = {}
    for turn, following in pairwise(turns):
        one, other = _tagged_name(turn), _tagged_name(following)
        if one is not None and other is not None and following.passage == turn.passage + 1:
            faced.setdefault(one, Counter())[other] += 1
            faced.setdefault(other, Counter())[one] += 1
    return faced


def _tagged_name(turn: Turn) -> Name | None:
    tag = turn.tag
    return tag.subject.name.name if tag is not None and tag.sure and tag.subject.name is not None else None


def _answered(passages: Sequence[Passage], turns: Sequence[Turn]) -> Met:
    """For every name that is called, the names of those who speak right before and after."""
    answered: Met = {}
    for one, other in _exchanges(passages):
        speaker = next(filter(None, (_likely_name(turns[i]) for i in other.turns)), None)
        if speaker is None:
            continue
        for name in {m.name for i in one.turns for m in turns[i].addressed}:
            answered.setdefault(name, Counter())[speaker] += 1
    return answered


def _exchanges(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Paragraphs of talk right before or after each other, both ways."""
    talking = (passage for passage in enumerate(passages) if passage[1].turns)
    for (at, one), (beyond, other) in pairwise(talking):
        if one.scene == other.scene and beyond - at <= _SOON:
            yield one, other
            yield other, one


def _likely_name(turn: Turn) -> Name | None:
    """The name of whoever speaks the turn, by its tag or by the sentences beside it."""
    if turn.tag is not None:
        return TELLER if turn.tag.subject.pronoun == "i" else _name_of(turn.tag.subject)
    return _name_of(turn.before) or _name_of(turn.after)


def _name_of(phrase: Phrase | None) -> Name | None:
    return phrase.name.name if phrase is not None and phrase.kind == "name" and phrase.name is not None else None
