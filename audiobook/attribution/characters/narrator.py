"""Who tells the story in the first person, and what the story shows of the narrator's gender."""

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


def _about_me(nouns: str) -> str:
    return (
        rf"\bI(?: am|['’]m| was| had been|['’]d been) {QUALIFIED}(?:{nouns})\b(?!['’])"
        rf"|\b[Aa]s {QUALIFIED}(?:{nouns}),? I\b"
        rf"|\b(?:an?|any|no|every|another) (?:[a-z]+ )?(?:{nouns}) (?:of|at|in) my (?:age|years|position|size)\b"
        rf"|\b(?:an?|another|other) (?:[a-z]+ )?(?:{nouns}) like (?:me|myself)\b"
    )


_SHOWN = re.compile(
    rf"(?P<male>\b[Mm]y (?:[a-z]+ )?(?:{MINE_MALE})\b|{_about_me(MALE_SELF)}|\bI (?:had |was )?shav(?:ed|ing)\b)"
    rf"|\b[Mm]y (?:[a-z]+ )?(?:{MINE_FEMALE})\b|{_about_me(FEMALE_SELF)}"
)
_SAYS_SO = 3.0
_CALLED_SO = 1.5  # by whoever speaks right before or after


def collect_narrator_votes(passages: Sequence[Passage], turns: Sequence[Turn]) -> Iterator[tuple[Gender, float]]:
    """Votes for the teller's gender: by what "I" says of itself, and what others call whoever says "I said"."""
    for passage in passages:
        for start, end in find_narration(passage, turns):
            for match in _SHOWN.finditer(passage.text, start, end):
                yield "male" if match["male"] else "female", _SAYS_SO
    for index, turn in enumerate(turns):
        if is_narrator_turn(turn):
            for match in _SHOWN.finditer(passages[turn.passage].text, turn.start, turn.end):
                yield "male" if match["male"] else "female", _SAYS_SO
            called = (other.addressed_gender for other in find_replies(passages, turns, index))
            yield from ((gender, _CALLED_SO) for gender in called if gender is not None)


def find_narration(passage: Passage, turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """The stretches of a passage that are narration."""
    at = 0
    for index in passage.turns:
        yield at, turns[index].start
        at = turns[index].end
    yield at, len(passage.text)


def is_narrator_turn(turn: Turn) -> bool:
    """Whether the teller surely says the turn: "I said"."""
    return turn.tag is not None and turn.tag.subject.pronoun == "i" and turn.tag.sure


def find_replies(passages: Sequence[Passage], turns: Sequence[Turn], index: int) -> Iterator[Turn]:
    """The turns of others in the paragraphs of talk right before and after that of a turn."""
    own = passages[turns[index].passage].turns
    for beside in (own[0] - 1, own[-1] + 1):
        if 0 <= beside < len(turns) and abs(turns[beside].passage - turns[index].passage) <= NEAR_TURNS:
            others = [turns[i] for i in passages[turns[beside].passage].turns]
            if not any(map(is_narrator_turn, others)):
                yield from others


_I = re.compile(rf"(?<![\w'’])I(?![\w.])(?!(?: (?:{BEFORE_TELLING}))* (?:{TELLING})\b)")
_SALUTATION = re.compile(r"\W*(?:My )?(?:own )?[Dd]ear(?:est)? [^.!?]{2,40}?(?:[,:—–]|--|$)")
_SHARE = 0.2  # of the paragraphs with narration; in books about others it is less than 0.05
_SHARE_WITH_TAGS = 0.08  # where "I said" stands
_PER_TURN = 0.004  # tags "I said" by which there is somebody, whatever the narration
_TOLD_WORDS = 6  # in a paragraph, for its narration to count
_FEWEST = 2  # paragraphs, or tags
_FEW_TAGS = 5  # of "I said", in a story so short that one call names the teller


def find_narrator(
    passages: Sequence[Passage], turns: Sequence[Turn], people: list[Person], people_by_name: dict[Name, int]
) -> int | None:
    """The person who tells the story, added where no name is known; None where nobody says "I" outside speech."""
    mine = [i for i, turn in enumerate(turns) if is_narrator_turn(turn)]
    if not _is_first_person(passages, turns, len(mine)):
        return None
    named = _find_given_name(passages, people, people_by_name)
    if named is None:
        named = _find_called_name(mine, passages, turns, people, people_by_name)
    if named is not None:
        return named
    people.append(Person(len(people), noun="narrator"))
    return len(people) - 1


def _is_first_person(passages: Sequence[Passage], turns: Sequence[Turn], mine: int) -> bool:
    """Whether somebody who takes part tells the story, or a good deal of it."""
    if mine >= _FEWEST and mine >= _PER_TURN * len(turns):
        return True
    saying = [_says_i(passage, turns) for passage in _skip_letters(passages) if _is_told(passage, turns)]
    share = sum(saying) / len(saying) if saying else 0.0
    return (mine > 0 and share >= _SHARE_WITH_TAGS) or (sum(saying) >= _FEWEST and share >= _SHARE)


def _is_told(passage: Passage, turns: Sequence[Turn]) -> bool:
    return sum(passage.text.count(" ", start, end) for start, end in find_narration(passage, turns)) >= _TOLD_WORDS


def _says_i(passage: Passage, turns: Sequence[Turn]) -> bool:
    return any(_I.search(passage.text, start, end) for start, end in find_narration(passage, turns))


def _skip_letters(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that no letter is; all of them where a book is nothing but letters."""
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
    """Whose name the teller gives as their own: "My name is Josephine Lark", "I, Josephine Lark,"."""
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
class _Likely:
    """Somebody whom others call beside "I said"."""

    called: int
    who: int


def _find_called_name(
    mine: Sequence[int],
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    people: Sequence[Person],
    people_by_name: Mapping[Name, int],
) -> int | None:
    """The name that others call beside "I said", or else anywhere, of somebody whom the narration hardly names."""
    narrated = Counter(people_by_name[m.name] for p in passages for m in p.names if m.name in people_by_name)
    beside = [turn for number in mine for turn in find_replies(passages, turns, number)] if mine else turns
    called = Counter(people_by_name[m.name] for turn in beside for m in turn.addressed if m.name in people_by_name)
    spoke = Counter(
        people_by_name.get(t.tag.subject.name.name) for t in turns if t.tag and t.tag.sure and t.tag.subject.name
    )
    likely = [
        _Likely(n, who)
        for who, n in called.items()
        if narrated[who] <= 3 * n + 2 and narrated[who] < 0.5 * people[who].count and not spoke[who]
    ]
    if not likely:
        return None
    best = max(likely, key=lambda one: (one.called, -one.who))
    alone = len(likely) == 1 and not narrated[best.who] and len(mine) <= _FEW_TAGS
    return best.who if best.called >= _FEWEST or alone else None
