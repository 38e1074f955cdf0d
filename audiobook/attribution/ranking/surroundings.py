"""What a turn is like and what stands around it: length, place, marks, tag, names and genders nearby."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.grammar.tag_forms import Style
from audiobook.attribution.ranking.candidates import SETTINGS, Candidacy, kin
from audiobook.attribution.ranking.stage import Stage
from audiobook.attribution.speeches import Ending
from audiobook.attribution.turns import Turn, closes
from audiobook.model.script import Gender

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


_ENDINGS: tuple[Ending, ...] = ("stops", "goes on", "breaks off", "exclaims", "asks")
_MANNERS: tuple[Style, ...] = ("", "goes_on", "calls", "thinks", "asks", "answers")
_SIDES = {"before": 1, "after": 2, "label": 3}
_MOST_WORDS = 100
_MOST_CHARACTERS = 999
_MOST = 9  # turns of a paragraph, paragraphs of a gap


def circumstances(stage: Stage, candidacy: Candidacy) -> Iterator[tuple[str, float]]:
    """The clues about a turn alone."""
    turn = stage.turns[candidacy.index]
    yield "turn setting", SETTINGS.index(candidacy.setting)
    yield "turn candidates", len(candidacy.people)
    yield "turn first person", stage.narrator is not None
    if turn.tag is not None:
        yield "turn tag sure", 1 + turn.tag.sure
        yield "turn tag side", _SIDES[turn.tag.side]
        yield "turn tag manner", _MANNERS.index(turn.tag.style)
    yield "turn joined", turn.joined
    yield "turn continues", turn.continues
    yield from _words(stage.passages[turn.passage].text, turn)
    yield from _place(stage, candidacy.index)


def _words(text: str, turn: Turn) -> Iterator[tuple[str, float]]:
    wording = turn.wording
    yield "turn words", min(turn.words, _MOST_WORDS)
    yield "turn ending", _ENDINGS.index(wording.ending)
    yield "turn answers", wording.answers
    yield "turn asks", wording.asks
    yield "turn begins small", wording.continues
    yield "turn calls", bool(turn.addressed)
    yield "turn opens", turn.start == 0
    yield "turn closes", closes(text, turn)


def _place(stage: Stage, index: int) -> Iterator[tuple[str, float]]:
    turn = stage.turns[index]
    passage = stage.passages[turn.passage]
    before = stage.turns[index - 1] if index else None
    behind = stage.turns[index + 1] if index + 1 < len(stage.turns) else None
    yield "turn number", min(index - passage.turns[0], _MOST)
    yield "turn of", min(len(passage.turns), _MOST)
    yield from _answered(stage, before, turn)
    yield "turn gap ahead", _gap(stage, turn, behind)
    floor = before.end if before is not None and before.passage == turn.passage else 0
    ceiling = behind.start if behind is not None and behind.passage == turn.passage else len(passage.text)
    yield "turn narration before", min(turn.start - floor, _MOST_CHARACTERS)
    yield "turn narration after", min(ceiling - turn.end, _MOST_CHARACTERS)


def _answered(stage: Stage, before: Turn | None, turn: Turn) -> Iterator[tuple[str, float]]:
    """What the turn before is like."""
    yield "turn gap back", _gap(stage, turn, before)
    if before is not None and _in_one_scene(stage, turn, before):
        yield "turn asked", before.wording.ending == "asks"
        yield "turn called", bool(before.addressed)


def _gap(stage: Stage, turn: Turn, other: Turn | None) -> int:
    """How many paragraphs lie between two turns; the most if one is in another scene."""
    if other is None or not _in_one_scene(stage, turn, other):
        return _MOST
    return min(abs(other.passage - turn.passage), _MOST)


def _in_one_scene(stage: Stage, turn: Turn, other: Turn) -> bool:
    return stage.passages[other.passage].scene == stage.passages[turn.passage].scene
