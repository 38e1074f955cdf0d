"""The first-person narrator of a story: who it is, and the evidence for their gender."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name, names_narrator
from audiobook.attribution.turns import NEAR_TURNS, Passage, Turn
from audiobook.languages.en.people import (
    BEFORE_TELLING,
    FEMALE_SELF,
    MALE_SELF,
    MINE_FEMALE,
    MINE_MALE,
    QUALIFIED,
    TELLING,
)
from audiobook.model.script import Gender


def _build_self_pattern(nouns: str) -> str:
    return (
        rf"\bI(?: am|['’]m| was| had been|['’]d been) {QUALIFIED}(?:{nouns})\b(?!['’])"
        rf"|\b[Aa]s {QUALIFIED}(?:{nouns}),? I\b"
        rf"|\b(?:an?|any|no|every|another) (?:[a-z]+ )?(?:{nouns}) (?:of|at|in) my (?:age|years|position|size)\b"
        rf"|\b(?:an?|another|other) (?:[a-z]+ )?(?:{nouns}) like (?:me|myself)\b"
    )


_SELF_DESCRIPTION = re.compile(
    rf"(?P<male>\b[Mm]y (?:[a-z]+ )?(?:{MINE_MALE})\b|{_build_self_pattern(MALE_SELF)}"
    r"|\bI (?:had |was )?shav(?:ed|ing)\b)"
    rf"|\b[Mm]y (?:[a-z]+ )?(?:{MINE_FEMALE})\b|{_build_self_pattern(FEMALE_SELF)}"
)
_SELF_WEIGHT = 3.0
_VOCATIVE_WEIGHT = 1.5  # by the speaker right before or after


def collect_narrator_votes(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[tuple[Gender, float]]:
    """Yield votes for the narrator's gender: from what "I" says of itself, and from how others address the narrator."""
    for passage in passages:
        for start, end in find_narration(passage, turns):
            for match in _SELF_DESCRIPTION.finditer(passage.text, start, end):
                yield "male" if match["male"] else "female", _SELF_WEIGHT
    for index, turn in enumerate(turns):
        if is_narrator_turn(turn):
            for match in _SELF_DESCRIPTION.finditer(passages[turn.passage].text, turn.start, turn.end):
                yield "male" if match["male"] else "female", _SELF_WEIGHT
            called = (other.addressed_gender for other in find_replies(passages, turns, index))
            yield from ((gender, _VOCATIVE_WEIGHT) for gender in called if gender is not None)


def find_narration(passage: Passage, turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the narration in a passage."""
    at = 0
    for index in passage.turns:
        yield at, turns[index].start
        at = turns[index].end
    yield at, len(passage.text)


def is_narrator_turn(turn: Turn) -> bool:
    """Return whether a sure tag gives the turn to the narrator: "I said"."""
    return turn.tag is not None and turn.tag.subject.pronoun == "i" and turn.tag.sure


def find_replies(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> Iterator[Turn]:
    """Yield the turns of others in the dialogue paragraphs right before and after that of a turn."""
    own = passages[turns[index].passage].turns
    for beside in (own[0] - 1, own[-1] + 1):
        if 0 <= beside < len(turns) and abs(turns[beside].passage - turns[index].passage) <= NEAR_TURNS:
            others = [turns[i] for i in passages[turns[beside].passage].turns]
            if not any(map(is_narrator_turn, others)):
                yield from others


_I = re.compile(rf"(?<![\w'’])I(?![\w.])(?!(?: (?:{BEFORE_TELLING}))* (?:{TELLING})\b)")
_SALUTATION = re.compile(r"\W*(?:My )?(?:own )?[Dd]ear(?:est)? [^.!?]{2,40}?(?:[,:—–]|--|$)")
_MIN_SHARE = 0.2  # share of paragraphs of narration with "I"; third-person books have less than 0.05
_MIN_SHARE_WITH_TAGS = 0.08  # the same, in a book with "I said"
_MIN_TAGS_PER_TURN = 0.004  # tags "I said" per turn that show a narrator, whatever the narration
_MIN_WORDS = 6  # least number of words of narration for a paragraph to count
_MIN_COUNT = 2  # least number of paragraphs or tags
_MAX_TAGS_OF_SHORT_STORY = 5  # "I said" tags in a story so short that a single vocative identifies the narrator


def find_narrator(
    passages: Sequence[Passage], turns: Sequence[Turn], people: list[Person], people_by_name: dict[Name, int]
) -> int | None:
    """Return the first-person narrator, or None if nobody says "I" in the narration.

    A narrator whose name is not known is added to the people.
    """
    narrator_turns = [i for i, turn in enumerate(turns) if is_narrator_turn(turn)]
    if not _is_first_person(passages, turns, len(narrator_turns)):
        return None
    named = _find_given_name(passages, people, people_by_name)
    if named is None:
        named = _find_called_name(narrator_turns, passages, turns, people, people_by_name)
    if named is not None:
        return named
    people.append(Person(len(people), noun="narrator"))
    return len(people) - 1


def _is_first_person(passages: Sequence[Passage], turns: Sequence[Turn], narrator_turns: int) -> bool:
    """Return whether a character narrates the story, or much of it."""
    if narrator_turns >= _MIN_COUNT and narrator_turns >= _MIN_TAGS_PER_TURN * len(turns):
        return True
    saying = [_says_i(passage, turns) for passage in _skip_letters(passages) if _is_narrated(passage, turns)]
    share = sum(saying) / len(saying) if saying else 0.0
    return (narrator_turns > 0 and share >= _MIN_SHARE_WITH_TAGS) or (sum(saying) >= _MIN_COUNT and share >= _MIN_SHARE)


def _is_narrated(passage: Passage, turns: Sequence[Turn]) -> bool:
    return sum(passage.text.count(" ", start, end) for start, end in find_narration(passage, turns)) >= _MIN_WORDS


def _says_i(passage: Passage, turns: Sequence[Turn]) -> bool:
    return any(_I.search(passage.text, start, end) for start, end in find_narration(passage, turns))


def _skip_letters(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages that are not part of a letter, or all of them in a book that consists of letters."""
    others: list[Passage] = []
    in_letter = False
    for passage in passages:
        in_letter = not passage.turns and (in_letter or _SALUTATION.match(passage.text) is not None)
        if not in_letter:
            others.append(passage)
    return others if len(others) > len(passages) / 2 else list(passages)


def _find_given_name(
    passages: Sequence[Passage], people: Sequence[Person], people_by_name: Mapping[Name, int]
) -> int | None:
    """Return the person whose name the narrator gives as their own ("My name is Josephine Lark")."""
    given = Counter(
        (people_by_name[mention.name], mention.surface)
        for passage in passages
        for mention in passage.names
        if mention.name in people_by_name and names_narrator(passage.text, mention)
    )
    if not given:
        return None
    who, form = given.most_common(1)[0][0]
    people[who].own_form = form
    return who


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A person whom others address beside "I said"."""

    called: int
    who: int


def _find_called_name(
    narrator_turns: Sequence[int],
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    people: Sequence[Person],
    people_by_name: Mapping[Name, int],
) -> int | None:
    """Return the person who is addressed beside "I said", or anywhere, and whom the narration hardly mentions."""
    narrated = Counter(people_by_name[m.name] for p in passages for m in p.names if m.name in people_by_name)
    beside = (
        [turn for number in narrator_turns for turn in find_replies(passages, turns, number)]
        if narrator_turns
        else turns
    )
    called = Counter(people_by_name[m.name] for turn in beside for m in turn.addressed if m.name in people_by_name)
    spoke = Counter(
        people_by_name.get(t.tag.subject.name.name) for t in turns if t.tag and t.tag.sure and t.tag.subject.name
    )
    likely = [
        _Candidate(n, who)
        for who, n in called.items()
        if narrated[who] <= 3 * n + 2 and narrated[who] < 0.5 * people[who].count and not spoke[who]
    ]
    if not likely:
        return None
    best = max(likely, key=lambda one: (one.called, -one.who))
    alone = len(likely) == 1 and not narrated[best.who] and len(narrator_turns) <= _MAX_TAGS_OF_SHORT_STORY
    return best.who if best.called >= _MIN_COUNT or alone else None
