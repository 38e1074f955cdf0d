"""Compute the silence after each line."""

from collections.abc import Sequence
from itertools import pairwise

from audiobook.model.cast import Pauses
from audiobook.model.script import Line


def compute_pauses(lines: Sequence[Line], speaks: Sequence[bool], pauses: Pauses) -> tuple[int, ...]:
    """The silence after each speaking line of a chapter, in milliseconds; one number for each true flag.

    A line that is not spoken (a scene break, bare marks) still shapes the silence it stands in. Where several reasons
    fall together the longest counts; the last silence is the chapter's.
    """
    heard = [at for at, flag in enumerate(speaks) if flag]
    if not heard:
        return ()
    between = (_pause(lines[this : following + 1], pauses) for this, following in pairwise(heard))
    return (*between, max(pauses.chapter, _ending(lines[heard[-1] :], pauses)))


def _pause(stretch: Sequence[Line], pauses: Pauses) -> int:
    """Between the first and the last line of a stretch in which nothing else is heard."""
    before, after = stretch[0], stretch[-1]
    reasons = [pauses.line, _ending(stretch, pauses)]
    if before.speaker != after.speaker:
        reasons.append(pauses.speaker)
    if _paragraph(before) != _paragraph(after):
        reasons.append(pauses.paragraph)
    return max(reasons)


def _ending(stretch: Sequence[Line], pauses: Pauses) -> int:
    """What the line itself, and the silent ones after it, ask for."""
    reasons = [0]
    if stretch[0].block == "heading" and (len(stretch) == 1 or _paragraph(stretch[0]) != _paragraph(stretch[-1])):
        reasons.append(pauses.heading)
    if any(line.block == "break" for line in stretch[1:]):
        reasons.append(pauses.scene)
    return max(reasons)


def _paragraph(line: Line) -> tuple[int, int]:
    return line.place.chapter, line.place.paragraph
