"""Said or told, where only dashes tell: what speaks for either in a paragraph of dash dialogue.

A paragraph is parted at its dashes, stops and commas into pieces, and every piece is said or told. Its words speak for
one of them, and so does what parts it from the piece before: for speech to begin there, to end there, or to go on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audiobook.scripting.lexicon import speech_verbs
from audiobook.scripting.tag_words import tag_pattern

# open: speech goes on behind a tag as it likes; resumed: with a dash; paired: a dash closes it, too.
DashStyle = Literal["open", "resumed", "paired"]
Cut = Literal["start", "dash", "comma", "stop"]

DASH = r"(?:--+|[—–―])"

_DASH_CUT = re.compile(rf"\s*{DASH}\s*[,.;:]?\s*(?=[^\s,.;:])")
_CUT = re.compile(
    rf"(?P<dash>{_DASH_CUT.pattern})|(?P<comma>[,;:]\s+)(?!\s|{DASH})"
    rf"|(?P<stop>(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bSt)(?<!\bM)[.!?…]+[\"”’»)]*\s+)(?!\s|{DASH})"
)
_PERSONAL = re.compile(
    r"\b(?:I|you|your|yours|my|me|mine|we|our|us|je|tu|vous|moi|nous|ich|du|Sie|wir|yo|tú|usted)\b", re.IGNORECASE
)
_PRESENT = re.compile(r"\b(?:is|are|am|do|does|can|will|shall|has|have|must|est|ist|es)\b|\w['’](?:s|ll|re|ve|m|d)\b")
_CONTRACTED = re.compile(r"\w['’](?:ll|re|ve|m|t)\b")
_PAST = re.compile(
    r"\b(?:\w{3,}ed|was|were|had|could|would|did|felt|went|came|took|stood|sat|gave|made|saw|knew|thought)\b"
)
_THIRD = re.compile(r"\b(?:he|she|they|his|her|him|their|them|ils?|elles?|él|ella|er|lui|lei|он|она)\b", re.IGNORECASE)
_INTERJECTION = re.compile(
    r"(?:oh|ah|o|well|yes|no|why|indeed|please|come|now|hullo|hello|dear|good|alas|eh)\b", re.IGNORECASE
)
_SUBJECT = (
    r"(?:[Hh]e|[Ss]he|[Tt]hey|I|(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Mm]y)\s+\w+"
    r"|(?:[A-Z][\w.'’]+\s+){0,2}[A-Z][\w'’]+)"
)
_DID = (
    r"(?:\w{2,}ed|was|were|had|went|came|took|stood|sat|gave|made|saw|felt|fell|rose|shook|began|put|threw|held|left|ran"
    r"|let|bent|drew|broke|caught|kept|lay|met|sprang|struck|swung|said|told|thought|knew|could|would|did|got)"
)
TOLD = re.compile(rf"\W*(?:(?:[Aa]nd|[Bb]ut|[Tt]hen|So|As|When) )?{_SUBJECT}\s+(?:\w+ly\s+|all\s+|both\s+)?{_DID}\b")
# A tag with a verb of no list (flashed Lucy).
ODD_TAG = re.compile(
    rf"(?:\w{{2,}}ed\s+(?:he|she|they|(?:the|his|her)\s+\w+|[A-Z]\w+)|was\s+(?:the|his|her)\s+\w+"
    rf"|{_SUBJECT}\s+\w{{2,}}ed)\b"
)
_HOW = re.compile(
    r"(?:\w+ing|\w+ed|and|with|without|in|as|who|to|at|after|while|when|for|his|her|but|en|et|con|sin|mit|und)\b"
)
_PRONOUN = re.compile(
    r"^(?:he|she|they|I|we)\b|\b(?:he|she|they|I|we|il|elle|je|él|ella|yo|er|sie|ich|lui|lei|он|она|я)$"
)
_FIRST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashes:
    """How a book sets off speech by dashes."""

    style: DashStyle = "open"
    own: str = "— "  # the dash that paragraphs of speech begin with, and the space behind it

    def begins_speech(self, mark: str) -> bool:
        """Whether a dash within a paragraph looks like those that paragraphs begin with."""
        glyph, like = mark.strip(" ,.;:\n\xa0"), self.own.strip()
        alike = glyph == like or (len(glyph) == len(like) == 1 and like != "-")
        return alike and (mark[-1:].isspace() == self.own[-1:].isspace() or mark[:1].isspace())


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
    for match in _CUT.finditer(text, begin):
        at = match.start() if match["dash"] else match.end()
        yield Piece(start, words, at, cut, mark)
        start, words, mark = at, match.end(), match.group()
        cut = "dash" if match["dash"] else "comma" if match["comma"] else "stop"
    yield Piece(start, words, len(text), cut, mark)


def cut_clues(text: str, piece: Piece, dashes: Dashes, *, led: bool, tagged: str) -> Iterator[str]:
    """What the place where a piece begins says; `led`: the paragraph begins with a dash; `tagged`: the tag before."""
    style = dashes.style
    if tagged:
        how = ", how" if piece.cut == "comma" and _HOW.match(text, piece.words) else ""
        yield f"{style}: {piece.cut} behind a {tagged}{how}"
    late = "" if led else ", no dash at the start"
    if piece.cut == "dash":
        kind = "own" if dashes.begins_speech(piece.mark) else "other"
        before = _behind(text[piece.start - 1 : piece.start])
        yield f"{style}: {kind} dash behind {before}{late if kind == 'other' else ''}"
        yield f"{kind} dash, {_room(piece.mark)}"
        return
    name = "colon" if piece.mark[0] in ";:" else piece.cut
    yield f"{style}: {name}{late}"
    if piece.cut == "stop":
        hard = "! or ?" if "!" in piece.mark or "?" in piece.mark else "a stop"
        yield f"{'small letter' if text[piece.words : piece.words + 1].islower() else 'capital'} behind {hard}"


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


def word_clues(text: str, piece: Piece) -> Iterator[str]:
    """What the words of a piece say."""
    words = text[piece.words : piece.end]
    yield "any"
    tag = tuple(_tag(words, piece.cut))
    yield from tag
    if tag and tag[0] in _SURE_TAGS:
        return  # "I said": the person is the tag's
    if TOLD.match(words):
        yield "somebody did"
    if _INTERJECTION.match(words):
        yield "interjection"
    if words.rstrip()[-1:] in {"!", "?"}:
        yield "ends in ! or ?"
    yield from _person_and_time(words)


def _tag(words: str, cut: Cut) -> Iterator[str]:
    first = _FIRST.match(words)
    tag = tag_pattern().match(words)
    if tag and words[tag.end() :].strip(" ,;:.\n"):
        yield "tag"
    elif tag:
        yield "he said" if _PRONOUN.search(tag.group()) else "bare tag"
    elif _says().match(words):
        yield f"subject and verb of speech behind a {cut}"
    elif ODD_TAG.match(words):
        yield f"odd tag behind a {cut}"
    elif first and first.group().lower() in _verbs():
        yield "verb of speech first"
    if first and first.group().endswith("ing"):
        yield "-ing first"


def _person_and_time(words: str) -> Iterator[str]:
    present = _PRESENT.search(words) is not None
    if _CONTRACTED.search(words):
        yield "contracted"
    if present:
        yield "present"
    elif _PAST.search(words):
        yield "past"
    if _PERSONAL.search(words):
        yield "I or you"
    elif _THIRD.search(words):
        yield "third person"


_SURE_TAGS = frozenset(("tag", "bare tag", "he said"))
# What a piece is for the one behind it, by the clue of its words.
TAGS = {
    "tag": "tag",
    "bare tag": "bare tag",
    "he said": "'he said'",
    **dict.fromkeys((f"subject and verb of speech behind a {cut}" for cut in ("comma", "dash", "stop")), "tag"),
}


@cache
def _verbs() -> frozenset[str]:
    verbs = speech_verbs()
    return verbs.strong | verbs.weak


@cache
def _says() -> re.Pattern[str]:
    verbs = "|".join(sorted(_verbs(), key=lambda verb: (-len(verb), verb)))
    return re.compile(rf"{_SUBJECT}\s+(?:\w+ly\s+|had\s+)?(?:{verbs})\b")
