"""Features of a candidate as the referent of a noun in the tag, such as "the old gentleman".

A noun in a tag may be a person of its own, or refer to a person with a name. In a conversation, the person whom a tag
two dialogue paragraphs away names is probably the referent, and one whom a tag one paragraph away names is not. The
narration also names the referent nearby.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from audiobook.attribution.characters.context_nouns import (
    NounContext,
    find_dialogue_paragraphs,
    find_noun_contexts,
    read_tag_noun,
)
from audiobook.attribution.characters.narrator import find_narration
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.turns import Passage, Turn

_BACK, _AHEAD = 12, 6  # paragraphs around a noun in which its referent is probably named
_MAX_COUNT = 8  # highest count
_ADJACENT_WEIGHT = 2  # weight of an adjacent turn against, where an alternating turn weighs 1
_NAMED_WEIGHT = 2.0  # weight of a name in the narration nearby
_EXCLUDED = -20.0
_INTRODUCTION = r"\b(?:an?|another|one|two|three|some) (?:[\w'’-]+,? ){{0,3}}?({})\b(?!['’]s)"

_BOOK = -1

_Place = tuple[int, str]  # (index of a chapter or _BOOK, noun)


class NounFeatures:
    """Counts of the people around each noun."""

    def __init__(self, parsed: ParsedBook) -> None:
        self._parsed = parsed
        self._tag_counts = Counter[_Place]()
        self._adjacent = Counter[tuple[_Place, int]]()  # one dialogue paragraph away
        self._alternating = Counter[tuple[_Place, int]]()  # two dialogue paragraphs away
        self._near = Counter[tuple[str, int]]()
        self._introduced = _find_introductions(parsed)
        for passage, turn in find_dialogue_paragraphs(parsed.passages, parsed.turns):
            if turn is not None and (key := read_tag_noun(turn)):
                self._record_noun(passage, turn, key)
        for noun_context in find_noun_contexts(parsed.passages, parsed.turns):
            if (who := parsed.person_of(noun_context.other)) is not None:
                self._record_context(noun_context, who)

    def _record_context(self, noun_context: NounContext, who: int) -> None:
        record = self._adjacent if noun_context.step == 1 else self._alternating
        record[(_BOOK, noun_context.noun), who] += 1
        record[(noun_context.chapter, noun_context.noun), who] += 1

    def _record_noun(self, passage: Passage, turn: Turn, key: str) -> None:
        parsed, number = self._parsed, turn.passage
        self._tag_counts[_BOOK, key] += 1
        self._tag_counts[passage.chapter, key] += 1
        around = {
            who
            for other in range(max(0, number - _BACK), min(len(parsed.passages), number + _AHEAD + 1))
            if parsed.passages[other].scene == passage.scene
            for who in parsed.mention_ranges[other]
        }
        self._near.update((key, who) for who in around)

    def find_features(self, turn: Turn, people: Sequence[int]) -> Iterator[dict[str, float]]:
        """Yield for each of the people the features as the referent of the noun in a turn's tag."""
        key = read_tag_noun(turn)
        if not key or not people:
            yield from ({} for _ in people)
            return
        chapter = self._parsed.passages[turn.passage].chapter
        own = self._parsed.nouns.get(key)
        strengths = [_EXCLUDED if who == own else self._score_fit(turn, who) for who in people]
        best = max(strengths)
        introduced = self._find_introduction_back(turn)
        for who, strength in zip(people, strengths, strict=True):
            found: dict[str, float] = {
                "noun said": min(self._tag_counts[_BOOK, key], 4 * _MAX_COUNT),
                "noun's best": best,
            }
            found["noun introduced"] = introduced
            for name, place in (("book", (_BOOK, key)), ("chapter", (chapter, key))):
                found[f"noun faces in {name}"] = min(self._adjacent[place, who], _MAX_COUNT)
                found[f"noun alternates in {name}"] = min(self._alternating[place, who], _MAX_COUNT)
            found["noun near"] = round(self._near[key, who] / max(1, self._tag_counts[_BOOK, key]), 2)
            found["noun fits"] = strength
            found["noun fits best"] = float(strength == best)
            yield found

    def _find_introduction_back(self, turn: Turn) -> float:
        """Return how near before the turn the chapter introduces somebody by this noun ("a stranger"), or 0."""
        head = turn.tag.subject.head if turn.tag is not None else ""
        places = self._introduced.get(head, [])
        at = bisect_right(places, turn.passage) - 1
        if at < 0 or self._parsed.passages[places[at]].chapter != self._parsed.passages[turn.passage].chapter:
            return 0.0
        return 1.0 / (1 + turn.passage - places[at])

    def _score_fit(self, turn: Turn, who: int) -> float:
        """Return how well a person fits as the referent of the noun in the turn's tag."""
        key, person = read_tag_noun(turn), self._parsed.people[who]
        wanted = turn.tag.subject.gender if turn.tag is not None else None
        if person.noun or (wanted is not None and person.gender not in (wanted, None)):
            return _EXCLUDED
        places = ((_BOOK, key), (self._parsed.passages[turn.passage].chapter, key))
        shown = sum(self._alternating[place, who] - _ADJACENT_WEIGHT * self._adjacent[place, who] for place in places)
        return round(shown + _NAMED_WEIGHT * self._near[key, who] / max(1, self._tag_counts[_BOOK, key]), 2)


def _find_introductions(parsed: ParsedBook) -> dict[str, list[int]]:
    """Return the passages, in order, in which the narration introduces somebody by the head of a noun in a tag."""
    heads = {turn.tag.subject.head for turn in parsed.turns if read_tag_noun(turn) and turn.tag is not None}
    places: dict[str, list[int]] = {}
    if not heads:
        return places
    pattern = re.compile(_INTRODUCTION.format("|".join(map(re.escape, sorted(heads)))), re.IGNORECASE)
    for number, passage in enumerate(parsed.passages):
        for start, end in find_narration(passage, parsed.turns):
            for match in pattern.finditer(passage.text, start, end):
                places.setdefault(match[1].lower(), []).append(number)
    return places
