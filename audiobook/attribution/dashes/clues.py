"""What speaks for speech and for narration in each piece of dash dialogue, and what is seen from it.

A paragraph is parted at its dashes, stops and commas into pieces, and every piece is said or told. Its words speak for
one of them, and so does what parts it from the piece before: for speech to begin there, to end there, or to go on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.attribution.dashes.forms import as_if_past, form_clues
from audiobook.attribution.dashes.pieces import Dashes, Piece
from audiobook.attribution.dashes.words import Words, read_words, together

_QUOTE_MARKS = re.compile('["“”„«»]')


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
    quoting = first.start() if (first := _QUOTE_MARKS.search(text)) else len(text)
    return Surroundings(text, pieces, led, words, heads, [sentences[head] for head in heads], rests, ahead, quoting)


def _read(text: str, piece: Piece, dashes: Dashes) -> Words:
    """A piece's words; in the past, whatever the book is told in."""
    words = read_words(text, dashes.leanings, begins_sentence=piece.cut != "comma")
    past = as_if_past(text) if dashes.told_now else text
    if past == text:
        return words
    return replace(read_words(past, {}, begins_sentence=piece.cut != "comma"), lean=words.lean)


_HOW = re.compile(
    r"(?:\w+ing|\w+ed|and|with|without|in|as|who|to|at|after|while|when|for|his|her|but|en|et|con|sin|mit|und)\b"
)
_CLOSING = frozenset('”"»')
_OPENING = frozenset("“„«")
_LATE = 3  # pieces; what comes behind so many is all one
_DEGREES = (-6, -3, -1.5, -0.5, 0.5, 1.5, 3, 6)  # of leaning


@dataclass(frozen=True, slots=True)
class Tagged:
    """The tags before a piece, by their clues; empty where there is none."""

    last: str = ""  # the piece's before it
    sentence: str = ""  # of the sentence before a cut between sentences, else of its own so far
    paragraph: str = ""  # the last one in its paragraph


def cut_clues(around: Surroundings, at: int, dashes: Dashes, tags: Tagged) -> Iterator[str]:
    """What the place where a piece begins says."""
    piece, before, words = around.pieces[at], around.words[at - 1], around.words[at]
    yield from _mark_clues(around, piece, dashes, tags.last)
    cut = _cut_name(piece, dashes)
    case = _case(around.text, piece)
    yield f"{cut} {case}"
    yield f"{cut} shape {words.shape[:2]}"
    yield f"{cut} shape {words.shape}"
    if words.forms:
        yield f"{cut} first {words.forms[0]}"
    if before.forms:
        yield f"{before.forms[0]} first, {cut}"
    yield f"shape {before.shape[:2]}, {cut} {case}"
    yield f"shape {before.shape[:2]}, {cut} shape {words.shape[:2]}"
    yield f"{_few(before.count)} words, {cut} {case}"
    yield f"{min(at, _LATE)} pieces, {cut}{'' if around.led else ', no dash at the start'}"
    if at + 1 == len(around.pieces):
        yield f"{cut} last"
    if around.text[: piece.start].rstrip()[-1:] in _CLOSING:
        yield f"{cut} behind marks {case}"
        yield f"{cut} behind marks, shape {words.shape[:2]}"
    if around.heads[at] == at:
        yield from _sentence_cut_clues(around, at, dashes, tags)
    else:
        yield f"{cut} {_without_past(before)} > {words.signs}"
        yield f"{cut} lean {_degree(before.lean)} > {_degree(words.lean)}"


def _sentence_cut_clues(around: Surroundings, at: int, dashes: Dashes, tags: Tagged) -> Iterator[str]:
    """What the sentences before and behind a cut say, and all that follows."""
    before, sentence, rest = around.sentences[at - 1], around.sentences[at], around.rests[at]
    cut = "sentence" if around.pieces[at].cut == "stop" else "own dash"
    ends = "dash ahead" if around.dash_ahead[at] else "no dash ahead"
    yield f"{cut} {before.signs} > {sentence.signs}"
    yield f"{cut} lean {_degree(before.lean)} > {_degree(sentence.lean)}"
    yield f"{cut} behind {_stop(around, at - 1)}, {_without_past(sentence)}{' tagged' if tags.last else ''}"
    told = f"{_in_sentence(tags)}, {cut}"
    yield told
    yield f"{told} {_without_past(sentence)}"
    yield f"{told} lean {_degree(sentence.lean)}"
    yield f"{told} shape {around.words[at].shape[:2]}"
    yield f"{cut} rest {_without_past(rest)} {_many(rest.count)}, {ends}"
    yield f"{cut} rest {rest.signs}, {ends}{_teller(dashes)}"
    yield f"{cut} rest lean {_degree(10 * rest.lean / (3 + rest.count))}, {ends}"


def _in_sentence(tags: Tagged) -> str:
    """Where the last tag is."""
    if tags.sentence:
        return f"behind a sentence with a {tags.sentence}"
    return "no tag in the sentence" if tags.paragraph else "no tag yet"


def _mark_clues(around: Surroundings, piece: Piece, dashes: Dashes, tagged: str) -> Iterator[str]:
    """What the mark between two pieces says."""
    text = around.text
    if tagged:
        how = ", how" if piece.cut == "comma" and _HOW.match(text, piece.words) else ""
        yield f"{piece.cut} behind a {tagged}{how}"
    late = "" if around.led else ", no dash at the start"
    if piece.cut == "dash":
        kind = "own" if dashes.begins_speech(piece.mark) else "other"
        before = _behind(text[piece.start - 1 : piece.start])
        yield f"{kind} dash behind {before}{late if kind == 'other' else ''}"
        yield f"{kind} dash, {_room(piece.mark)}"
        return
    yield f"{'colon' if piece.mark[0] in ';:' else piece.cut}{late}"
    if piece.cut == "stop":
        hard = "! or ?" if "!" in piece.mark or "?" in piece.mark else "a stop"
        yield f"{_case(text, piece)} behind {hard}"


def _cut_name(piece: Piece, dashes: Dashes) -> str:
    if piece.cut == "dash":
        return "own dash" if dashes.begins_speech(piece.mark) else "other dash"
    if piece.cut == "stop":
        return "!?" if "!" in piece.mark or "?" in piece.mark else "stop"
    return "colon" if piece.mark[0] in ";:" else "comma"


def _case(text: str, piece: Piece) -> str:
    return "capital" if text[piece.words : piece.words + 1].isupper() else "small"


def _stop(around: Surroundings, at: int) -> str:
    """The mark that ends a piece."""
    following = around.pieces[at + 1]
    behind = around.text[around.pieces[at].words : around.pieces[at].end].rstrip()[-1:]
    return following.mark.strip()[:1] if following.cut != "dash" else behind if not behind.isalnum() else "a word"


def _teller(dashes: Dashes) -> str:
    return ", told by I" if dashes.told_by_i else ""


def _without_past(words: Words) -> str:
    return words.signs.rstrip("pt")


def _few(count: int) -> int:
    return next((most for most in (0, 1, 2, 3, 5, 9, 15) if count <= most), 99)


def _many(count: int) -> int:
    return next((most for most in (3, 8, 16, 32, 64) if count <= most), 99)


def _degree(lean: float) -> str:
    return next((f"< {limit}" for limit in _DEGREES if lean < limit), "most")


def _behind(character: str) -> str:
    if character in {".", "!", "?", "…"}:
        return "a stop"
    return "a comma" if character in {",", ";", ":"} else "a word"


_ROOM = {
    (True, True): "room around",
    (True, False): "room before",
    (False, True): "room behind",
    (False, False): "no room",
}


def _room(mark: str) -> str:
    return _ROOM[mark[:1].isspace(), mark[-1:].isspace()]


def word_clues(around: Surroundings, at: int, dashes: Dashes) -> Iterator[str]:
    """What a piece's words say; the clues of tags come first."""
    piece, words, sentence = around.pieces[at], around.words[at], around.sentences[at]
    said = around.text[piece.words : piece.end]
    yield from form_clues(as_if_past(said) if dashes.told_now else said, piece.cut)
    yield f"shape {words.shape}"
    yield f"{piece.cut} shape {words.shape[:2]}"
    if words.forms:
        yield f"first {words.forms[0]}"
    for form in dict.fromkeys(words.forms):
        yield f"has {form}"
    yield f"{_few(words.count)} words"
    yield f"{_case(around.text, piece)} behind {piece.cut}"
    last = said.rstrip()[-1:]
    yield f"ends in {last if not last.isalnum() else 'a word'}"
    teller = _teller(dashes)
    yield f"signs {words.signs}"
    yield f"signs {words.signs}{teller or ', told by none'}"
    if teller and "i" in words.forms:
        yield "I, told by I"
    if around.text[piece.end : piece.end + 1] in _OPENING:
        yield "before marks"
        yield f"shape {words.shape[:2]} before marks"
    if around.quoting < piece.start:
        yield f"signs {words.signs}, quoting"
    yield f"lean {_degree(words.lean)}"
    yield f"sentence lean {_degree(sentence.lean)}"
    yield f"sentence {sentence.signs}"
    yield f"sentence {sentence.signs}{teller or ', told by none'}"
