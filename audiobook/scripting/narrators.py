"""Who tells the story, where it is told in the first person."""

import re
from collections import Counter
from collections.abc import Sequence

from audiobook.scripting.introductions import tells_own_name
from audiobook.scripting.names import Name
from audiobook.scripting.people import Person
from audiobook.scripting.turns import Passage, Turn

_I = re.compile(r"(?<![\w'’])I(?![\w.])")
_PER_WORD = 0.008  # a narrator who takes part says "I" at least so often
_FEWEST_TAGS = 2


def find_narrator(
    passages: Sequence[Passage], turns: Sequence[Turn], people: list[Person], found: dict[Name, int]
) -> int | None:
    """The person who tells the story, added where no name is known; None where nobody says "I" outside speech."""
    mine = [i for i, turn in enumerate(turns) if _is_mine(turn)]
    if not (len(mine) >= _FEWEST_TAGS or (mine and _says_i(passages, turns))) and not _says_i(passages, turns):
        return None
    named = _name_given(passages, people, found)
    if named is None:
        named = _name_called(mine, passages, turns, people, found)
    if named is not None:
        return named
    people.append(Person(len(people), noun="narrator"))
    return len(people) - 1


def _is_mine(turn: Turn) -> bool:
    return turn.tag is not None and turn.tag.subject.pronoun == "i" and turn.tag.sure


def _says_i(passages: Sequence[Passage], turns: Sequence[Turn]) -> bool:
    said = words = 0
    for passage in passages:
        at = 0
        for number in passage.turns:
            gap = passage.text[at : turns[number].start]
            said, words = said + len(_I.findall(gap)), words + gap.count(" ")
            at = turns[number].end
        gap = passage.text[at:]
        said, words = said + len(_I.findall(gap)), words + gap.count(" ")
    return said >= 2 and said > _PER_WORD * words


def _name_given(passages: Sequence[Passage], people: Sequence[Person], found: dict[Name, int]) -> int | None:
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


def _name_called(
    mine: Sequence[int],
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    people: Sequence[Person],
    found: dict[Name, int],
) -> int | None:
    """The name that others call beside "I said", of somebody whom the narration hardly names."""
    told = Counter(found[m.name] for p in passages for m in p.names if m.name in found)
    called: Counter[int] = Counter()
    for number in mine:
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(turns) and not _is_mine(turns[beside]):
                if abs(turns[beside].passage - turns[number].passage) > 2:
                    continue
                called.update(found[m.name] for m in turns[beside].addressed if m.name in found)
    likely = [(n, -who) for who, n in called.items() if told[who] <= 3 * n + 2 and told[who] < 0.5 * people[who].count]
    if not likely:
        return None
    best, who = max(likely)
    return -who if best >= _FEWEST_TAGS else None
