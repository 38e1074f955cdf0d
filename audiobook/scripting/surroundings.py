"""Whom each place around a turn names, and the genders that its surroundings show."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from audiobook.script import Gender
from audiobook.scripting.candidates import kin
from audiobook.scripting.phrases import Phrase
from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import Turn

_People = Collection[int | None]  # those whom the text names without our knowing them are None
_Talk = tuple[list[tuple[str, _People]], list[tuple[str, Gender]]]  # whom it names, and the genders that it shows


class Surroundings:
    """What stands around the turns of a stage, asked for in order: all turns of a paragraph share what is beside it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._beside = lru_cache(maxsize=1)(self._talk_beside)

    def people(self, index: int, candidates: Sequence[int]) -> Iterator[tuple[str, _People]]:
        """The people named at each place in and around the turn; in its own paragraph, the candidates among them."""
        stage, turn = self._stage, self._stage.turns[index]
        yield "before is", {stage.person_of(turn.before)}
        yield "after is", {stage.person_of(turn.after)}
        yield "calls", {stage.found.get(m.name) for m in turn.addressed}
        yield "introduces", {stage.found.get(m.name) for m in turn.introduces}
        yield "speaks of", {stage.found.get(m.name) for m in turn.spoken_of}
        yield "listens", {stage.person_of(turn.tag.listener) if turn.tag else None}
        yield "kin", set(kin(stage, turn))
        spans = stage.spans[turn.passage]
        entered = [who for who in candidates if who in spans]
        yield "in paragraph before", {who for who in entered if spans[who][0] < turn.start}
        yield "in paragraph after", {who for who in entered if spans[who][1] >= turn.end}
        yield from _in_paragraphs_beside(stage, turn.passage)
        yield from self._beside(turn.passage)[0]

    def genders(self, index: int) -> Iterator[tuple[str, Gender]]:
        """The genders that the tag, beats, words of address and pronouns around the turn show."""
        stage, turn = self._stage, self._stage.turns[index]
        shown = (
            ("tag", tag_gender(stage, turn)),
            ("before", gender_of(turn.before)),
            ("after", gender_of(turn.after)),
            ("calls", turn.addressed_gender),
            ("listens", gender_of(turn.tag.listener) if turn.tag else None),
        )
        yield from ((name, gender) for name, gender in shown if gender is not None)
        yield from self._beside(turn.passage)[1]
        previous = stage.passage_beside(turn.passage, -1)
        if previous is not None and (gender := gender_of(previous.last)) is not None:
            yield "previous last", gender

    def _talk_beside(self, passage: int) -> _Talk:
        """Whom the nearest paragraphs of talk on either side name, and the genders that they call."""
        stage = self._stage
        people: list[tuple[str, _People]] = []
        genders: list[tuple[str, Gender]] = []
        for others, step in _talk_about(stage, passage):
            called = [stage.found.get(m.name) for turn in others for m in turn.addressed]
            # Of several whom a speaker calls, the last is the one to answer.
            people.append((f"{step} calls", set(called[-1:] if step == "previous" else called)))
            people.append((f"{step} speaks of", {stage.found.get(m.name) for turn in others for m in turn.spoken_of}))
            people.append((f"{step} is told", {stage.person_of(turn.tag.listener) for turn in others if turn.tag}))
            gender = next((turn.addressed_gender for turn in others if turn.addressed_gender), None)
            if gender is not None:
                genders.append((f"{step} calls", gender))
        return people, genders


def _talk_about(stage: Stage, passage: int) -> Iterator[tuple[list[Turn], str]]:
    """The turns of the nearest paragraphs with any, on either side of a paragraph of talk."""
    own = stage.passages[passage].turns
    for step, other in (("previous", own[0] - 1), ("following", own[-1] + 1)):
        if stage.in_conversation(own[0], other):
            yield [stage.turns[i] for i in stage.passages[stage.turns[other].passage].turns], step


def _in_paragraphs_beside(stage: Stage, number: int) -> Iterator[tuple[str, _People]]:
    """Whom the paragraphs right before and behind one name, if they are of its scene."""
    previous = stage.passage_beside(number, -1)
    if previous is not None:
        kind = "talk" if previous.turns else "prose"
        yield f"previous {kind} last", {stage.person_of(previous.last)}
        yield f"previous {kind} first", {stage.person_of(previous.first)}
        yield f"previous {kind}", stage.spans[number - 1]
    following = stage.passage_beside(number, 1)
    if following is not None:
        kind = "talk" if following.turns else "prose"
        yield f"next {kind} first", {stage.person_of(following.first)}
        yield f"next {kind}", stage.spans[number + 1]


def tag_gender(stage: Stage, turn: Turn) -> Gender | None:
    """The gender of a tag's pronoun or noun, where it names nobody known."""
    subject = turn.tag.subject if turn.tag else None
    return subject.gender if subject is not None and stage.person_of(subject) is None else None


def gender_of(phrase: Phrase | None) -> Gender | None:
    """The gender that a pronoun or a noun shows."""
    return phrase.gender if phrase is not None and phrase.kind != "name" else None
