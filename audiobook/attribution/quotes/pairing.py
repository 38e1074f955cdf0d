"""Pairs the marks of a chapter into quotations, at the least cost.

Each mark opens, closes, or is not a quotation mark. Each reading has a cost, and so has each irregularity: a missing
mark, a quotation that is open at the end of its paragraph, one nested in another with the same marks. The cheapest
sequence of readings is found by dynamic programming (Viterbi), in linear time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from audiobook.attribution.quotes import marks as apostrophes
from audiobook.attribution.quotes.conventions import Convention
from audiobook.attribution.quotes.marks import Family, Mark, Role, find_marks
from audiobook.model.book import Paragraph

_SHAPE_COST = {
    ("open", "open"): 0,
    ("open", "neutral"): 1,
    ("open", "close"): 4,
    ("close", "close"): 0,
    ("close", "neutral"): 1,
    ("close", "open"): 4,
}
_WRONG_ROLE = 3  # an opening mark that closes, or a closing mark that opens
_NO_MARK = 6  # a double mark that is not a quotation mark
_AFTER_DIGIT = 1  # the same after a digit: inches, seconds
_NESTED = 3  # a quotation nested in another with the same marks
_MISSING = 5  # a missing mark
_REOPENED = 1  # open at the end of the paragraph, and the next one begins with the mark
_UNCLOSED = 3  # open at the end of the paragraph
_CARRIED = 3  # open across the end of the paragraph, and the mark is not repeated
_FLOWING = frozenset({"prose", "verse", "letter"})  # kinds of paragraph across which speech may continue

Reading = Literal["opens", "closes", "closes unopened", "reopens unclosed", "runs on", "stops", "carries"]
State: TypeAlias = tuple[Family, int] | None  # family and depth of the open quotation


@dataclass(frozen=True, slots=True)
class Event:
    """A position at which a quotation begins or ends."""

    reading: Reading
    paragraph: int  # index in the chapter
    mark: Mark | None = None  # None at the end of a paragraph


Trail: TypeAlias = tuple[Event, "Trail"] | None
Costs: TypeAlias = tuple[int, int, int]
Paths: TypeAlias = dict[State, tuple[int, Trail]]


def pair_marks(paragraphs: Sequence[Paragraph], convention: Convention) -> list[Event]:
    """Return the events of a chapter's paragraphs, in order, for the cheapest reading of all marks."""
    roles = dict(convention.roles)
    families = frozenset(convention.families)
    paths: Paths = {None: (0, None)}
    marks = [
        [mark for mark in find_marks(paragraph.text, doubled=convention.doubled) if mark.family in families]
        for paragraph in paragraphs
    ]
    for index, paragraph in enumerate(paragraphs):
        for mark in marks[index]:
            paths = _extend_by_mark(paths, mark, _find_costs(paragraph.text, mark, roles), index)
        joined = index + 1 < len(paragraphs) and {paragraph.kind, paragraphs[index + 1].kind} <= _FLOWING
        following = marks[index + 1][0] if joined and marks[index + 1] else None
        paths = _extend_across_end(paths, index, following, may_carry=joined)
    best = min(paths.values(), key=lambda path: path[0])
    return _unwind(best[1])


def _find_costs(text: str, mark: Mark, roles: dict[str, Role]) -> Costs:
    """Return the cost of reading a mark as (opening, closing, none)."""
    if mark.family == "single":
        opening, closing, none = apostrophes.compute_costs(text, mark)
    else:
        opening, closing = _SHAPE_COST["open", mark.shape], _SHAPE_COST["close", mark.shape]
        none = _AFTER_DIGIT if text[mark.start - 1 : mark.start].isdigit() else _NO_MARK
    role = roles.get(mark.text, "either")
    return opening + _WRONG_ROLE * (role == "close"), closing + _WRONG_ROLE * (role == "open"), none


def _extend_by_mark(paths: Paths, mark: Mark, costs: Costs, paragraph: int) -> Paths:
    """Extend each path by one mark, and keep the cheapest path into each state."""
    opening, closing, none = costs
    extended: Paths = {}

    def reach(state: State, cost: int, trail: Trail, reading: Reading | None = None) -> None:
        known = extended.get(state)
        if known is None or cost < known[0]:
            extended[state] = (cost, (Event(reading, paragraph, mark), trail) if reading else trail)

    family = mark.family
    for state, (cost, trail) in paths.items():
        if state is None:
            reach(None, cost + none, trail)
            reach((family, 1), cost + opening, trail, "opens")
            reach(None, cost + closing + _MISSING, trail, "closes unopened")
        elif state[0] != family:
            reach(state, cost, trail)
        elif state[1] > 1:
            reach(state, cost + none, trail)
            reach((family, 1), cost + closing, trail)
        else:
            reach(state, cost + none, trail)
            reach(None, cost + closing, trail, "closes")
            reach((family, 2), cost + opening + _NESTED, trail)
            reach(state, cost + opening + _MISSING, trail, "reopens unclosed")
    return extended


def _extend_across_end(paths: Paths, paragraph: int, following: Mark | None, *, may_carry: bool) -> Paths:
    """Extend each path across the end of a paragraph.

    `following` is the first mark of the next paragraph, if speech may continue there.
    """
    extended: Paths = {None: paths[None]} if None in paths else {}
    for state, (cost, trail) in paths.items():
        if state is None:
            continue
        reopened = following is not None and following.start == 0 and following.family == state[0]
        ended = cost + (_REOPENED if reopened else _UNCLOSED)
        known = extended.get(None)
        if known is None or ended < known[0]:
            extended[None] = (ended, (Event("runs on" if reopened else "stops", paragraph), trail))
        if may_carry:
            extended[state] = (cost + _CARRIED, (Event("carries", paragraph), trail))
    return extended


def _unwind(trail: Trail) -> list[Event]:
    events: list[Event] = []
    while trail is not None:
        event, trail = trail
        events.append(event)
    return events[::-1]
