"""Split a spoken text into pieces that an engine accepts at once.

Sentences first, then clauses, then words; a word longer than the limit is cut as it stands. Pieces of one text are
about equally long, so that no piece is a single word.
"""

import math
import re

from audiobook.languages.scripts import UNSPACED

_SENTENCE_END = re.compile(r"[.!?।॥؟۔][\"'”’)\]]*\s+|[。！？｡]+[」』）”’]*\s*")
_CLAUSE_END = re.compile(r"[,;:،؛][\"'”’)\]]*\s+|[、，；：]\s*")
_SPACE = re.compile(r"\s+")
_MOST_LETTERS = 4  # that a character of these scripts stands for
_WITHOUT_SPACE = re.compile(rf"[{UNSPACED}。！？｡、，；：」』）]$")
_SYLLABIC = re.compile(rf"[{UNSPACED}\uac00-\ud7a3]")


def split_utterances(text: str, limit: int) -> tuple[str, ...]:
    """Return the text in pieces of at most `limit` characters, which hold its words in order.

    In a script whose characters stand for syllables or words, pieces have fewer, so that they take no longer to speak.
    No piece is empty; an empty text gives no pieces. Raises ValueError where the limit is not positive.
    """
    if limit < 1:
        raise ValueError("an utterance has at least one character")
    text = " ".join(text.split())
    if len(text) > limit // _MOST_LETTERS and len(_SYLLABIC.findall(text)) * 2 > len(text):
        limit = max(1, limit // _MOST_LETTERS)
    if len(text) <= limit:
        return (text,) if text else ()
    return tuple(_pack(_pieces(text, limit), limit))


def _pieces(text: str, limit: int) -> list[str]:
    """Return the smallest units that may be separated: sentences where they fit, else clauses, else words."""
    units = [text]
    for boundary in (_SENTENCE_END, _CLAUSE_END, _SPACE):
        units = [part for unit in units for part in (_split(unit, boundary) if len(unit) > limit else (unit,))]
    return [unit[at : at + limit].rstrip() for unit in units for at in range(0, len(unit), limit)]


def _split(text: str, boundary: re.Pattern[str]) -> list[str]:
    ends = [match.end() for match in boundary.finditer(text)]
    starts = [0, *ends]
    parts = (text[start:end].strip() for start, end in zip(starts, [*ends, len(text)], strict=True))
    return [part for part in parts if part]


def _pack(pieces: list[str], limit: int) -> list[str]:
    """Join neighbours greedily, up to a length that divides the rest evenly."""
    left = sum(map(len, pieces)) + len(pieces) - 1
    packed: list[str] = []
    current = ""
    for piece in pieces:
        aim = math.ceil(left / math.ceil(left / limit))
        joined = f"{current}{_joint(current)}{piece}" if current else piece
        if current and (len(joined) > limit or len(current) >= aim):
            packed.append(current)
            left -= len(current) + 1
            current = piece
        else:
            current = joined
    return [*packed, current]


def _joint(before: str) -> str:
    """What stands between two pieces: nothing behind a character of a script without spaces."""
    return "" if _WITHOUT_SPACE.search(before) else " "
