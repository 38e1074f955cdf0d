"""Find the speakers and the stage directions that the markup of a play names.

Known are the types of Standard Ebooks (`z3998:persona`, `z3998:stage-direction`), the usual classes (`speaker`,
`stage-direction`), and tables whose first column names the speakers and whose second has the speeches.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audiobook.readers import drama
from audiobook.readers.html.markup import Element, name_of, types_of, words_of

if TYPE_CHECKING:
    from audiobook.readers.html.flow import Piece

_SPEAKER_CLASS = re.compile(
    r"(?:^|\s)(?:speaker|persona|spkr|speaker-?name|char(?:acter)?-?name|sc-?character)(?:\s|$)", re.IGNORECASE
)
_DIRECTION_CLASS = re.compile(
    r"(?:^|\s)(?:stage|stage-?dir(?:ection)?s?|sdir|stagedirection|parenthetical|direction)(?:\s|$)", re.IGNORECASE
)
_PERSONA, _DIRECTION, _PERSONS = "persona", "stage-direction", "dramatis-personae"  # values of epub:type
_NOT_IN = frozenset(["li", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "a"])  # elements that hold no labels
_FEWEST_BY_CLASS = 4  # elements of a speaker's class that make a document a play
_LONGEST = 80  # characters of a name
_STOPS = ".: \u00a0—–-"  # between a name and its speech


@dataclass(frozen=True, slots=True)
class Play:
    """The elements of a document that are speakers' names before speeches, and those that are stage directions."""

    names: dict[Element, str]
    directions: frozenset[Element]


def find_play(root: Element) -> Play:
    """What the markup of a document says of speakers. Both are empty for a document that is no play."""
    typed: list[Element] = []
    classed: list[Element] = []
    directions: set[Element] = set()
    for element in root.iter():
        if not element.attrib or not name_of(element):
            continue
        types, classes = types_of(element), element.get("class") or ""
        if _DIRECTION in types or _DIRECTION_CLASS.search(classes):
            directions.add(element)
        elif _PERSONA in types:
            typed.append(element)
        elif classes and _SPEAKER_CLASS.search(classes):
            classed.append(element)
    found = {**_read_names(typed, directions), **_read_names(classed, directions, fewest=_FEWEST_BY_CLASS)}
    if not found:
        found = {cell: words for table in root.iter("table", "{*}table") for cell, words in _read_table(table)}
    return Play(found, frozenset(directions if found else ()))


def _read_names(elements: list[Element], directions: set[Element], fewest: int = 1) -> dict[Element, str]:
    found = {e: words for e in elements if (words := _read_name(e)) and _opens_speech(e, directions)}
    return found if len(found) >= fewest else {}


def _read_name(element: Element) -> str:
    name = " ".join(words_of(element).split()).strip("._: —–-")
    return name if len(name) <= _LONGEST and any(map(str.isalpha, name)) else ""


def _opens_speech(element: Element, directions: set[Element]) -> bool:
    """Whether a name stands before a speech, and not in a list of persons or in a direction."""
    above = element.getparent()
    while above is not None:
        if above in directions or name_of(above) in _NOT_IN or _PERSONS in types_of(above):
            return False
        above = above.getparent()
    return not _has_text_before(element)


def _has_text_before(element: Element) -> bool:
    """Whether letters stand before an element in the line that it is in."""
    here = element
    while name_of(here) in ("b", "i", "em", "strong", "span", "small", "cite", "abbr"):
        before = here.getprevious()
        while before is not None:
            if name_of(before) == "br":
                return any(map(str.isalnum, before.tail or ""))
            if any(map(str.isalnum, f"{words_of(before)}{before.tail or ''}")):
                return True
            before = before.getprevious()
        parent = here.getparent()
        if parent is None:
            return False
        if any(map(str.isalnum, parent.text or "")):
            return True
        here = parent
    return False


def _read_table(table: Element) -> Iterator[tuple[Element, str]]:
    """The cells of a table that name speakers, where it is the layout of a play."""
    rows = [[c for c in row if name_of(c) in ("td", "th")] for row in table.iter() if name_of(row) == "tr"]
    pairs = [(row[0], _read_name(row[0])) for row in rows if len(row) == 2 and words_of(row[1]).strip()]
    named = [(cell, words) for cell, words in pairs if words]
    told = [words_of(row[1]) for row in rows if len(row) == 2]
    is_prose = sum(words.rstrip("\"'”’)] ")[-1:] in tuple(".!?…—") for words in map(str.strip, told)) > len(told) / 2
    if len(named) == len(pairs) and is_prose and drama.are_speakers([words for _, words in named], len(rows)):
        yield from named


_Spans = tuple[tuple[int, int], ...]


def mark_speech(piece: "Piece", speaker: str, directions: _Spans) -> "Piece":
    """A paragraph of a play with its speaker and its stage directions: those of the markup, else those in brackets."""
    lead = len(piece.text) - len(piece.text.lstrip(_STOPS)) if speaker else 0
    text = piece.text[lead:]
    directions = _shift(directions, lead) or drama.find_directions(text, has_square="[" in text)
    if not text or drama.is_covered(text, directions):
        return replace(piece, directions=((0, len(piece.text)),))
    return replace(
        piece,
        text=text,
        emphasis=_shift(piece.emphasis, lead),
        speaker=speaker,
        directions=directions if speaker else (),
    )


def _shift(spans: _Spans, length: int) -> _Spans:
    return tuple((max(0, start - length), end - length) for start, end in spans if end > length)
