"""Speech set off by dashes (— Sit, said Oona. — No.), as French, Spanish, Polish and Irish books have it.

A dash opens speech and nothing closes it, so narration is known by its words: a speech tag behind a stop or a second
dash, or a sentence in the past about somebody else. It lasts until the next dash, or until words that only somebody
who speaks would say.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from audiobook.scripting.tag_words import tag_pattern

LEAD = re.compile(r"\s*(?:--|[—–―-])\s*(?=[^\W_]|[¿¡…\"'“‘«_*(.])")
# A dash within a paragraph that has room on one side: not one between two words.
_DASH = r"(?:(?<=\s)(?:--|[—–―])|(?<=\S)[—–―](?=[\s,.;:!?…])|(?<=[:.!?])[—–―](?=\w))"
_NO_END = r"(?<!\bMr\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!\bM\.)"
_PERSONAL = re.compile(r"\b(?:I|you|your|my|me|we|our|us|je|tu|vous|moi|nous|ich|du|Sie|wir|yo|tú|usted)\b")
_PRESENT = re.compile(r"\b(?:is|are|am|do|does|can|will|shall|has|have|\w+['’](?:s|ll|re|ve|t)|est|ist|es)\b")
_SUBJECT = (
    r"(?:He|She|They|(?:The|A|An|His|Her|Their)\s+\w+|(?!If\b|No\b|But\b|And\b|What\b|Who\b|As\b|It\b|That\b|This\b|So\b)"
    r"[A-Z][\w.'’]+(?:\s+[A-Z][\w.'’]+)?)"
)
_DID = (
    r"(?:\w{2,}ed|was|were|went|came|took|stood|sat|gave|made|saw|felt|fell|rose|shook|began|put|threw|held|left|ran|let"
    r"|bent|drew|broke|caught|turned|kept|lay|met|sprang|struck|swung)"
)
# A sentence that tells what somebody did, and a tag with a verb of no list (flashed Lucy).
_TOLD = re.compile(rf"\W*{_SUBJECT}\s+(?:\w+ly\s+)?{_DID}\b")
_ODD_TAG = re.compile(
    r"(?:\w{2,}ed\s+(?:he|she|they|(?:the|his|her)\s+\w+|[A-Z]\w+)|(?:he|she)\s+\w{2,}ed(?=\s*[,.;:]|\s+\w+ly\b|\s+in\s)"
    r"|was\s+(?:the|his|her)\s+\w+)\b"
)
_GOES_ON = re.compile(
    r",\s+(?!\w+ing\b|\w+ed\b|and\b|with\b|without\b|in\b|as\b|who\b|to\b|at\b|after\b|while\b|when\b|for\b|his\b|her\b"
    r"|en\b|et\b|con\b|sin\b|mit\b|und\b)(?=[\w…])"
)
_RESUMES = re.compile(rf"[,.!?…]\s*{_DASH}\s*[,.]?\s*[^\W\d_]")


# open: speech goes on behind a tag as it likes; resumed: with a dash; paired: a dash closes it, too.
DashStyle = Literal["open", "resumed", "paired"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the paragraph that is all speech or all narration."""

    start: int
    end: int
    cut: str  # what begins it: "start", "dash", "comma", "sentence"


def begins_with_dash(text: str) -> bool:
    """Whether a paragraph begins as one of dash dialogue does."""
    return LEAD.match(text) is not None


def dash_style(texts: Iterable[str]) -> DashStyle:
    """How a book's dash dialogue goes on behind narration."""
    paired = resumed = 0
    for text in texts:
        lead = LEAD.match(text)
        first = _RESUMES.search(text, lead.end()) if lead else None
        if first:
            told = any(pattern.match(text, first.end() - 1) for pattern in (tag_pattern(), _ODD_TAG, _TOLD))
            paired += told
            resumed += not told
    if not paired + resumed:
        return "open"
    return "paired" if paired > resumed else "resumed"


def dashed_speech(text: str, style: DashStyle = "open") -> list[tuple[int, int]]:
    """The stretches of a paragraph that are speech, as (start, end); a dash belongs to the speech it opens."""
    spans: list[tuple[int, int]] = []
    speaking = False
    for piece in _pieces(text):
        speaking, fresh = _reading(text, piece, speaking, style)
        if not speaking:
            continue
        end = piece.start + len(text[piece.start : piece.end].rstrip())
        begin = _words_at(text, piece) if piece.cut == "dash" and _closes(text, piece.start) else piece.start
        if spans and not fresh and not text[spans[-1][1] : piece.start].strip():
            spans[-1] = (spans[-1][0], end)
        elif end > begin:
            spans.append((begin, end))
    return spans


def _closes(text: str, dash: int) -> bool:
    """Whether a dash stands close behind a word: it ends narration, and is no part of the speech behind it."""
    return dash > 0 and text[dash - 1].isalnum()


@cache
def _cuts() -> re.Pattern[str]:
    tag = tag_pattern().pattern
    return re.compile(
        rf"\s*(?P<dash>{_DASH})\s*,?\s*|(?<=[,;])\s+(?P<comma>(?={tag}|{_ODD_TAG.pattern}))|(?<=[.!?…]){_NO_END}[\"”’»)]*\s+(?P<sentence>)(?=\S)"
    )


def _pieces(text: str) -> Iterator[_Piece]:
    at, cut = 0, "start"
    lead = LEAD.match(text)
    for match in _cuts().finditer(text, lead.end() if lead else 0):
        kind = "dash" if match["dash"] is not None else "comma" if match["comma"] is not None else "sentence"
        start = match.start("dash") if kind == "dash" else match.end()
        yield from _within_tag(text, _Piece(at, start, cut))
        at, cut = start, kind
    yield from _within_tag(text, _Piece(at, len(text), cut))


def _within_tag(text: str, piece: _Piece) -> Iterator[_Piece]:
    """A piece, cut in two where speech goes on behind a tag in its midst (, he said, perhaps.)."""
    words = _words_at(text, piece)
    tag = tag_pattern().match(text, words, piece.end) if piece.cut != "start" else None
    resumed = _GOES_ON.match(text, tag.end(), piece.end) if tag and piece.cut == "comma" else None
    if resumed:
        yield _Piece(piece.start, resumed.end(), piece.cut)
        yield _Piece(resumed.end(), piece.end, "resumed")
    else:
        yield piece


def _words_at(text: str, piece: _Piece) -> int:
    """Where the words of a piece begin, behind its dash."""
    at = piece.start
    while at < piece.end and not text[at].isalnum():
        at += 1
    return at


def _reading(text: str, piece: _Piece, speaking: bool, style: DashStyle) -> tuple[bool, bool]:
    """Whether a piece is speech, and whether it begins a quotation of its own."""
    led = LEAD.match(text) is not None
    if style == "paired" and piece.cut not in {"start", "dash"}:
        return speaking, False
    if piece.cut in {"start", "resumed"}:
        return (led if piece.cut == "start" else style == "open"), True
    words = _words_at(text, piece)
    if speaking and _is_tag(text, words, piece):
        return False, False
    if piece.cut == "dash":
        return _behind_dash(text, piece, speaking, style)
    if piece.cut == "comma" or (not speaking and not (led and style == "open")):
        return speaking, False
    return _is_said(text, piece, speaking), not speaking


def _behind_dash(text: str, piece: _Piece, speaking: bool, style: DashStyle) -> tuple[bool, bool]:
    stopped = _stopped(text, piece.start)
    words = _words_at(text, piece)
    if speaking and style == "paired":
        roomy = text[words - 1 : words].isspace() or _closes(text, piece.start)
        return not (stopped or roomy or _ODD_TAG.match(text, words, piece.end)), False
    if speaking:
        return True, stopped
    return LEAD.match(text) is not None or (stopped and text[words : words + 1].isupper()), True


def _is_tag(text: str, words: int, piece: _Piece) -> bool:
    if tag_pattern().match(text, words, piece.end):
        return True
    return piece.cut != "dash" and _ODD_TAG.match(text, words, piece.end) is not None


def _stopped(text: str, at: int) -> bool:
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return text[at - 1 : at] in {".", "!", "?", "…", ":", ","}


def _is_said(text: str, piece: _Piece, speaking: bool) -> bool:
    """Whether a sentence is speech, given whether the one before it was."""
    sentence = text[piece.start : piece.end]
    if _PERSONAL.search(sentence) or _PRESENT.search(sentence):
        return True
    return speaking and not _TOLD.match(sentence)
