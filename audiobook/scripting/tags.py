"""Tags ("said Holmes", "the old man answered", "she asked him") beside a quotation.

A tag has a verb of speech and its subject. Where there is none, a beat may still show who speaks (Iruka grinned.): see
`narration`.
"""

import re
from collections.abc import Sequence

from audiobook.scripting.clauses import VERBS, last_subject, subject_of
from audiobook.scripting.lexicon import grammar
from audiobook.scripting.names import NameMention
from audiobook.scripting.narration import MOST, first_clause, last_sentence
from audiobook.scripting.phrases import Piece, read_pieces
from audiobook.scripting.tag_forms import (
    Side,
    Tag,
    introducing,
    inverted,
    is_somebody,
    may_be_verb,
    nominal,
    skip_adverbs,
    straight,
)

__all__ = ["Side", "Tag", "tag_after", "tag_at_stop", "tag_before"]

_LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|with|and|was|only)\s*$")
_LEADS_IN_ALONE = re.compile(r":\s*$|\bwith[,—–-]*\s*$")  # makes a tag even without a verb of speech
_BE = grammar("be")
_CAME = grammar("came")
_GOING_ON = grammar("going on")
_BEFORE_SUBJECT = grammar("plain adjectives") | frozenset(
    ["as", "young", "little"]
)  # "as Holmes said", "poor Tom said"
_MOST_BEFORE = 480
_MOST_PIECES = 110


def tag_after(text: str, start: int, end: int, names: Sequence[NameMention], spoken: str) -> Tag | None:
    """The tag in the narration from `start` to `end`, right behind the quotation whose words are `spoken`."""
    pieces = first_clause(read_pieces(text, start, min(end, start + MOST), names))
    if not pieces:
        return None
    last = spoken.rstrip("\"'”’»“ _*")[-1:]
    first = 1 if pieces[0].text in _BEFORE_SUBJECT and len(pieces) > 1 else skip_adverbs(pieces, 0, 3)
    piece = pieces[first]
    if piece.kind in VERBS or may_be_verb(pieces, first, last):
        return inverted(pieces, first, "after", last != ".") or nominal(pieces, first)
    if piece.text in _CAME:
        return nominal(pieces, first)
    if piece.phrase is None or piece.kind == "object" or _opens_next(text, (start, end), last, piece):
        return None
    return straight(pieces, first, last, text[start:end].lstrip(" ,—–-")[:1].islower())


def tag_before(text: str, start: int, end: int, names: Sequence[NameMention]) -> Tag | None:
    """The tag in the narration from `start` to `end`, right before a quotation."""
    start = last_sentence(text, max(start, end - _MOST_BEFORE), end)
    leads_in = _LEADS_IN.search(text, start, end) is not None
    if not leads_in and not text[start:end].rstrip()[-1:].isalnum():
        return None
    pieces = [p for p in read_pieces(text, start, end, names, most=_MOST_PIECES) if p.kind != "end"]
    for near in (True, False):
        for i in range(len(pieces) - 1, -1, -1):
            tag = introducing(pieces, i, leads_in, near)
            if tag is not None:
                return tag
    alone = _LEADS_IN_ALONE.search(text, start, end)
    if alone is None or (alone[0][0] == "w" and not _BE.isdisjoint(piece.text for piece in pieces)):  # "was met with"
        return None
    return _without_verb(pieces, end)


def tag_at_stop(text: str, start: int, end: int, names: Sequence[NameMention]) -> Tag | None:
    """The tag at the end of the narration from `start` to `end`, though a full stop ends it: "Poirot went on." """
    if text[start:end].rstrip()[-1:] != ".":
        return None
    begin = last_sentence(text, max(start, end - _MOST_BEFORE), end)
    pieces = [p for p in read_pieces(text, begin, end, names, most=_MOST_PIECES) if p.kind != "end"]
    for i in range(len(pieces) - 1, max(-1, len(pieces) - 4), -1):
        following = pieces[i + 1].text if i + 1 < len(pieces) else ""
        if pieces[i].text in _GOING_ON or f"{pieces[i].text}-{following}" in _GOING_ON:
            subject = subject_of(pieces, i)
            return Tag(pieces[i].text, subject, "before", False, pieces[i].end) if subject is not None else None
    return None


def _without_verb(pieces: Sequence[Piece], end: int) -> Tag | None:
    """The lead-in that has no verb of speech: "Holmes turned to me:", "From Holmes:"."""
    named = len(pieces) in (2, 3) and pieces[0].text == "from"
    subject = pieces[1].phrase if named else last_subject(pieces)
    return Tag("", subject, "before", False, end) if subject is not None and is_somebody(subject) else None


def _opens_next(text: str, gap: tuple[int, int], last: str, first: Piece) -> bool:
    """Whether the narration only introduces the quotation behind it: "Yes." He went on: "And you?" """
    between = text[slice(*gap)].strip()
    if between[-1:] not in (",", ":") or gap[1] == len(text):
        return False
    if between[0] == ";":
        return True
    capital = text[first.start].isupper() and first.text != "i"
    return capital and (last == "." or (last in "?!" and first.phrase is not None and first.phrase.kind != "name"))
