"""Speech set off by dashes (— Sit, said Oona. — No.), as French, Spanish, Polish and Irish books have it.

A dash opens speech and nothing, or another dash, closes it, so narration is known by its words as well. Of all ways to
part a paragraph into what is said and what is told, the one that its clues speak for most is taken: by dynamic
programming (Viterbi), in time linear in the paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from audiobook.scripting.dash_clues import DASH, ODD_TAG, TAGS, TOLD, Dashes, Piece, cut_clues, pieces_of, word_clues
from audiobook.scripting.dash_weights import SAID, TURNS
from audiobook.scripting.tag_words import tag_pattern

__all__ = ["Dashes", "begins_with_dash", "dashed_speech", "read_dashes"]

LEAD = re.compile(r"\s*(?:--|[—–―-])\s*(?=[^\W_]|[¿¡…\"'“‘«_*(.])")
_RESUMES = re.compile(rf"(?:(?<=[\s,.!?…])|(?=\s)){DASH}\s*[,.]?\s*(?=[^\W\d_])|(?<=[,.!?…])\s*{DASH}\s*(?=[^\W\d_])")
_NEVER = -1_000_000  # a score below that of any reading


def begins_with_dash(text: str) -> bool:
    """Whether a paragraph begins as one of dash dialogue does."""
    return LEAD.match(text) is not None


def read_dashes(texts: Iterable[str]) -> Dashes:
    """How a book's dash dialogue looks and goes on behind narration, by the paragraphs that begin with a dash."""
    paired = resumed = 0
    looks: Counter[str] = Counter()
    for text in texts:
        lead = LEAD.match(text)
        if lead is None:
            continue
        looks[lead.group().lstrip()] += 1
        first = _RESUMES.search(text, lead.end())
        if first:
            told = any(pattern.match(text, first.end()) for pattern in (tag_pattern(), ODD_TAG, TOLD))
            paired += told
            resumed += not told
    own = max(looks, key=lambda look: (looks[look], look), default="— ")
    if not paired + resumed:
        return Dashes(style="open", own=own)
    return Dashes(style="paired" if paired > resumed else "resumed", own=own)


def dashed_speech(text: str, dashes: Dashes) -> list[tuple[int, int]]:
    """The stretches of a paragraph that are speech, as (start, end); a dash belongs to the speech it opens."""
    lead = LEAD.match(text)
    pieces = list(pieces_of(text, lead.end() if lead else 0))
    spans: list[tuple[int, int]] = []
    before = False
    for piece, said in zip(pieces, _read(text, pieces, dashes, led=lead is not None), strict=True):
        end = piece.start + len(text[piece.start : piece.end].rstrip())
        if said and before and spans and not _is_answer(text, piece, dashes):
            spans[-1] = (spans[-1][0], end)
        elif said:
            begin = _begin(text, piece)
            if end > begin:
                spans.append((begin, end))
        before = said
    return spans


def _read(text: str, pieces: Sequence[Piece], dashes: Dashes, *, led: bool) -> list[bool]:
    """Of each piece whether it is said, under the reading that scores most; the first is said where a dash leads."""
    told, said = (_NEVER, 0) if led else (0, _NEVER)
    said_weights = SAID[dashes.style == "paired"]
    came_from: list[tuple[bool, bool]] = []  # for a piece told and a piece said: whether the one before was said
    spoken = led
    tagged = ""
    for piece in pieces[1:]:
        spoken = spoken or (piece.cut == "dash" and dashes.begins_speech(piece.mark))
        cut = list(cut_clues(text, piece, dashes, led=led, tagged=tagged))
        words = list(word_clues(text, piece))
        tagged = next((TAGS[clue] for clue in words if clue in TAGS), "")
        begins, ends, goes_on = (sum(TURNS.get(clue, _NONE)[i] for clue in cut) for i in range(3))
        begun = told + (begins if spoken else _NEVER)
        came_from.append((said + ends > told, said + goes_on >= begun))
        told, said = (
            max(told, said + ends),
            max(said + goes_on, begun) + sum(said_weights.get(clue, 0) for clue in words),
        )
    reading = [said > told]
    for if_told, if_said in reversed(came_from):
        reading.append(if_said if reading[-1] else if_told)
    return reading[::-1]


_NONE = (0, 0, 0)


def _is_answer(text: str, piece: Piece, dashes: Dashes) -> bool:
    """Whether speech that follows speech is another quotation: it begins with the book's dash, behind a stop."""
    if piece.cut != "dash" or not dashes.begins_speech(piece.mark):
        return False
    return text[: piece.start].rstrip()[-1:] in {".", "!", "?", "…", ":", ","}


def _begin(text: str, piece: Piece) -> int:
    """Where speech begins: at its dash, unless that stands close behind a word, where it ends the narration."""
    if piece.cut == "dash" and not text[piece.start - 1 : piece.start + 1].isspace() and not piece.mark[:1].isspace():
        return piece.words
    return piece.start + len(piece.mark) - len(piece.mark.lstrip()) if piece.cut == "dash" else piece.start
