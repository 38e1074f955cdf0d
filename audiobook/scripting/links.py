"""Which turns belong together: one speech."""

from collections.abc import Iterator

from audiobook.scripting.stage import Stage


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
