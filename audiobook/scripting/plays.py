"""Speech in the form of a play: which paragraphs begin with their speaker's name and a colon."""

from collections import Counter
from collections.abc import Sequence

from audiobook.scripting.conventions import LABEL, Convention

_NEAR = 3  # paragraphs in which another speaker of the same scene has a label, too


def find_played(texts: Sequence[str], convention: Convention) -> frozenset[int]:
    """The paragraphs of a chapter that begin with a label.

    In a book that is no play, a scene from one shows by labels that come back and alternate.
    """
    labels = {at: match[0].rstrip() for at, text in enumerate(texts) if (match := LABEL.match(text))}
    if convention.labelled:
        return frozenset(labels)
    times = Counter(labels.values())
    back = {at: label for at, label in labels.items() if times[label] > 1}
    playing = {
        at
        for at, label in back.items()
        if any(back.get(other, label) != label for other in range(at - _NEAR, at + _NEAR + 1))
    }
    # Somebody with a single line in the scene has a label between others.
    between = {
        at for at in labels if not playing.isdisjoint((at - 1, at - 2)) and not playing.isdisjoint((at + 1, at + 2))
    }
    return frozenset(playing | between)
