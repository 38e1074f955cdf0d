"""Who calls, faces and answers whom: what the talk in a book shows of the bearers of names.

Two people of one conversation call each other by name and take turns; whoever is called answers. So two names may be
told apart, and two names of one person found.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audiobook.attribution.grammar.names import Name
from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.turns import Passage, Turn

_SOON = 2  # paragraphs within which somebody called answers
_TOGETHER = 5  # names of one sentence that are taken for people who are together
_AGED = re.compile(r"\b(old|elder|young|younger) $", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]['’\")\]]*\s")
# How often two people meet at least, of the mentions of the rarer; and how often it seems so by chance.
_MEET, _BY_CHANCE = 0.02, 1.5
_FACED, _BESIDE = 0.8, 0.5  # what these say, where being called by name says 1
_BUT_FOR_A_TITLE = 0.5  # of what a meeting says
_SELDOM = 5  # mentions below which
_ONCE = 0.5  # times prove it
_ANSWERED = 5  # times that somebody else answers to a name before it is nobody's who never does
TELLER = Name("", ("I",))  # stands for whoever tells the story, where they speak

NameCounts = Mapping[Name, Counter[Name]]
_Counts = dict[Name, Counter[Name]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """How the bearers of names meet: per name, the other names and how often."""

    vocatives: NameCounts  # whom the bearer calls by which other name, and is called by
    adjacent: NameCounts  # by which names those go who speak right before or after the bearer
    cooccurring: NameCounts  # which names stand in one sentence with the bearer's
    answers: NameCounts  # by which names those go who speak before or after the bearer is called
    shared: frozenset[Name]  # names that an old and a young one bear: "old Mr. Emerson", "young Mr. Emerson"

    def are_different_people(self, name: Name, mentions: int, is_theirs: Callable[[Name], bool]) -> bool:
        """Whether the bearer of the name is somebody else than the person whose names are known by `is_theirs`.

        `mentions` is how often the rarer of the two is named.
        """
        if name in self.shared:
            return True
        vocatives, adjacent, cooccurring = (
            sum(_weight(name, other) * n for other, n in met.get(name, Counter[Name]()).items() if is_theirs(other))
            for met in (self.vocatives, self.adjacent, self.cooccurring)
        )
        if vocatives + _FACED * adjacent + _BESIDE * cooccurring > max(
            _MEET * mentions, _BY_CHANCE if mentions >= _SELDOM else _ONCE
        ):
            return True
        return self._another_answers(name, is_theirs)

    def _another_answers(self, name: Name, is_theirs: Callable[[Name], bool]) -> bool:
        """Whether it is always somebody else who answers when the name is called."""
        answers = self.answers.get(name, Counter[Name]())
        if any(other in (name, TELLER) or is_theirs(other) for other in answers):
            return False
        return max(answers.values(), default=0) >= max(_ANSWERED, answers.total() / 2)


def _weight(name: Name, other: Name) -> float:
    """What a meeting of two names says: less where only a title parts them, "Mr. Pell" and "Pell"; none of one."""
    return 0.0 if name == other else _BUT_FOR_A_TITLE if name.words == other.words else 1.0


def find_interactions(passages: Sequence[Passage], turns: Sequence[Turn]) -> Interactions:
    """How the bearers of names meet in a book."""
    return Interactions(
        vocatives=_called_by(turns),
        adjacent=_faced(turns),
        cooccurring=_beside(passages),
        answers=_answered(passages, turns),
        shared=_of_two(passages, turns),
    )


def _of_two(passages: Sequence[Passage], turns: Sequence[Turn]) -> frozenset[Name]:
    """The titled surnames that the book gives both to somebody old, more than once, and to somebody young."""
    seen = Counter[tuple[str, Name]]()
    for passage in passages:
        spoken = (m for i in passage.turns for m in (*turns[i].addressed, *turns[i].spoken_of))
        for mention in (*passage.names, *spoken):
            if mention.name.title and len(mention.name.words) == 1:
                match = _AGED.search(passage.text, max(0, mention.start - len("younger ")), mention.start)
                if match is not None:
                    seen["old" if match[1].lower() in ("old", "elder") else "young", mention.name] += 1
    return frozenset(name for age, name in seen if age == "young" and seen["old", name] > 1)


def _called_by(turns: Sequence[Turn]) -> _Counts:
    """For every name, the names that its bearer calls others by, and is called by others of."""
    apart: _Counts = {}
    for turn in turns:
        speaker = _tagged_name(turn)
        if speaker is None:
            continue
        for mention in turn.addressed:
            apart.setdefault(speaker, Counter())[mention.name] += 1
            apart.setdefault(mention.name, Counter())[speaker] += 1
    return apart


def _faced(turns: Sequence[Turn]) -> _Counts:
    """For every name, the names that tags give to the turn right before or after its bearer's in another paragraph."""
    adjacent: _Counts = {}
    for turn, following in pairwise(turns):
        one, other = _tagged_name(turn), _tagged_name(following)
        if one is not None and other is not None and following.passage == turn.passage + 1:
            adjacent.setdefault(one, Counter())[other] += 1
            adjacent.setdefault(other, Counter())[one] += 1
    return adjacent


def _tagged_name(turn: Turn) -> Name | None:
    tag = turn.tag
    return tag.subject.name.name if tag is not None and tag.sure and tag.subject.name is not None else None


def _beside(passages: Sequence[Passage]) -> _Counts:
    """For every name, the names in one sentence of narration with it."""
    cooccurring: _Counts = {}
    for passage in passages:
        together: list[Name] = []
        end = 0
        for mention in passage.names:
            if _SENTENCE_END.search(passage.text, end, mention.start):
                together.clear()
            for other in set(together[-_TOGETHER:]) - {mention.name}:
                cooccurring.setdefault(other, Counter())[mention.name] += 1
                cooccurring.setdefault(mention.name, Counter())[other] += 1
            together.append(mention.name)
            end = mention.end
    return cooccurring


def _answered(passages: Sequence[Passage], turns: Sequence[Turn]) -> _Counts:
    """For every name that is called, the names of those who speak right before and after."""
    answers: _Counts = {}
    for one, other in _exchanges(passages):
        speaker = next(filter(None, (_likely_name(turns[i]) for i in other.turns)), None)
        if speaker is None:
            continue
        for name in {m.name for i in one.turns for m in turns[i].addressed}:
            answers.setdefault(name, Counter())[speaker] += 1
    return answers


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
