"""Who tells the story, where it is told in the first person."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audiobook.scripting.introductions import tells_own_name
from audiobook.scripting.names import Name
from audiobook.scripting.people import Person
from audiobook.scripting.telling import answers, is_mine, told
from audiobook.scripting.turns import Passage, Turn

# "I" of somebody who takes part: not of an author who steps in ("I must tell the reader", "as I have said").
_BEFORE_TELLING = (
    "am|do|did|must|shall|will|would|should|need|cannot|can|could|may|might|dare|have|had|hardly|now|only|here|never|not"
    "|afraid|glad|sorry|bound|going|obliged|to"
)
_TELLING = (
    "tell|say|said|speak|confess|own|describe|pretend|relate|explain|add|introduce|repeat|mention|mean|suppose|believe"
    "|fear|trust|assure|remark"
)
_I = re.compile(rf"(?<![\w'’])I(?![\w.])(?!(?: (?:{_BEFORE_TELLING}))* (?:{_TELLING})\b)")
_SALUTATION = re.compile(r"\W*(?:My )?(?:own )?[Dd]ear(?:est)? [^.!?]{2,40}?(?:[,:—–]|--|$)")
_SHARE = 0.2  # of the paragraphs with narration; in books about others it is less than 0.05
_SHARE_WITH_TAGS = 0.08  # where "I said" stands
_PER_TURN = 0.004  # tags "I said" by which there is somebody, whatever the narration
_TOLD_WORDS = 6  # in a paragraph, for its narration to count
_FEWEST = 2  # paragraphs, or tags
_FEW_TAGS = 5  # of "I said", in a story so short that one call names the teller


def find_narrator(
    passages: Sequence[Passage], turns: Sequence[Turn], people: list[Person], found: dict[Name, int]
) -> int | None:
    """The person who tells the story, added where no name is known; None where nobody says "I" outside speech."""
    mine = [i for i, turn in enumerate(turns) if is_mine(turn)]
    if not _is_first_person(passages, turns, len(mine)):
        return None
    named = _name_given(passages, people, found)
    if named is None:
        named = _name_called(mine, passages, turns, people, found)
    if named is not None:
        return named
    people.append(Person(len(people), noun="narrator"))
    return len(people) - 1


def _is_first_person(passages: Sequence[Passage], turns: Sequence[Turn], mine: int) -> bool:
    """Whether somebody who takes part tells the story, or a good deal of it."""
    if mine >= _FEWEST and mine >= _PER_TURN * len(turns):
        return True
    saying = [_says_i(passage, turns) for passage in _without_letters(passages) if _is_told(passage, turns)]
    share = sum(saying) / len(saying) if saying else 0.0
    return (mine > 0 and share >= _SHARE_WITH_TAGS) or (sum(saying) >= _FEWEST and share >= _SHARE)


def _is_told(passage: Passage, turns: Sequence[Turn]) -> bool:
    return sum(passage.text.count(" ", start, end) for start, end in told(passage, turns)) >= _TOLD_WORDS


def _says_i(passage: Passage, turns: Sequence[Turn]) -> bool:
    return any(_I.search(passage.text, start, end) for start, end in told(passage, turns))


def _without_letters(passages: Sequence[Passage]) -> list[Passage]:
    """The passages that no letter is; all of them where a book is nothing but letters."""
    others: list[Passage] = []
    in_letter = False
    for passage in passages:
        in_letter = not passage.turns and (in_letter or _SALUTATION.match(passage.text) is not None)
        if not in_letter:
            others.append(passage)
    return others if len(others) > len(passages) / 2 else list(passages)


def _name_given(passages: Sequence[Passage], people: Sequence[Person], found: Mapping[Name, int]) -> int | None:
    """Whose name the teller gives as their own: "My name is Josephine Lark", "I, Josephine Lark,"."""
    given = Counter(
        (found[mention.name], mention.surface)
        for passage in passages
        for mention in passage.names
        if mention.name in found and tells_own_name(passage.text, mention)
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


def _name_called(
    mine: Sequence[int],
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    people: Sequence[Person],
    found: Mapping[Name, int],
) -> int | None:
    """The name that others call beside "I said", or else anywhere, of somebody whom the narration hardly names."""
    narrated = Counter(found[m.name] for p in passages for m in p.names if m.name in found)
    beside = [turn for number in mine for turn in answers(passages, turns, number)] if mine else turns
    called = Counter(found[m.name] for turn in beside for m in turn.addressed if m.name in found)
    spoke = Counter(found.get(t.tag.subject.name.name) for t in turns if t.tag and t.tag.sure and t.tag.subject.name)
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
