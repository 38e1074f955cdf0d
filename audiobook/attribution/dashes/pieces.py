"""A paragraph of dash dialogue cut into pieces: at its dashes, stops and commas, where alone speech begins or ends.

No dash begins speech within quotation marks: a sign, a letter or a song is quoted there, or somebody else's words.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from audiobook.attribution.quotes.marks import find_marks

# open: only paragraphs begin with a dash; resumed: speech behind narration does, too; paired: a dash closes it as well.
DashStyle = Literal["open", "resumed", "paired"]
Cut = Literal["start", "dash", "comma", "stop"]

DASH = r"(?:--+|[—–―]|(?<=\s)-(?=[\s\w]))"
_QUOTING = frozenset({"double", "guillemet"})  # families of marks; single ones are apostrophes as well
_BARE = ' \t\n\xa0“”„"«»'

_DASH_CUT = re.compile(rf"\s*{DASH}\s*[,.;:]?\s*(?=[^\s,.;:])")
_CUT = re.compile(
    rf"(?P<dash>{_DASH_CUT.pattern})|(?P<comma>[,;:][\"”’»)]*\s+)(?!\s|{DASH})"
    rf"|(?P<stop>(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bM)[.!?…]+[\"”’»)]*\s+)(?!\s|{DASH})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashes:
    """How a book sets off speech by dashes, and how it tells what is not said."""

    style: DashStyle = "open"
    own: str = "— "  # the dash that paragraphs of speech begin with, and the space behind it
    told_by_i: bool = False  # somebody tells the story in the first person
    told_now: bool = False  # the story is told in the present
    leanings: Mapping[str, float] = field(default_factory=dict, compare=False, repr=False)  # per word: said, not told

    def is_like(self, mark: str) -> bool:
        """Whether a dash within a paragraph is of the kind that paragraphs begin with, whatever space is around it."""
        glyph, like = mark.strip(" ,.;:\n\xa0"), self.own.strip()
        return glyph == like or (len(glyph) == len(like) == 1 and "-" not in (glyph, like))

    def begins_speech(self, mark: str) -> bool:
        """Whether a dash within a paragraph looks like those that paragraphs begin with."""
        return self.is_like(mark) and (mark[-1:].isspace() == self.own[-1:].isspace() or mark[:1].isspace())


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph between two places where speech may begin or end."""

    start: int  # where the dash that begins it stands, else its words
    words: int  # where its words begin
    end: int
    cut: Cut
    mark: str  # what parts it from the piece before, with the space around it


def pieces_of(text: str, begin: int) -> Iterator[Piece]:
    """A paragraph's pieces; the first has its words at `begin`."""
    start, words, mark = 0, begin, text[:begin]
    cut: Cut = "start"
    quoted = [end for stretch in _quoted(text) for end in stretch]
    for match in _CUT.finditer(text, begin):
        if match["dash"] and bisect(quoted, match.start()) % 2:
            continue
        at = match.start() if match["dash"] else match.end()
        yield Piece(start, words, at, cut, mark)
        start, words, mark = at, match.end(), match.group()
        cut = "dash" if match["dash"] else "comma" if match["comma"] else "stop"
    yield Piece(start, words, len(text), cut, mark)


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """What stands between quotation marks, as (start, end).

    What the mark that begins a paragraph opens lasts to its end where none closes it.
    """
    opened = None
    for mark in find_marks(text):
        if mark.family not in _QUOTING:
            continue
        if opened is None:
            opened = None if mark.shape == "close" else mark.end
        elif mark.shape != "open":
            yield opened, mark.end
            opened = None
    if opened is not None and not text[:opened].strip(_BARE):
        yield opened, len(text)
