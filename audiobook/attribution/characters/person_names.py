"""Decides which names are people's, by their actions and vocatives, and against prepositions of place before them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from audiobook.attribution.characters.descriptions import find_stated_nouns
from audiobook.attribution.characters.people import get_family_name
from audiobook.attribution.grammar.names import Name, NameMention, names_narrator
from audiobook.attribution.turns import Passage, Turn
from audiobook.languages.en.grammar import BEFORE_PLACE, DEEDS
from audiobook.languages.en.lexicon import load_given_names, load_persons

_ACTION = re.compile(rf" (?:(?:had|never|then|only|just|slowly|quickly) )?(?:[a-z]+ed|{DEEDS}|who)\b")
_LOOK_BACK = 9  # characters; the longest preposition fits
_MIN_SCORE = 1.3


@dataclass(frozen=True, slots=True)
class _Positions:
    """How often each name occurs in each kind of position."""

    tags: Counter[Name]
    called: Counter[Name]
    described: Counter[Name]
    doing: Counter[Name]
    places: Counter[Name]


def select_person_names(
    names: Mapping[Name, int], passages: Sequence[Passage], turns: Sequence[Turn]
) -> dict[Name, int]:
    """Return the names that are people's, with their counts."""
    seen = _count_positions(passages, turns)
    people = {name: count for name, count in names.items() if _is_person(name, count, seen)}
    given = {name.words[0] for name in people if len(name.words) == 1 and not name.title and not name.the}
    nouns = {name.words[0] for name in people if len(name.words) == 1 and name.the}
    full = {
        name: count
        for name, count in names.items()
        if not seen.places[name] and len(name.words) > 1 and (name.words[0] in given or name.words[-1] in nouns)
    }
    families = {
        surname
        for name in (*people, *full)
        if (surname := get_family_name(name)) and surname.lower() not in load_given_names()
    }
    return {n: count for n, count in (people | full).items() if seen.tags[n] or not _is_family(n, families)}


def _is_family(name: Name, surnames: AbstractSet[str]) -> bool:
    """Return whether the name is that of several people: "the Schlegels", "the Miss Steeles"."""
    last = name.words[-1]
    return (last[-1] == "s" and last[:-1] in surnames) or (last[-2:] == "es" and last[:-2] in surnames)


def _count_positions(passages: Sequence[Passage], turns: Sequence[Turn]) -> _Positions:
    narrated = [(mention, passage.text) for passage in passages for mention in passage.names]
    placed = [(mention, text, _is_in_place_position(mention, text)) for mention, text in narrated]
    return _Positions(
        tags=Counter(t.tag.subject.name.name for t in turns if t.tag and t.tag.subject.name),
        called=Counter(mention.name for turn in turns for mention in (*turn.addressed, *turn.introduces)),
        described=Counter(m.name for m, text in narrated if names_narrator(text, m) or any(find_stated_nouns(text, m))),
        doing=Counter(m.name for m, text, place in placed if not place and _ACTION.match(text, m.end)),
        places=Counter(m.name for m, _, place in placed if place),
    )


def _is_in_place_position(mention: NameMention, text: str) -> bool:
    before = text[max(0, mention.start - _LOOK_BACK) : mention.start].split(" ")
    return len(before) > 1 and before[-2] in BEFORE_PLACE


def _is_person(name: Name, count: int, seen: _Positions) -> bool:
    if seen.tags[name] >= 2 or name.title:
        return True
    if name.words[0].lower() in load_given_names() or name.words[-1].lower() in load_persons():
        return True
    score = (
        2.0 * seen.tags[name]
        + seen.called[name]
        + seen.described[name]
        + 0.7 * seen.doing[name]
        - 0.5 * seen.places[name]
    )
    return score >= min(_MIN_SCORE, 0.6 * count) and score >= 0.04 * count
