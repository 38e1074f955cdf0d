"""Chooses between a document's own headings and the headings that the reader of plain text finds in it.

A program that makes a document of a plain text marks none of its headings, or only those that it recognises. The plain
text is chosen if it has the chapters that the headings make, and begins others of the same form at paragraphs that are
no headings, or if it leaves out some of those chapters as contents, title page or advertisement.
"""

from collections.abc import Mapping, Sequence

from audiobook.readers import headings
from audiobook.readers.assembling import Draft
from audiobook.readers.html.as_plain_text import TextDivision
from audiobook.readers.html.flow import Piece

_FEWEST_HEADINGS = 2  # below which the headings do not count
_SHARED = 0.7  # of the chapters by headings, that the plain text has or leaves out
_LEAST_NEW = 2  # chapters at paragraphs that are no headings
_MOST_ODD = 0.1  # of the chapters of the plain text: those at paragraphs of another form than the headings
_NAMES = {*headings.CHAPTER_FAMILIES, *headings.UPPER_FAMILIES}


def is_better(plain: TextDivision, drafts: Sequence[Draft], pieces: Sequence[Piece]) -> bool:
    """Whether the division as plain text is better than that by headings, whose drafts these are."""
    if len(plain.drafts) < 2:
        return False
    if sum(piece.level > 0 for piece in pieces) < _FEWEST_HEADINGS:
        return True
    own, found = _find_starts(drafts), _find_starts(plain.drafts)
    shared = own.keys() & found.keys()
    left_out = {at for at in own.keys() - shared if any(part.start <= at < part.end for part in plain.skipped)}
    if len(shared) + len(left_out) < _SHARED * len(own):
        return False
    at_headings = {piece.stands[0] for piece in pieces if piece.level and piece.stands}
    new = found.keys() - at_headings
    forms = {_find_form(found[at]) for at in shared} or {(family, caps) for family in _NAMES for caps in (True, False)}
    odd = [at for at in new if _find_form(found[at]) not in forms or _find_form(found[at]) == _PLAIN]
    return len(odd) <= _MOST_ODD * len(found) and bool(left_out or len(new) >= _LEAST_NEW)


_PLAIN = ("", False)


def _find_form(title: str) -> tuple[str, bool]:
    """The form of a heading: its family, and whether it is in capitals."""
    heading = headings.recognise(title)
    return heading.family if heading else "", headings.is_capitals(title)


def _find_starts(drafts: Sequence[Draft]) -> Mapping[int, str]:
    """Where drafts begin in the document, each with the text there."""
    first = (next((p for p in draft.paragraphs if p.stands), None) for draft in drafts)
    return {p.stands[0]: p.text for p in first if p is not None and p.stands}
