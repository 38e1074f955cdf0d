"""Whom a stretch of narration is about: the subjects of its first sentence, of its last, of all its clauses."""

import re
from collections.abc import Sequence

from audiobook.scripting.clauses import all_subjects, first_subject
from audiobook.scripting.names import NameMention
from audiobook.scripting.phrases import Phrase, Piece, read_pieces

MOST = 240  # characters of narration looked at beside a quotation

_SENTENCE_START = re.compile(r"(?:(?<![A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)[.!?;]['’\")\]]*|\*)\s+(?=\S)")


def first_phrase(text: str, start: int, end: int, names: Sequence[NameMention]) -> Phrase | None:
    """Whom the sentence that opens at `start` is about."""
    return first_subject(first_clause(read_pieces(text, start, min(end, start + MOST), names)))


def narration_subjects(text: str, start: int, end: int, names: Sequence[NameMention]) -> list[Phrase]:
    """The subjects of all clauses of the narration from `start` to `end`, in order."""
    return list(all_subjects(read_pieces(text, start, end, names, most=end - start)))


def first_clause(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces up to the end of the first sentence, without the marks that open it."""
    kept: list[Piece] = []
    for piece in pieces:
        if piece.kind == "end" and kept:
            break
        if kept or piece.kind not in ("mark", "end"):
            kept.append(piece)
    return kept


def last_sentence(text: str, start: int, end: int) -> int:
    """Where the last sentence between `start` and `end` begins."""
    begin = start
    for match in _SENTENCE_START.finditer(text, start, end):
        if text[match.end() : end].strip():
            begin = match.end()
    return begin


def next_sentence(text: str, start: int, end: int) -> int:
    """Where the first sentence that begins behind `start` begins; at `start` if none does before `end`."""
    match = _SENTENCE_START.search(text, start, end)
    return match.end() if match else start
