"""What a turn is like, whoever says it: its length and place, its marks, its tag, the paragraphs around it."""

from collections.abc import Iterator

from audiobook.scripting.candidates import SETTINGS, Candidacy
from audiobook.scripting.stage import Stage
from audiobook.scripting.tag_forms import Manner
from audiobook.scripting.turns import Turn, closes
from audiobook.scripting.wording import Ending

_ENDINGS: tuple[Ending, ...] = ("stops", "goes on", "breaks off", "exclaims", "asks")
_MANNERS: tuple[Manner, ...] = ("", "goes_on", "calls", "thinks", "asks", "answers")
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
        yield "turn tag manner", _MANNERS.index(turn.tag.manner)
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
