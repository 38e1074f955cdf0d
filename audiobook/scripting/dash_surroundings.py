"""What is seen from each piece of a paragraph of dash dialogue: its sentence, and all up to the next dash."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook.scripting.dash_forms import as_if_past
from audiobook.scripting.dash_pieces import Dashes, Piece
from audiobook.scripting.dash_words import Words, read_words, together

_QUOTING = re.compile('["“”„«»]')


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A paragraph's pieces, and for each what is seen from it."""

    text: str
    pieces: Sequence[Piece]
    led: bool  # the paragraph begins with a dash
    words: Sequence[Words]  # the piece's
    heads: Sequence[int]  # the piece that begins its sentence
    sentences: Sequence[Words]  # its sentence's words
    rests: Sequence[Words]  # the words from it to the next dash like the book's own, or to the paragraph's end
    dash_ahead: Sequence[bool]  # whether there is such a dash
    quoting: int  # where its first quotation mark stands; its end if there is none


def look_around(text: str, pieces: Sequence[Piece], dashes: Dashes, *, led: bool) -> Surroundings:
    """What is seen from each of a paragraph's pieces."""
    words = [_read(text[piece.words : piece.end], piece, dashes) for piece in pieces]
    own = [p.cut == "dash" and dashes.begins_speech(p.mark) for p in pieces]
    heads: list[int] = []
    sentences: dict[int, Words] = {}
    for at, piece in enumerate(pieces):
        heads.append(at if own[at] or piece.cut in ("start", "stop") else heads[-1])
        known = sentences.get(heads[at])
        sentences[heads[at]] = words[at] if known is None else together(known, words[at])
    rests, ahead = words[:], [False] * len(pieces)
    for at in range(len(pieces) - 2, -1, -1):
        ahead[at] = own[at + 1] or ahead[at + 1]
        if not own[at + 1]:
            rests[at] = together(words[at], rests[at + 1])
    quoting = first.start() if (first := _QUOTING.search(text)) else len(text)
    return Surroundings(text, pieces, led, words, heads, [sentences[head] for head in heads], rests, ahead, quoting)


def _read(text: str, piece: Piece, dashes: Dashes) -> Words:
    """A piece's words; in the past, whatever the book is told in."""
    words = read_words(text, dashes.leanings, begins_sentence=piece.cut != "comma")
    past = as_if_past(text) if dashes.told_now else text
    if past == text:
        return words
    return replace(read_words(past, {}, begins_sentence=piece.cut != "comma"), lean=words.lean)
