"""Chooses between a document's own headings and the headings that the reader of plain text finds in it.

A program that makes a document of a plain text marks none of its headings, or only those that it recognises. The plain
text is chosen if it has the chapters that the headings make, and begins others of the same form at paragraphs that are
no headings, or if it leaves out one of those chapters as contents. If it lacks some, its own become headings.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from audiobook.readers import headings
from audiobook.readers.assembling import Draft
from audiobook.readers.html.as_plain_text import TextDivision
from audiobook.readers.html.flow import Piece

_FEWEST_HEADINGS = 2  # below which the headings do not count
_SHARED = 0.7  # of the chapters by headings, that the plain text has or leaves out
_LEAST_NEW = 2  # chapters at paragraphs that are no headings
_MOST_ODD = 0.1  # of the chapters of the plain text: those at paragraphs of another form than the headings
_NAMES = {*headings.CHAPTER_FAMILIES, *headings.UPPER_FAMILIES}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the division as plain text adds to that by headings."""

    is_whole: bool  # it has every chapter by headings, or leaves it out, so that it can take its place
    missing: frozenset[int]  # where it begins chapters at paragraphs that are no headings


def compare(plain: TextDivision, drafts: Sequence[Draft], pieces: Sequence[Piece]) -> Comparison | None:
    """Compare the division as plain text with that by headings, whose drafts these are; None where it adds nothing."""
    if len(plain.drafts) < 2:
        return None
    if sum(piece.level > 0 for piece in pieces) < _FEWEST_HEADINGS:
        return Comparison(is_whole=True, missing=frozenset())
    own, found = _find_starts(drafts), _find_starts(plain.drafts)
    shared = own.keys() & found.keys()
    left_out = {at: reason for at in own.keys() - shared if (reason := _find_reason(at, plain))}
    if len(shared) + len(left_out) < _SHARED * len(own):
        return None
    at_headings = {piece.stands[0] for piece in pieces if piece.level and piece.stands}
    new = found.keys() - at_headings
    forms = {_find_form(found[at]) for at in shared} or {(family, caps) for family in _NAMES for caps in (True, False)}
    odd = [at for at in new if _find_form(found[at]) not in forms or _find_form(found[at]) == _PLAIN]
    has_contents = "table of contents" in left_out.values()
    if len(odd) > _MOST_ODD * len(found) or not (has_contents or len(new) - len(odd) >= _LEAST_NEW):
        return None
    return Comparison(is_whole=len(shared) + len(left_out) == len(own), missing=frozenset(new.difference(odd)))


def promote(pieces: Sequence[Piece], places: frozenset[int]) -> list[Piece]:
    """The pieces, with those at some places made headings of the level that most headings have."""
    level = Counter(piece.level for piece in pieces if piece.level).most_common(1)[0][0]
    return [
        replace(piece, kind="heading", level=level) if piece.stands and piece.stands[0] in places else piece
        for piece in pieces
    ]


def _find_reason(at: int, plain: TextDivision) -> str:
    return next((part.reason for part in plain.skipped if part.start <= at < part.end), "")


_PLAIN = ("", False)


def _find_form(title: str) -> tuple[str, bool]:
    """The form of a heading: its family, and whether it is in capitals."""
    heading = headings.recognise(title)
    return heading.family if heading else "", headings.is_capitals(title)


def _find_starts(drafts: Sequence[Draft]) -> Mapping[int, str]:
    """Where drafts begin in the document, each with the text there."""
    first = (next((p for p in draft.paragraphs if p.stands), None) for draft in drafts)
    return {p.stands[0]: p.text for p in first if p is not None and p.stands}
