"""Features of a turn and its context: length, position, marks, tag, and the names and genders nearby."""

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from audiobook.attribution.grammar.phrases import Phrase
from audiobook.attribution.grammar.tag_forms import DialogueAct
from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import EVIDENCE_KINDS, CandidateSet, find_relatives
from audiobook.attribution.speeches import Ending
from audiobook.attribution.turns import Turn, ends_paragraph
from audiobook.model.script import Gender

_People = Collection[int | None]  # a person whom the text names but who is unknown is None
_DialogueContext = tuple[
    list[tuple[str, _People]], list[tuple[str, Gender]]
]  # (people, genders) that the dialogue shows


class ContextFeatures:
    """The context of turns, asked for in order: the turns of a paragraph share the paragraphs beside it."""

    def __init__(self, parsed: ParsedBook) -> None:
        self._parsed = parsed
        self._beside = lru_cache(maxsize=1)(self._read_dialogue_beside)

    def people(self, index: int, candidates: Sequence[int]) -> Iterator[tuple[str, _People]]:
        """Yield the people named at each place in and around the turn. In its own paragraph, only candidates count."""
        parsed, turn = self._parsed, self._parsed.turns[index]
        yield "before is", {parsed.person_of(turn.before)}
        yield "after is", {parsed.person_of(turn.after)}
        yield "calls", {parsed.people_by_name.get(m.name) for m in turn.addressed}
        yield "introduces", {parsed.people_by_name.get(m.name) for m in turn.introduces}
        yield "speaks of", {parsed.people_by_name.get(m.name) for m in turn.spoken_of}
        yield "listens", {parsed.person_of(turn.tag.listener) if turn.tag else None}
        yield "kin", set(find_relatives(parsed, turn))
        spans = parsed.mention_ranges[turn.passage]
        mentioned = [who for who in candidates if who in spans]
        yield "in paragraph before", {who for who in mentioned if spans[who][0] < turn.start}
        yield "in paragraph after", {who for who in mentioned if spans[who][1] >= turn.end}
        yield from _find_people_beside(parsed, turn.passage)
        yield from self._beside(turn.passage)[0]

    def genders(self, index: int) -> Iterator[tuple[str, Gender]]:
        """Yield the genders that the tag, sentences beside the turn, vocatives and pronouns show."""
        parsed, turn = self._parsed, self._parsed.turns[index]
        shown = (
            ("tag", get_tag_gender(parsed, turn)),
            ("before", get_phrase_gender(turn.before)),
            ("after", get_phrase_gender(turn.after)),
            ("calls", turn.addressed_gender),
            ("listens", get_phrase_gender(turn.tag.listener) if turn.tag else None),
        )
        yield from ((name, gender) for name, gender in shown if gender is not None)
        yield from self._beside(turn.passage)[1]
        previous = parsed.passage_beside(turn.passage, -1)
        if previous is not None and (gender := get_phrase_gender(previous.last)) is not None:
            yield "previous last", gender

    def _read_dialogue_beside(self, passage: int) -> _DialogueContext:
        """Return the people named and the genders shown by the nearest dialogue paragraphs on either side."""
        parsed = self._parsed
        people: list[tuple[str, _People]] = []
        genders: list[tuple[str, Gender]] = []
        for others, step in _find_dialogue_around(parsed, passage):
            called = [parsed.people_by_name.get(m.name) for turn in others for m in turn.addressed]
            # Of several people whom a speaker addresses, the last one answers.
            people.append((f"{step} calls", set(called[-1:] if step == "previous" else called)))
            people.append(
                (f"{step} speaks of", {parsed.people_by_name.get(m.name) for turn in others for m in turn.spoken_of})
            )
            people.append((f"{step} is told", {parsed.person_of(turn.tag.listener) for turn in others if turn.tag}))
            gender = next((turn.addressed_gender for turn in others if turn.addressed_gender), None)
            if gender is not None:
                genders.append((f"{step} calls", gender))
        return people, genders


def _find_dialogue_around(parsed: ParsedBook, passage: int) -> Iterator[tuple[list[Turn], str]]:
    """Yield the turns of the nearest dialogue paragraphs, on either side of a dialogue paragraph."""
    own = parsed.passages[passage].turns
    for step, other in (("previous", own[0] - 1), ("following", own[-1] + 1)):
        if parsed.in_conversation(own[0], other):
            yield [parsed.turns[i] for i in parsed.passages[parsed.turns[other].passage].turns], step


def _find_people_beside(parsed: ParsedBook, number: int) -> Iterator[tuple[str, _People]]:
    """Yield the people whom the paragraphs right before and after name, if they are in the same scene."""
    previous = parsed.passage_beside(number, -1)
    if previous is not None:
        kind = "talk" if previous.turns else "prose"
        yield f"previous {kind} last", {parsed.person_of(previous.last)}
        yield f"previous {kind} first", {parsed.person_of(previous.first)}
        yield f"previous {kind}", parsed.mention_ranges[number - 1]
    following = parsed.passage_beside(number, 1)
    if following is not None:
        kind = "talk" if following.turns else "prose"
        yield f"next {kind} first", {parsed.person_of(following.first)}
        yield f"next {kind}", parsed.mention_ranges[number + 1]


def get_tag_gender(parsed: ParsedBook, turn: Turn) -> Gender | None:
    """Return the gender of a tag's pronoun or noun, if the tag does not refer to a known person."""
    subject = turn.tag.subject if turn.tag else None
    return subject.gender if subject is not None and parsed.person_of(subject) is None else None


def get_phrase_gender(phrase: Phrase | None) -> Gender | None:
    """Return the gender that a pronoun or a noun shows."""
    return phrase.gender if phrase is not None and phrase.kind != "name" else None


_ENDINGS: tuple[Ending, ...] = ("stops", "goes on", "breaks off", "exclaims", "asks")
_DIALOGUE_ACTS: tuple[DialogueAct, ...] = ("", "goes_on", "calls", "thinks", "asks", "answers")
_SIDES = {"before": 1, "after": 2, "label": 3}
_MAX_WORDS = 100
_MAX_CHARACTERS = 999
_MAX_COUNT = 9  # turns of a paragraph, paragraphs of a gap


def find_turn_features(parsed: ParsedBook, candidate_set: CandidateSet) -> Iterator[tuple[str, float]]:
    """Yield the features of the turn that are the same for all candidates."""
    turn = parsed.turns[candidate_set.index]
    yield "turn setting", EVIDENCE_KINDS.index(candidate_set.evidence_kind)
    yield "turn candidates", len(candidate_set.people)
    yield "turn first person", parsed.narrator is not None
    if turn.tag is not None:
        yield "turn tag sure", 1 + turn.tag.sure
        yield "turn tag side", _SIDES[turn.tag.side]
        yield "turn tag manner", _DIALOGUE_ACTS.index(turn.tag.dialogue_act)
    yield "turn joined", turn.joined
    yield "turn continues", turn.continues
    yield from _find_wording(parsed.passages[turn.passage].text, turn)
    yield from _find_position(parsed, candidate_set.index)


def _find_wording(text: str, turn: Turn) -> Iterator[tuple[str, float]]:
    wording = turn.wording
    yield "turn words", min(turn.words, _MAX_WORDS)
    yield "turn ending", _ENDINGS.index(wording.ending)
    yield "turn answers", wording.answers
    yield "turn asks", wording.asks
    yield "turn begins small", wording.continues
    yield "turn calls", bool(turn.addressed)
    yield "turn opens", turn.start == 0
    yield "turn closes", ends_paragraph(text, turn)


def _find_position(parsed: ParsedBook, index: int) -> Iterator[tuple[str, float]]:
    turn = parsed.turns[index]
    passage = parsed.passages[turn.passage]
    before = parsed.turns[index - 1] if index else None
    behind = parsed.turns[index + 1] if index + 1 < len(parsed.turns) else None
    yield "turn number", min(index - passage.turns[0], _MAX_COUNT)
    yield "turn of", min(len(passage.turns), _MAX_COUNT)
    yield from _find_preceding(parsed, before, turn)
    yield "turn gap ahead", _count_gap(parsed, turn, behind)
    floor = before.end if before is not None and before.passage == turn.passage else 0
    ceiling = behind.start if behind is not None and behind.passage == turn.passage else len(passage.text)
    yield "turn narration before", min(turn.start - floor, _MAX_CHARACTERS)
    yield "turn narration after", min(ceiling - turn.end, _MAX_CHARACTERS)


def _find_preceding(parsed: ParsedBook, before: Turn | None, turn: Turn) -> Iterator[tuple[str, float]]:
    """Yield the features of the turn before."""
    yield "turn gap back", _count_gap(parsed, turn, before)
    if before is not None and _are_in_one_scene(parsed, turn, before):
        yield "turn asked", before.wording.ending == "asks"
        yield "turn called", bool(before.addressed)


def _count_gap(parsed: ParsedBook, turn: Turn, other: Turn | None) -> int:
    """Return the number of paragraphs between two turns, or the highest if one is in another scene."""
    if other is None or not _are_in_one_scene(parsed, turn, other):
        return _MAX_COUNT
    return min(abs(other.passage - turn.passage), _MAX_COUNT)


def _are_in_one_scene(parsed: ParsedBook, turn: Turn, other: Turn) -> bool:
    return parsed.passages[other.passage].scene == parsed.passages[turn.passage].scene
