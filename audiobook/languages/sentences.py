"""Finds where the sentences of a text begin."""

import functools
import re
from importlib.resources import files

_CLOSERS = "\"'”’»)\\]*_"
_OPENERS = "\"'“‘«(\\[*_—–\\-"
_GREEK_QUESTION = r"(?<=[\u0370-\u03ff\u1f00-\u1fff]);"  # a semicolon after a Greek letter
_END = re.compile(
    rf"(?:(?:[.!?…।॥؟۔]|{_GREEK_QUESTION})+[{_CLOSERS}]*\s+|[。！？｡]++[」』）”’»]*+\s*+(?![、，]))"
    rf"(?=[{_OPENERS}\s]*(?P<next>\S))"
)
_AFTER_QUOTE = re.compile(r"[」』）”’»]\s*$")
_OPENING = "「『“«（"  # a quotation that begins right after another one
_WORD = re.compile(r"[^\W\d_]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")  # "U.S", "e.g"


def find_sentence_starts(text: str) -> tuple[int, ...]:
    """Return the offsets in `text` at which its sentences begin, in order. A blank text has none.

    A sentence ends with a period, an exclamation mark, a question mark or an ellipsis, or with such a mark of another
    script, if the next word is not in lower case. Two kinds of mark do not end a sentence: a period after an
    abbreviation ("Mr.") or an initial ("J."), and a mark of Chinese or Japanese before a closing quotation mark, unless
    another quotation follows (「来たのか。」と).
    """
    first = len(text) - len(text.lstrip())
    if first == len(text):
        return ()
    return (first, *(end.end() for end in _END.finditer(text, first) if _is_end(text, end)))


def _is_end(text: str, end: re.Match[str]) -> bool:
    if end["next"].islower():
        return False
    if text[end.start()] in "。！？｡":
        return not _AFTER_QUOTE.search(end.group()) or end["next"] in _OPENING
    if text[end.start()] != "." or text[end.start() + 1] == ".":
        return True
    before = text[max(0, end.start() - 24) : end.start()]
    word = _WORD.search(before)
    if word is None:
        return True
    is_initial = len(word[0]) == 1 and word[0].isupper() and word[0] != "I"
    return not (is_initial or word[0].lower() in _load_abbreviations() or _DOTTED.search(before))


@functools.cache
def _load_abbreviations() -> frozenset[str]:
    text = files("audiobook.languages.en").joinpath("abbreviations.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
