"""Which turns belong together: one speech, one paragraph, one conversation."""

from collections.abc import Iterator
from itertools import pairwise

from audiobook.scripting.stage import Stage
from audiobook.scripting.turns import NEAR_TURNS, Passage

_STEPS = 3  # turns of talk over which speakers say something about each other


def chains(stage: Stage) -> Iterator[list[int]]:
    """Turns that are one speech: cut by a tag, or running over paragraphs."""
    chain: list[int] = []
    for index, turn in enumerate(stage.turns):
        if chain and not (turn.joined or turn.continues):
            yield chain
            chain = []
        chain.append(index)
    if chain:
        yield chain


def links(stage: Stage) -> list[list[tuple[int, str]]]:
    """For every turn, the turns whose speakers say something about its own, and how each stands to it."""
    found: list[list[tuple[int, str]]] = [[] for _ in stage.turns]
    talking = [passage for passage in stage.passages if passage.turns]
    for i, passage in enumerate(talking):
        for one, two in pairwise(passage.turns):
            kind = "one speech" if stage.turns[two].joined else "paragraph"
            found[two].append((one, f"{kind} before"))
            found[one].append((two, f"{kind} after"))
        for step, other in enumerate(reversed(talking[max(0, i - _STEPS) : i]), 1):
            _link(stage, found, (other, passage), step)
    return found


def _link(stage: Stage, found: list[list[tuple[int, str]]], pair: tuple[Passage, Passage], step: int) -> None:
    """Link two paragraphs of one conversation, `step` turns of talk apart."""
    earlier, later = pair
    last, first = earlier.turns[-1], later.turns[0]
    gap = stage.turns[first].passage - stage.turns[last].passage - step
    if earlier.scene != later.scene or gap > NEAR_TURNS:
        return
    how = " over a gap" if gap and step < _STEPS else ""
    if stage.turns[first].continues and step == 1:
        how = " goes on"
    for index in later.turns:
        found[index].append((last, f"{step} back{how}"))
    for index in earlier.turns:
        found[index].append((first, f"{step} ahead{how}"))
