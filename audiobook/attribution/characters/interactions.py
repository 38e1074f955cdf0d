"""Interactions between names: who addresses, answers and alternates with whom.

Two people in one conversation address each other by name and take turns, and the person who is addressed answers. This
shows that two names belong to two people, or that two names belong to one person.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audiobook.attribution.grammar.names import Name
from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.turns import Passage, Turn

_ANSWER_DISTANCE = 2  # paragraphs within which the person addressed answers
_NAMES_PER_SENTENCE = 5  # names of one sentence that count as mentioned together
_AGE_BEFORE = re.compile(r"\b(old|elder|young|younger) $", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]['’\")\]]*\s")
# The least number of interactions, as a share of the mentions of the rarer name, and the number that chance explains.
_MIN_SHARE, _CHANCE_COUNT = 0.02, 1.5
_ADJACENT_WEIGHT, _COOCCURRING_WEIGHT = (
    0.8,
    0.5,
)  # weights of adjacent turns and of shared sentences; a vocative weighs 1
_SAME_SURNAME_WEIGHT = 0.5  # weight where the two names differ only in the title
_FEW_MENTIONS = 5  # with fewer mentions than this,
_FEW_MENTIONS_COUNT = 0.5  # this weighted count is proof
_OTHER_ANSWERS = 5  # answers by another person that show that a person never answers to a name
NARRATOR_NAME = Name("", ("I",))  # stands for the narrator, where the narrator speaks

NameCounts = Mapping[Name, Counter[Name]]
_Counts = dict[Name, Counter[Name]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interactions:
    """The interactions of each name: the other names, and how often."""

    vocatives: NameCounts  # the names that the person addresses or is addressed by
    adjacent: NameCounts  # the names of those who speak right before or after the person
    cooccurring: NameCounts  # the names in the same sentence
    answers: NameCounts  # the names of those who speak before or after the person is addressed
    shared: frozenset[Name]  # names of both an old and a young person: "old Mr. Emerson", "young Mr. Emerson"

    def are_different_people(self, name: Name, mentions: int, is_theirs: Callable[[Name], bool]) -> bool:
        """Return whether the name belongs to another person than the one whose names `is_theirs` accepts.

        `mentions` is how often the rarer of the two is named.
        """
        if name in self.shared:
            return True
        vocatives, adjacent, cooccurring = (
            sum(_weigh(name, other) * n for other, n in met.get(name, Counter[Name]()).items() if is_theirs(other))
            for met in (self.vocatives, self.adjacent, self.cooccurring)
        )
        if vocatives + _ADJACENT_WEIGHT * adjacent + _COOCCURRING_WEIGHT * cooccurring > max(
            _MIN_SHARE * mentions, _CHANCE_COUNT if mentions >= _FEW_MENTIONS else _FEW_MENTIONS_COUNT
        ):
            return True
        return self._only_others_answer(name, is_theirs)

    def _only_others_answer(self, name: Name, is_theirs: Callable[[Name], bool]) -> bool:
        """Return whether only other people answer when the name is called."""
        answers = self.answers.get(name, Counter[Name]())
        if any(other in (name, NARRATOR_NAME) or is_theirs(other) for other in answers):
            return False
        return max(answers.values(), default=0) >= max(_OTHER_ANSWERS, answers.total() / 2)


def _weigh(name: Name, other: Name) -> float:
    """Return the weight of an interaction: less if only the title differs ("Mr. Pell", "Pell"), 0 for the same name."""
    return 0.0 if name == other else _SAME_SURNAME_WEIGHT if name.words == other.words else 1.0


def find_interactions(passages: Sequence[Passage], turns: Sequence[Turn]) -> Interactions:
    """Count the interactions of the names of a book."""
    return Interactions(
        vocatives=_count_vocatives(turns),
        adjacent=_count_adjacent(turns),
        cooccurring=_count_cooccurring(passages),
        answers=_count_answers(passages, turns),
        shared=_find_shared_names(passages, turns),
    )


def _find_shared_names(passages: Sequence[Passage], turns: Sequence[Turn]) -> frozenset[Name]:
    """Return the surnames with a title that belong to an old person, more than once, and to a young one."""
    seen = Counter[tuple[str, Name]]()
    for passage in passages:
        spoken = (m for i in passage.turns for m in (*turns[i].addressed, *turns[i].spoken_of))
        for mention in (*passage.names, *spoken):
            if mention.name.title and len(mention.name.words) == 1:
                match = _AGE_BEFORE.search(passage.text, max(0, mention.start - len("younger ")), mention.start)
                if match is not None:
                    seen["old" if match[1].lower() in ("old", "elder") else "young", mention.name] += 1
    return frozenset(name for age, name in seen if age == "young" and seen["old", name] > 1)


def _count_vocatives(turns: Sequence[Turn]) -> _Counts:
    """For each name, count the names that the person addresses and is addressed by."""
    counts: _Counts = {}
    for turn in turns:
        speaker = _find_tag_name(turn)
        if speaker is None:
            continue
        for mention in turn.addressed:
            counts.setdefault(speaker, Counter())[mention.name] += 1
            counts.setdefault(mention.name, Counter())[speaker] += 1
    return counts


def _count_adjacent(turns: Sequence[Turn]) -> _Counts:
    """For each name, count the names in tags of the turns right before and after, in other paragraphs."""
    adjacent: _Counts = {}
    for turn, following in pairwise(turns):
        one, other = _find_tag_name(turn), _find_tag_name(following)
        if one is not None and other is not None and following.passage == turn.passage + 1:
            adjacent.setdefault(one, Counter())[other] += 1
            adjacent.setdefault(other, Counter())[one] += 1
    return adjacent


def _find_tag_name(turn: Turn) -> Name | None:
    tag = turn.tag
    return tag.subject.name.name if tag is not None and tag.sure and tag.subject.name is not None else None


def _count_cooccurring(passages: Sequence[Passage]) -> _Counts:
    """For each name, count the names in the same sentence of narration."""
    cooccurring: _Counts = {}
    for passage in passages:
        previous: list[Name] = []
        end = 0
        for mention in passage.names:
            if _SENTENCE_END.search(passage.text, end, mention.start):
                previous.clear()
            for other in set(previous[-_NAMES_PER_SENTENCE:]) - {mention.name}:
                cooccurring.setdefault(other, Counter())[mention.name] += 1
                cooccurring.setdefault(mention.name, Counter())[other] += 1
            previous.append(mention.name)
            end = mention.end
    return cooccurring


def _count_answers(passages: Sequence[Passage], turns: Sequence[Turn]) -> _Counts:
    """For each name that is called, count the names of those who speak right before and after."""
    answers: _Counts = {}
    for one, other in _find_exchanges(passages):
        speaker = next(filter(None, (_find_likely_name(turns[i]) for i in other.turns)), None)
        if speaker is None:
            continue
        for name in {m.name for i in one.turns for m in turns[i].addressed}:
            answers.setdefault(name, Counter())[speaker] += 1
    return answers


def _find_exchanges(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Yield each pair of dialogue paragraphs that follow each other closely, in both orders."""
    talking = (passage for passage in enumerate(passages) if passage[1].turns)
    for (at, one), (beyond, other) in pairwise(talking):
        if one.scene == other.scene and beyond - at <= _ANSWER_DISTANCE:
            yield one, other
            yield other, one


def _find_likely_name(turn: Turn) -> Name | None:
    """Return the name of the probable speaker of a turn, by its tag or by the sentences beside it."""
    if turn.tag is not None:
        return NARRATOR_NAME if turn.tag.subject.pronoun == "i" else _get_name(turn.tag.subject)
    return _get_name(turn.before) or _get_name(turn.after)


def _get_name(phrase: Phrase | None) -> Name | None:
    return phrase.name.name if phrase is not None and phrase.kind == "name" and phrase.name is not None else None
