"""What is seen from each piece of a paragraph of dash dialogue: its sentence, and all up to the next dash."""

from collections.abc import Sequence
from dataclasses import dataclass

from audiobook.scripting.dash_pieces import Dashes, Piece
from audiobook.scripting.dash_words import Words, read_words, together


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


def look_around(text: str, pieces: Sequence[Piece], dashes: Dashes, *, led: bool) -> Surroundings:
    """What is seen from each of a paragraph's pieces."""
    words = [read_words(text[p.words : p.end], dashes.leanings, begins_sentence=p.cut != "comma") for p in pieces]
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
    return Surroundings(text, pieces, led, words, heads, [sentences[head] for head in heads], rests, ahead)
