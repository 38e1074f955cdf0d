"""Contents lists in Markdown: items in a row that say, in order, what headings say later."""

from collections.abc import Sequence

from audiobook.model.book import Skipped
from audiobook.readers.markdown.blocks import Piece
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.omissions import skip
from audiobook.readers.text.entries import key_of, strip_page
from audiobook.readers.titles import one_line

_LEAST = 2  # items
_SHARE = 0.6  # of the items, which come again as headings
_LONGEST = 20  # words of an item
_REASON = "table of contents"


def cut_contents(pieces: Sequence[Piece], skipped: list[Skipped]) -> list[Piece]:
    """The pieces without contents lists, which are added to `skipped` with the heading above them."""
    ahead: dict[str, int] = {}
    for n, piece in enumerate(pieces):
        if piece.level:
            ahead[_key(piece)] = n
    kept: list[Piece] = []
    at = 0
    while at < len(pieces):
        end = _find_end(pieces, at, ahead)
        if end == at:
            kept.append(pieces[at])
            at += 1
            continue
        listed = [piece.paragraph for piece in pieces[at:end]]
        if kept and kept[-1].level and find_unread_reason(one_line(kept[-1].paragraph.text)) == _REASON:
            listed.insert(0, kept.pop().paragraph)
        skipped.append(skip(listed, _REASON, "Contents"))
        at = end
    return kept


def _key(piece: Piece) -> str:
    return key_of(strip_page(piece.paragraph.text))


def _find_end(pieces: Sequence[Piece], at: int, ahead: dict[str, int]) -> int:
    """The piece behind the list that begins at a piece; the piece itself where none begins there."""
    end, last, found = at, at, 0
    while end < len(pieces) and not pieces[end].level and len(pieces[end].paragraph.text.split()) <= _LONGEST:
        place = ahead.get(_key(pieces[end]), -1)
        if place > last:
            last, found = place, found + 1
        elif end == at:
            return at
        end += 1
    return end if found >= _LEAST and found >= _SHARE * (end - at) else at
