"""Finds footnotes by their size and their place at the foot of a column, and the marks that refer to them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits

FOOTNOTE, REFERENCE = "footnote", "note reference"
_SMALLER = 0.94  # of the size of the text: lines at the foot of a page that may be notes
_MARK = re.compile(r"\s*[\[(]?(\d{1,3}|[*†‡§¶‖#]{1,3}|[a-z](?=[.)\]\s]))[\])]?[.:]?\s*(?=\S)")
_REFERENCE = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶‖]{1,3}|[a-z])[\])]?")
_STARS = re.compile(r"(?<=[^\W\d_.,;:!?”’\"')])([*†‡]{1,3})(?=\W|$)|(?<=[.,;:!?”’\"')])([*†‡]{1,3})(?=\s|$)")
_BRACKETED = re.compile(r"\[(\d{1,3}|[a-z*†‡])\]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*$")
_LEAST_RISING = 3  # raised numbers in a row that are references to notes elsewhere


@dataclass(frozen=True, slots=True)
class Reference:
    """A mark in the text."""

    line: Line
    start: int  # in the text of the line
    end: int
    mark: str


@dataclass(slots=True)
class Footnote:
    """Lines at the foot of a page, or of several pages."""

    mark: str
    lines: list[Line]
    text_at: int  # where the text after the mark begins in the first line


def find_footnotes(lines: Sequence[Line], habits: Habits) -> list[Footnote]:
    """The footnotes, in order. Their lines get a role."""
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.role:
            columns[line.page, line.column].append(line)
    notes: list[Footnote] = []
    goes_on = False
    page = -1
    for (number, _), column in columns.items():
        goes_on = goes_on and number <= page + 1
        page = number
        foot = _find_foot(column, habits, goes_on=goes_on)
        for line in foot:
            line.role = FOOTNOTE
            found = _read_mark(line)
            if found or not notes:
                notes.append(Footnote(found[0] if found else "", [line], found[1] if found else 0))
            else:
                notes[-1].lines.append(line)
        goes_on = bool(foot) and _SENTENCE_END.search(foot[-1].text) is None
    return notes


def _read_mark(line: Line) -> tuple[str, int] | None:
    """The mark at the start of a note, and where its text begins."""
    found = _MARK.match(line.text)
    if found is None:
        return None
    is_raised = any(start <= found.start(1) < end for start, end in line.raised)
    is_plain = found[1].isalpha() or (found[1].isdigit() and not is_raised)
    if is_plain and not is_raised and line.text[found.end(1) : found.end(1) + 1] not in {".", ")", "]", " ", ":"}:
        return None
    return found[1], found.end()


def _find_foot(column: Sequence[Line], habits: Habits, *, goes_on: bool) -> list[Line]:
    """The lines of notes at the foot of a column; none where the whole column has small letters."""
    foot: list[Line] = []
    for line in sorted(column, key=lambda line: line.y):
        if line.size > _SMALLER * habits.size:
            break
        foot.insert(0, line)
    if not foot or (len(foot) == len(column) and not (goes_on and _read_mark(foot[0]) is None)):
        return []
    first = next((n for n, line in enumerate(foot) if _read_mark(line)), None)
    if goes_on and not _is_parted(foot, first):
        return foot
    return foot[first:] if first is not None else []


def _is_parted(foot: Sequence[Line], first: int | None) -> bool:
    """Whether a wide gap parts the lines above the first mark from it: they are no end of an older note."""
    if not first:
        return False
    return foot[first - 1].y - foot[first].y > 1.6 * 1.2 * foot[first].size


def find_references(lines: Sequence[Line], notes: Sequence[Footnote]) -> list[Reference]:
    """The marks in the text that refer to notes: to a footnote of the page, or rising numbers above the line."""
    marks: dict[int, set[str]] = defaultdict(set)
    for note in notes:
        for line in note.lines:
            marks[line.page] |= {note.mark} - {""}
    raised = [one for line in lines if not line.role for one in _find_raised(line)]
    rising = _find_rising(raised)
    found = [r for n, r in enumerate(raised) if n in rising or r.mark in marks[r.line.page]]
    known = {(id(r.line), r.start) for r in found}
    for line in lines:
        if line.role or not marks[line.page]:
            continue
        plain = (one for one in _find_plain(line) if one.mark in marks[line.page])
        found += [one for one in plain if (id(line), one.start) not in known]
    return found


def _find_raised(line: Line) -> Iterator[Reference]:
    for start, end in line.raised:
        found = _REFERENCE.fullmatch(line.text[start:end].strip())
        if found and start:
            yield Reference(line, start, end, found[1])


def _find_plain(line: Line) -> Iterator[Reference]:
    for pattern in (_STARS, _BRACKETED):
        for found in pattern.finditer(line.text):
            mark = next(group for group in found.groups() if group)
            yield Reference(line, found.start(), found.end(), mark)


def _find_rising(raised: Sequence[Reference]) -> set[int]:
    """Which raised numbers rise by one from each to the next, as references do and exponents do not."""
    numbers = [(n, int(r.mark)) for n, r in enumerate(raised) if r.mark.isdigit()]
    found: set[int] = set()
    chain: list[tuple[int, int]] = []
    for n, value in numbers:
        if chain and value == chain[-1][1] + 1:
            chain.append((n, value))
        else:
            chain = [(n, value)] if value <= 2 or not chain else chain if value != 1 else [(n, value)]
        if len(chain) >= _LEAST_RISING:
            found.update(at for at, _ in chain)
    return found
