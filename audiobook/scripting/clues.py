"""What speaks for each candidate of a turn: named clues with values, weighed by `weights`.

A turn's setting is the kind of help the text gives: somebody named by a tag, a noun or a pronoun in it, a beat in the
paragraph, or nothing at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log1p
from typing import Literal

from audiobook.script import Gender
from audiobook.scripting.lexicon import TITLE_SPELLINGS, grammar
from audiobook.scripting.phrases import Phrase
from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import NEAR_TURNS, Turn

Setting = Literal["name", "noun", "pronoun", "beat", "bare"]
SETTINGS: tuple[Setting, ...] = ("name", "noun", "pronoun", "beat", "bare")
Clues = dict[str, float]

_RELATIONS = grammar("relations")
_RECENT = 9  # people lately seen who are candidates
_REMEMBERED = 60  # people lately seen who are ranked
_AHEAD = 2  # paragraphs looked at behind the turn's own


@dataclass(frozen=True, slots=True)
class Candidacy:
    """A turn's candidates and the clues for each."""

    setting: Setting
    people: tuple[int, ...]
    clues: tuple[Clues, ...]


def setting_of(stage: Stage, turn: Turn) -> Setting:
    """The kind of help the text gives with the turn."""
    if turn.tag is not None:
        kind = turn.tag.subject.kind
        if kind == "pronoun":
            return "name" if turn.tag.subject.pronoun == "i" and stage.narrator is not None else "pronoun"
        if kind == "name" and stage.person_of(turn.tag.subject) is None:
            return "noun"
        return kind
    return "beat" if turn.before or turn.after else "bare"


class ClueFinder:
    """Walks through the book once, remembering who was seen when."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._seen: dict[int, int] = {}  # person: where last in the narration, in characters from the book's start
        self._scenes: dict[int, int] = {}  # person: the scene in which last seen
        self._most_spoke = log1p(max((p.spoke for p in stage.people), default=1) or 1)
        self._most_named = log1p(max((p.count for p in stage.people), default=1) or 1)

    def candidacies(self) -> Iterator[Candidacy]:
        """The candidates of every turn in order."""
        stage, base = self._stage, 0
        for number, passage in enumerate(stage.passages):
            entered = stage.entrances[number]
            at = 0
            for index in passage.turns:
                turn = stage.turns[index]
                while at < len(entered) and entered[at][0] < turn.start:
                    self._see(entered[at][1], base + entered[at][0], passage.scene)
                    at += 1
                yield self._candidacy(index, number, base)
                self._note_tag(turn, base, passage.scene)
            for offset, who in entered[at:]:
                self._see(who, base + offset, passage.scene)
            base += len(passage.text) + 1

    def _see(self, who: int, where: int, scene: int) -> None:
        self._seen.pop(who, None)
        self._seen[who] = where
        self._scenes[who] = scene

    def _note_tag(self, turn: Turn, base: int, scene: int) -> None:
        """Somebody known by a noun is seen where a tag names them, somebody new where they say who they are."""
        for mention in turn.introduces:
            if mention.name in self._stage.found:
                self._see(self._stage.found[mention.name], base + turn.start, scene)
        if turn.tag is not None and turn.tag.subject.kind != "name":
            who = self._stage.person_of(turn.tag.subject)
            if who is not None:
                self._see(who, base + turn.start, scene)

    def _candidacy(self, index: int, number: int, base: int) -> Candidacy:
        stage = self._stage
        turn = stage.turns[index]
        setting = setting_of(stage, turn)
        recent = list(islice(reversed(self._seen), _REMEMBERED))
        people = tuple(dict.fromkeys([*self._around(index, number), *recent[:_RECENT]]))
        if turn.tag is not None and turn.tag.side == "label" and people[0] == stage.person_of(turn.tag.subject):
            people = people[:1]
        shared = _Shared(stage, index, number, setting, base + turn.start, recent)
        return Candidacy(setting, people, tuple(self._clues(who, shared) for who in people))

    def _around(self, index: int, number: int) -> Iterator[int]:
        """The people whom the turn's own paragraph, the next ones and the neighbouring turns name."""
        stage = self._stage
        turn = stage.turns[index]
        own = stage.person_of(turn.tag.subject) if turn.tag else None
        if own is not None:
            yield own
        yield from (stage.found[m.name] for m in turn.introduces if m.name in stage.found)
        yield from _kin(stage, turn, number)
        chapter = stage.passages[number].chapter
        for passage in range(number, min(number + 1 + _AHEAD, len(stage.passages))):
            if stage.passages[passage].chapter == chapter:
                yield from stage.spans[passage]
        for other in (index - 2, index - 1, index + 1, index + 2):
            if 0 <= other < len(stage.turns) and abs(stage.turns[other].passage - number) <= NEAR_TURNS:
                beside = stage.turns[other]
                yield from (stage.found[m.name] for m in beside.addressed if m.name in stage.found)
                tagged = stage.person_of(beside.tag.subject) if beside.tag else None
                if tagged is not None:
                    yield tagged
        if stage.narrator is not None:
            yield stage.narrator

    def _clues(self, who: int, shared: "_Shared") -> Clues:
        person = self._stage.people[who]
        clues: Clues = {
            "speaks often": log1p(person.spoke) / self._most_spoke,
            "named often": log1p(person.count) / self._most_named,
        }
        if who == self._stage.narrator:
            clues["narrator"] = 1.0
        if self._scenes.get(who) == shared.scene:
            clues["in the scene"] = 1.0
        if who in self._seen:
            clues["distance"] = log1p(shared.position - self._seen[who]) / 8
        else:
            clues["not yet seen"] = 1.0
        shared.add(clues, who, person.gender)
        return clues


class _Shared:
    """What is the same for all candidates of a turn."""

    def __init__(
        self, stage: Stage, index: int, number: int, setting: Setting, position: int, recent: list[int]
    ) -> None:
        turn = stage.turns[index]
        passage = stage.passages[number]
        self.scene, self.position = passage.scene, position
        self._stage, self._turn, self._setting = stage, turn, setting
        subject = turn.tag.subject if turn.tag else None
        self._tagged = stage.person_of(subject)
        self._tag_gender = subject.gender if subject and self._tagged is None else None
        self._head = _title_of(subject)
        self._ranks = {who: rank for rank, who in enumerate(recent)}
        wanted = self._tag_gender or _gender_of(turn.before) or _gender_of(turn.after)
        fits = [w for w in recent if wanted is None or stage.people[w].gender in (wanted, None)]
        self._fit_ranks = {who: rank for rank, who in enumerate(fits)}
        self._local: dict[str, set[int | None]] = {
            "before is": {stage.person_of(turn.before)},
            "after is": {stage.person_of(turn.after)},
            "calls": {stage.found.get(m.name) for m in turn.addressed},
            "introduces": {stage.found.get(m.name) for m in turn.introduces},
            "speaks of": {stage.found.get(m.name) for m in turn.spoken_of},
            "listens": {stage.person_of(turn.tag.listener) if turn.tag else None},
            "kin": set(_kin(stage, turn, number)),
            **dict(_neighbourhood(stage, index, number)),
        }
        self._genders: dict[str, Gender] = dict(_genders_around(stage, index, number))

    def add(self, clues: Clues, who: int, gender: Gender | None) -> None:
        """Add the clues that depend on who the candidate is."""
        self._add_tag(clues, who, gender)
        _rank(clues, "seen", self._ranks.get(who))
        _rank(clues, "fit", self._fit_ranks.get(who))
        _agreement(clues, "before", _gender_of(self._turn.before), gender)
        _agreement(clues, "after", _gender_of(self._turn.after), gender)
        for name, wanted in self._genders.items():
            _agreement(clues, name, wanted, gender)
        for name, people in self._local.items():
            if who in people:
                clues[name] = 1.0

    def _add_tag(self, clues: Clues, who: int, gender: Gender | None) -> None:
        if self._tagged is not None:
            sure = "sure tag" if self._turn.tag and self._turn.tag.sure else "tag"
            clues[f"{sure} is" if who == self._tagged else f"{sure} is another"] = 1.0
        _agreement(clues, "tag", self._tag_gender, gender)
        if self._head and self._head in self._stage.people[who].titles:
            clues["tag is title"] = 1.0


def _kin(stage: Stage, turn: Turn, number: int) -> Iterator[int]:
    """Those of one surname with somebody near, where a tag gives the speech to a relation: "her father"."""
    subject = turn.tag.subject if turn.tag else None
    if subject is None or not subject.owned or subject.head not in _RELATIONS:
        return
    near = {stage.found[m.name] for m in (*turn.addressed, *turn.spoken_of) if m.name in stage.found}
    for passage in range(max(0, number - _AHEAD), number + 1):
        near.update(stage.spans[passage])
    for who in sorted(near):
        for surname in sorted(stage.people[who].surnames):
            yield from (other for other in stage.families.get(surname, ()) if other != who)


def _title_of(subject: Phrase | None) -> str:
    if subject is None or subject.kind != "noun":
        return ""
    return TITLE_SPELLINGS.get(subject.head, subject.head)


def _gender_of(phrase: Phrase | None) -> Gender | None:
    return phrase.gender if phrase is not None and phrase.kind != "name" else None


def _rank(clues: Clues, name: str, rank: int | None) -> None:
    if rank is None:
        clues[f"{name} never"] = 1.0
    elif rank < 3:
        clues[f"{name} {('last', 'second', 'third')[rank]}"] = 1.0


def _agreement(clues: Clues, name: str, wanted: Gender | None, gender: Gender | None) -> None:
    if wanted is None:
        return
    clues[f"{name} gender " + ("unknown" if gender is None else "agrees" if gender == wanted else "clashes")] = 1.0


def _neighbourhood(stage: Stage, index: int, number: int) -> Iterator[tuple[str, set[int | None]]]:
    """The people named at each place around the turn."""
    turn, passage = stage.turns[index], stage.passages[number]
    spans = stage.spans[number]
    yield "in paragraph before", {who for who, (first, _) in spans.items() if first < turn.start}
    yield "in paragraph after", {who for who, (_, last) in spans.items() if last >= turn.end}
    previous = stage.passages[number - 1] if number and stage.passages[number - 1].scene == passage.scene else None
    if previous is not None:
        kind = "talk" if previous.turns else "prose"
        yield f"previous {kind} last", {stage.person_of(previous.last)}
        yield f"previous {kind} first", {stage.person_of(previous.first)}
        yield f"previous {kind}", set(stage.spans[number - 1])
    following = stage.passages[number + 1] if number + 1 < len(stage.passages) else None
    if following is not None and following.scene == passage.scene:
        kind = "talk" if following.turns else "prose"
        yield f"next {kind} first", {stage.person_of(following.first)}
        yield f"next {kind}", set(stage.spans[number + 1])
    for others, step in _beside(stage, index):
        called = [stage.found.get(m.name) for turn in others for m in turn.addressed]
        # Of several whom a speaker calls, the last is the one to answer.
        yield f"{step} calls", set(called[-1:] if step == "previous" else called)
        yield f"{step} speaks of", {stage.found.get(m.name) for turn in others for m in turn.spoken_of}
        yield f"{step} is told", {stage.person_of(turn.tag.listener) for turn in others if turn.tag} - {None}


def _beside(stage: Stage, index: int) -> Iterator[tuple[list[Turn], str]]:
    """The turns of the nearest paragraphs with any, on either side."""
    turn = stage.turns[index]
    for step, direction in (("previous", -1), ("following", 1)):
        own = stage.passages[turn.passage].turns
        other = own[0 if step == "previous" else -1] + direction
        if 0 <= other < len(stage.turns) and abs(stage.turns[other].passage - turn.passage) <= NEAR_TURNS:
            yield [stage.turns[i] for i in stage.passages[stage.turns[other].passage].turns], step


def _genders_around(stage: Stage, index: int, number: int) -> Iterator[tuple[str, Gender]]:
    """The genders that words of address and pronouns around the turn show."""
    if (own := stage.turns[index].addressed_gender) is not None:
        yield "calls", own
    for others, step in _beside(stage, index):
        called = next((turn.addressed_gender for turn in others if turn.addressed_gender), None)
        if called is not None:
            yield f"{step} calls", called
    previous = stage.passages[number - 1] if number else None
    if previous is not None and (gender := _gender_of(previous.last)) is not None:
        yield "previous last", gender
