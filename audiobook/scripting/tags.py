"""Tags ("said Holmes", "the old man answered", "she asked him") and beats (Iruka grinned.) beside a quotation.

A tag has a verb of speech and its subject. A beat has only somebody doing something, in the same paragraph as the
quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audiobook.scripting.lexicon import grammar
from audiobook.scripting.names import NameMention
from audiobook.scripting.phrases import Phrase, Piece, read_pieces

Side = Literal["before", "after", "label"]

_SENTENCE_START = re.compile(r"(?:(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?;]['’\")\]]*|\*)\s+(?=\S)")
_LEADS_IN = re.compile(r"[,:—–-]\s*$|\b(?:that|with|and|was|only)\s*$")
_MOST_BEFORE = 240  # characters of narration looked at on either side
_AUXILIARIES = grammar("auxiliaries")
_JOINING = grammar("joining")
_WORDS_BEFORE_VERB = 9


@dataclass(frozen=True, slots=True)
class Tag:
    """A verb of speech and its subject beside a quotation."""

    verb: str  # empty for a lead-in without one: 'Holmes turned to me: "…"'
    subject: Phrase
    side: Side
    sure: bool  # a verb that only ever introduces speech, or one that the punctuation proves
    end: int  # where its words end in the paragraph
    listener: Phrase | None = None  # "said Holmes to Watson"


def tag_after(text: str, start: int, end: int, names: Sequence[NameMention], spoken: str) -> Tag | None:
    """The tag in the narration from `start` to `end`, right behind the quotation whose words are `spoken`."""
    pieces = _clause(read_pieces(text, start, min(end, start + _MOST_BEFORE), names))
    if not pieces:
        return None
    open_ended = spoken.rstrip("\"'”’»“ _*")[-1:] != "."
    first = 0
    while first < min(len(pieces) - 1, 3) and pieces[first].kind in ("word", "mark"):
        first += 1
    if pieces[first].kind in ("verb", "weak verb"):
        return _inverted(pieces, first, "after", open_ended)
    if pieces[first].phrase is None:
        return None
    lowered = text[start:end].lstrip(" ,—–-")[:1].islower()
    for i, piece in enumerate(pieces[first + 1 : first + 1 + _WORDS_BEFORE_VERB], first + 1):
        near = i - first <= 3
        if piece.kind == "verb" or (piece.kind == "weak verb" and (open_ended or lowered) and near):
            subject = _subject_before(pieces, i)
            if subject is None:
                return None
            sure = near and (open_ended or lowered)
            return Tag(piece.text, subject, "after", sure, piece.end, _listener(pieces, i))
    return None


def tag_before(text: str, start: int, end: int, names: Sequence[NameMention]) -> Tag | None:
    """The tag in the narration from `start` to `end`, right before a quotation."""
    start = last_sentence(text, max(start, end - _MOST_BEFORE), end)
    leads_in = _LEADS_IN.search(text, start, end) is not None
    open_ended = leads_in or text[start:end].rstrip()[-1:].isalnum()
    if not open_ended:
        return None
    pieces = [p for p in read_pieces(text, start, end, names, most=48) if p.kind != "end"]
    for i in range(len(pieces) - 1, -1, -1):
        piece = pieces[i]
        if piece.kind == "verb" or (piece.kind == "weak verb" and len(pieces) - i <= 6):
            tag = _inverted(pieces, i, "before", leads_in) if i == 0 else None
            if tag is None and (subject := _subject_before(pieces, i)) is not None:
                tag = Tag(piece.text, subject, "before", leads_in, piece.end, _listener(pieces, i))
            return tag
    subject = next((p.phrase for p in pieces if p.phrase is not None), None)
    if subject is not None and leads_in and text[start:end].rstrip()[-1:] == ":":
        return Tag("", subject, "before", False, end)
    return None


def first_phrase(text: str, start: int, end: int, names: Sequence[NameMention]) -> Phrase | None:
    """Whom the sentence opening at `start` is about: the first person it names."""
    pieces = _clause(read_pieces(text, start, min(end, start + _MOST_BEFORE), names))
    for piece, before in zip(pieces, [None, *pieces], strict=False):
        if piece.phrase is not None and (before is None or before.text not in ("at", "to", "of", "with", "by", "from")):
            return piece.phrase
    return None


def last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence between `start` and `end` begins."""
    begin = start
    for match in _SENTENCE_START.finditer(text, start, end):
        if text[match.end() : end].strip():
            begin = match.end()
    return begin


def _clause(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to the end of the first sentence, without the marks that open it."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "end" and kept:
            break
        if kept or piece.kind not in ("mark", "end"):
            kept.append(piece)
    return kept


def _inverted(pieces: Sequence[Piece], verb: int, side: Side, open_ended: bool) -> Tag | None:
    """ "said Holmes": the verb first, then its subject."""
    for i in range(verb + 1, min(verb + 4, len(pieces))):
        piece = pieces[i]
        if piece.phrase is not None:
            if piece.phrase.kind == "pronoun" and piece.phrase.pronoun == "it":
                return None
            sure = pieces[verb].kind == "verb" or open_ended
            return Tag(pieces[verb].text, piece.phrase, side, sure, piece.end, _listener(pieces, i))
        if not piece.text.endswith("ly"):
            return None
    return None


def _subject_before(pieces: Sequence[Piece], verb: int) -> Phrase | None:
    """The subject of the verb: the person right before it, else the one who opens the clause."""
    at = verb - 1
    while at > 0 and pieces[at].kind == "word" and (pieces[at].text in _AUXILIARIES or pieces[at].text.endswith("ly")):
        at -= 1
    near = pieces[at].phrase
    if near is not None and (at == 0 or pieces[at - 1].kind == "mark" or pieces[at - 1].text in _JOINING):
        return near
    return next((p.phrase for p in pieces[:verb] if p.phrase is not None), None)


def _listener(pieces: Sequence[Piece], verb: int) -> Phrase | None:
    """Whom the words are said to: "to Watson", "asked Harriet"."""
    for i in range(verb + 1, min(verb + 5, len(pieces))):
        piece = pieces[i]
        if piece.phrase is not None and piece.phrase.kind == "name":
            return piece.phrase if i == verb + 1 or pieces[i - 1].text == "to" else None
        if piece.kind != "word":
            return None
    return None
