"""Whom each place around a turn names, and the genders that its surroundings show."""

from collections.abc import Iterator

from audiobook.script import Gender
from audiobook.scripting.candidates import kin
from audiobook.scripting.phrases import Phrase
from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import NEAR_TURNS, Turn

People = set[int | None]


def people_around(stage: Stage, index: int) -> Iterator[tuple[str, People]]:
    """The people named at each place in and around the turn."""
    turn = stage.turns[index]
    yield "before is", {stage.person_of(turn.before)}
    yield "after is", {stage.person_of(turn.after)}
    yield "calls", {stage.found.get(m.name) for m in turn.addressed}
    yield "introduces", {stage.found.get(m.name) for m in turn.introduces}
    yield "speaks of", {stage.found.get(m.name) for m in turn.spoken_of}
    yield "listens", {stage.person_of(turn.tag.listener) if turn.tag else None}
    yield "kin", set(kin(stage, turn))
    yield from _in_narration(stage, turn)
    yield from _in_talk(stage, index)


def _in_narration(stage: Stage, turn: Turn) -> Iterator[tuple[str, People]]:
    number, spans = turn.passage, stage.spans[turn.passage]
    scene = stage.passages[number].scene
    yield "in paragraph before", {who for who, (first, _) in spans.items() if first < turn.start}
    yield "in paragraph after", {who for who, (_, last) in spans.items() if last >= turn.end}
    previous = stage.passages[number - 1] if number else None
    if previous is not None and previous.scene == scene:
        kind = "talk" if previous.turns else "prose"
        yield f"previous {kind} last", {stage.person_of(previous.last)}
        yield f"previous {kind} first", {stage.person_of(previous.first)}
        yield f"previous {kind}", set(stage.spans[number - 1])
    following = stage.passages[number + 1] if number + 1 < len(stage.passages) else None
    if following is not None and following.scene == scene:
        kind = "talk" if following.turns else "prose"
        yield f"next {kind} first", {stage.person_of(following.first)}
        yield f"next {kind}", set(stage.spans[number + 1])


def _in_talk(stage: Stage, index: int) -> Iterator[tuple[str, People]]:
    for others, step in _beside(stage, index):
        called = [stage.found.get(m.name) for turn in others for m in turn.addressed]
        # Of several whom a speaker calls, the last is the one to answer.
        yield f"{step} calls", set(called[-1:] if step == "previous" else called)
        yield f"{step} speaks of", {stage.found.get(m.name) for turn in others for m in turn.spoken_of}
        yield f"{step} is told", {stage.person_of(turn.tag.listener) for turn in others if turn.tag}


def _beside(stage: Stage, index: int) -> Iterator[tuple[list[Turn], str]]:
    """The turns of the nearest paragraphs with any, on either side."""
    turn = stage.turns[index]
    for step, direction in (("previous", -1), ("following", 1)):
        own = stage.passages[turn.passage].turns
        other = own[0 if step == "previous" else -1] + direction
        if 0 <= other < len(stage.turns) and abs(stage.turns[other].passage - turn.passage) <= NEAR_TURNS:
            yield [stage.turns[i] for i in stage.passages[stage.turns[other].passage].turns], step


def genders_around(stage: Stage, index: int) -> Iterator[tuple[str, Gender]]:
    """The genders that the tag, beats, words of address and pronouns around the turn show."""
    turn = stage.turns[index]
    tagged = tag_gender(stage, turn)
    own = (("tag", tagged), ("before", gender_of(turn.before)), ("after", gender_of(turn.after)))
    told = gender_of(turn.tag.listener) if turn.tag else None
    heard = (("calls", turn.addressed_gender), ("listens", told))
    yield from ((name, gender) for name, gender in (*own, *heard) if gender is not None)
    for others, step in _beside(stage, index):
        called = next((turn.addressed_gender for turn in others if turn.addressed_gender), None)
        if called is not None:
            yield f"{step} calls", called
    previous = stage.passages[turn.passage - 1] if turn.passage else None
    if previous is not None and (gender := gender_of(previous.last)) is not None:
        yield "previous last", gender


def tag_gender(stage: Stage, turn: Turn) -> Gender | None:
    """The gender of a tag's pronoun or noun, where it names nobody known."""
    subject = turn.tag.subject if turn.tag else None
    return subject.gender if subject is not None and stage.person_of(subject) is None else None


def gender_of(phrase: Phrase | None) -> Gender | None:
    """The gender that a pronoun or a noun shows."""
    return phrase.gender if phrase is not None and phrase.kind != "name" else None
