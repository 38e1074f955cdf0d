"""Votes for the gender of people, in log-odds, from the pronouns of the narration.

A pronoun usually refers to the last person named before it. This is less certain if other people of its gender are
near. The weights were measured in annotated novels.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.attribution.characters.narrator import find_narration
from audiobook.attribution.turns import Passage, Turn
from audiobook.languages.en.lexicon import load_words
from audiobook.model.script import Gender

Kind = Literal["he", "his", "him", "himself", "her"]
PersonMention = tuple[int, int]  # (offset in the passage, person)

_PRONOUN = re.compile(
    r"\b(?:(?P<he>[Hh]e|[Ss]he)|(?P<his>[Hh]is|[Hh]ers)|(?P<him>[Hh]im)|(?P<himself>[Hh]imself|[Hh]erself)"
    r"|(?P<her>[Hh]er))\b"
)
_SENTENCE_END = re.compile(r"[.!?;](?=[\"”’»]?(?:\s|$))")
_OBJECT = re.compile(rf"[^\w\s'’]|\s*$| (?:{'|'.join(sorted(load_words('after noun') | load_words('determiners')))})\b")
_OPENS = re.compile(
    r"(?:(?:^|[.!?;:\"”’»—]\s*|--)(?:(?:And|But|Then|So|When|As|While|[Pp]oor|[Oo]ld|[Tt]he|[a-z]+) ?){0,2}|, and )$"
)
_LOOK_BACK = 25  # characters; enough to see whether a name opens a sentence or follows "said"
_MAX_DISTANCE = 400  # most characters between a name and a pronoun that refers to it
_MAX_RIVALS = 3  # people named last to whom the pronoun may refer instead

# (kind, in the same sentence) → weight, where no other person of the gender is near.
_WEIGHTS_ALONE: dict[tuple[Kind, bool], float] = {
    ("himself", True): 4.0,
    ("himself", False): 1.5,
    ("his", True): 2.8,
    ("his", False): 2.2,
    ("he", True): 2.3,
    ("he", False): 2.7,
    ("her", True): 2.4,
    ("her", False): 2.7,
    ("him", False): 2.0,
}
# The same, where another person of the gender is near.
_WEIGHTS_WITH_RIVALS: dict[tuple[Kind, bool], float] = {
    ("himself", True): 3.0,
    ("his", True): 1.7,
    ("his", False): 1.5,
    ("he", True): 1.2,
    ("he", False): 1.5,
    ("her", True): 1.5,
    ("her", False): 1.8,
}
_NOT_SUBJECT_WEIGHT = 0.4  # share of the weight, where the name is not the subject of its sentence
_OBJECT_WEIGHT = 1.8  # "him", in a sentence about another person, for the person named before
_NEXT_PARAGRAPH_WEIGHT = 1.5  # the paragraph begins with the pronoun, and the one before is about one person


@dataclass(slots=True)
class Votes:
    """The evidence that a person is male and that they are female, in log-odds."""

    male: float = 0.0
    female: float = 0.0

    def add(self, gender: Gender, weight: float) -> None:
        """Add a vote."""
        if gender == "male":
            self.male += weight
        else:
            self.female += weight

    @property
    def gender(self) -> Gender:
        """Return the gender with more weight."""
        return "male" if self.male > self.female else "female"

    def exceeds(self, odds: float, share: float) -> bool:
        """Return whether the votes differ by `odds`, and the stronger gender has at least `share` of them."""
        return abs(self.male - self.female) >= odds and max(self.male, self.female) >= share * (self.male + self.female)


@dataclass(frozen=True, slots=True)
class _Pronoun:
    start: int
    kind: Kind
    gender: Gender


def collect_pronoun_votes(
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    person_mentions: Sequence[Sequence[PersonMention]],
    known: Mapping[int, Gender | None],
) -> dict[int, Votes]:
    """Return the votes for each person mentioned. `known` are the genders that names show."""
    votes: dict[int, Votes] = {}
    about: int | None = None  # the only person whom the paragraph before is about
    for passage, seen in zip(passages, person_mentions, strict=True):
        if not seen and about is None:
            continue
        pronouns = list(_find_pronouns(passage, turns))
        if about is not None and pronouns and (not seen or pronouns[0].start < seen[0][0]):
            votes.setdefault(about, Votes()).add(pronouns[0].gender, _NEXT_PARAGRAPH_WEIGHT)
        for who, gender, weight in _find_votes(passage, pronouns, seen, known):
            votes.setdefault(who, Votes()).add(gender, weight)
        about = _find_only_person(passage, pronouns, seen)
    return votes


def _find_pronouns(passage: Passage, turns: Sequence[Turn]) -> Iterator[_Pronoun]:
    """Yield the pronouns of the narration, in order."""
    for start, end in find_narration(passage, turns):
        for match in _PRONOUN.finditer(passage.text, start, end):
            kind: Kind = match.lastgroup  # type: ignore[assignment]  # the groups are the kinds
            if kind == "her" and _OBJECT.match(passage.text, match.end()):
                kind = "him"
            yield _Pronoun(match.start(), kind, "female" if match[0][0] in "sS" or "er" in match[0] else "male")


def _find_only_person(passage: Passage, pronouns: Sequence[_Pronoun], seen: Sequence[PersonMention]) -> int | None:
    """Return the only person whom a paragraph without dialogue is about."""
    mentioned = {who for _, who in seen}
    if passage.turns or len(mentioned) != 1 or len({p.gender for p in pronouns}) > 1:
        return None
    return mentioned.pop()


def _find_votes(
    passage: Passage, pronouns: Sequence[_Pronoun], seen: Sequence[PersonMention], known: Mapping[int, Gender | None]
) -> Iterator[tuple[int, Gender, float]]:
    """Yield the votes of the first pronouns after each name."""
    at = 0
    seen_genders: set[Gender] = set()  # the genders of the pronouns so far
    for i, (start, who) in enumerate(seen):
        while at < len(pronouns) and pronouns[at].start < start:
            seen_genders.add(pronouns[at].gender)
            at += 1
        end = min(start + _MAX_DISTANCE, seen[i + 1][0] if i + 1 < len(seen) else len(passage.text))
        others = [other for _, other in seen[max(0, i - _MAX_RIVALS) : i] if other != who]
        meant = at
        if _is_object(passage.text, start, pronouns[at : at + 1], end):
            gender = pronouns[at].gender
            if len(set(others)) == 1 and seen_genders <= {gender}:
                yield others[-1], gender, _OBJECT_WEIGHT
            meant += 1
        if meant < len(pronouns) and pronouns[meant].start < end:
            pronoun = pronouns[meant]
            before = seen_genders.union(known.get(other) for other in others).union(
                p.gender for p in pronouns[at:meant]
            )
            if weight := _weigh(passage.text, start, pronoun, has_rivals=pronoun.gender in before):
                yield who, pronoun.gender, weight


def _is_object(text: str, start: int, following: Sequence[_Pronoun], end: int) -> bool:
    """Return whether the next pronoun is the object in the sentence of the name, and so refers to another person."""
    if not following or following[0].start >= end or following[0].kind != "him":
        return False
    return _are_in_one_sentence(text, start, following[0].start)


def _are_in_one_sentence(text: str, start: int, end: int) -> bool:
    return _SENTENCE_END.search(text, start, end) is None


def _weigh(text: str, start: int, pronoun: _Pronoun, *, has_rivals: bool) -> float:
    table = _WEIGHTS_WITH_RIVALS if has_rivals else _WEIGHTS_ALONE
    weight = table.get((pronoun.kind, _are_in_one_sentence(text, start, pronoun.start)), 0.0)
    if has_rivals and weight and _OPENS.search(text, max(0, start - _LOOK_BACK), start) is None:
        weight *= _NOT_SUBJECT_WEIGHT
    return weight
