"""Decides whether a quotation is speech.

Scare quotes, titles, signs and quoted words have the same marks as speech. Each feature of a quotation has a weight in
tenths of a logit. A quotation is speech if its weights sum to more than zero.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from audiobook.languages.en.lexicon import load_speech_verbs
from audiobook.languages.en.quotations import (
    DETERMINERS,
    FIRST_OR_SECOND,
    LETTERS,
    NAMING,
    PAST,
    PRESENT,
    SUPPOSING,
    THIRD,
    WRITING,
)

_MARKS_AND_SPACE = "\"'“”‘’„‟‚‛«»‹›「」『』 \t\n\xa0_*"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PERSONAL = re.compile(rf"\b(?:{FIRST_OR_SECOND})\b", re.IGNORECASE)
_PRESENT = re.compile(rf"\b(?:{PRESENT})\b", re.IGNORECASE)
_PAST = re.compile(rf"\b(?:{PAST})\b", re.IGNORECASE)
_THIRD = re.compile(rf"\b(?:{THIRD})\b", re.IGNORECASE)
_LETTER = re.compile(
    rf"\b(?:{LETTERS})\b[^\"“”.!?]*:$"
    r"|\b(?:wrote|writing|read)\b[^\"“”.!?]*:?$"
)
_LETTER_CONTEXT_LENGTH = 60
_CONTEXT_LENGTH = 90  # characters on either side that are read
_MAX_SHORT = 6  # words; scare quotes, titles and signs are rarely longer
_MIN_LONG = 12  # words; a shorter quotation in the third person may be speech

WEIGHTS: dict[str, int] = {
    "capitals": -21,
    "writing": -17,
    "letter before": -13,
    "behind a quotation": -13,
    "past": -12,
    "few words behind a word": -12,
    "past, third person": -10,
    "supposing": -10,
    "past, third person, untagged": -10,
    "determiner before": -8,
    "whole paragraph": -7,
    "few words in much narration": -6,
    "narration goes on behind": -6,
    "behind a colon": -6,
    "ends in a word": -5,
    "naming before": -5,
    "behind a dash": -4,
    "stop behind": -3,
    "title case": -3,
    "ends in a dash": -1,
    "ends in a comma": 1,
    "any": 3,
    "present": 4,
    "ends in ! or ?": 5,
    "others in the paragraph": 7,
    "tag before": 8,
    "behind a sentence": 8,
    "most of the paragraph": 8,
    "I or you": 8,
    "tag behind": 9,
    "nothing behind": 12,
    "behind a semicolon": 13,
    "starts the paragraph": 20,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationContext:
    """A quotation in its paragraph."""

    text: str  # of the paragraph
    start: int
    end: int
    floor: int  # end of the quotation before it, or 0
    ceiling: int  # start of the quotation after it, or the end of the paragraph
    share: float  # share of the paragraph's characters in quotations

    @property
    def words(self) -> str:
        """Return the text between the marks."""
        return self.text[self.start : self.end].strip(_MARKS_AND_SPACE).lstrip("—–―" + _MARKS_AND_SPACE)


def is_speech(context: QuotationContext) -> bool:
    """Return whether the quotation is speech."""
    return sum(WEIGHTS.get(feature, 0) for feature in extract_features(context)) > 0


def is_tagged(context: QuotationContext) -> bool:
    """Return whether there is a speech tag beside the quotation."""
    return any(feature in ("tag before", "tag behind") for feature in extract_features(context))


def extract_features(context: QuotationContext) -> Iterator[str]:
    """Yield the features of a quotation that are evidence for or against speech."""
    text, start, end = context.text, context.start, context.end
    before = text[max(context.floor, start - _CONTEXT_LENGTH) : start].rstrip()
    behind = text[end : min(context.ceiling, end + _CONTEXT_LENGTH)].lstrip()
    words = _WORD.findall(context.words)
    is_short = len(words) <= _MAX_SHORT
    yield "any"
    yield from _find_position(context, before, is_short)
    yield from _find_form(context.words, words)
    tags = frozenset(_find_tags(before, behind))
    yield from tags
    yield from _find_neighbour_words(before, behind, bool(tags))
    if _LETTER.search(before[-_LETTER_CONTEXT_LENGTH:]):
        yield "letter before"
    yield from _find_person(context, len(words), bool(tags))


def _find_position(context: QuotationContext, before: str, is_short: bool) -> Iterator[str]:
    if context.start == 0:
        yield "starts the paragraph"
        if context.end >= len(context.text.rstrip()):
            yield "whole paragraph"
    elif not before:
        yield "behind a quotation"
    elif before[-1] in _MARKS_BEFORE:
        yield f"behind {_MARKS_BEFORE[before[-1]]}"
    elif before[-1] != "," and is_short:
        yield "few words behind a word"
    yield from _find_density(context, is_short)


def _find_density(context: QuotationContext, is_short: bool) -> Iterator[str]:
    if context.floor or context.ceiling < len(context.text):
        yield "others in the paragraph"
    if is_short and context.share < 0.2:
        yield "few words in much narration"
    elif context.share > 0.6:
        yield "most of the paragraph"


_MARKS_BEFORE = {
    **dict.fromkeys(".!?…", "a sentence"),
    ":": "a colon",
    ";": "a semicolon",
    **dict.fromkeys("—–-", "a dash"),
}
_MARKS_AT_END = {
    ",": "ends in a comma",
    **dict.fromkeys("!?", "ends in ! or ?"),
    **dict.fromkeys("—–-…:;", "ends in a dash"),
}


def _find_form(inside: str, words: list[str]) -> Iterator[str]:
    if inside[-1:] in _MARKS_AT_END:
        yield _MARKS_AT_END[inside[-1:]]
    elif inside[-1:] != ".":
        yield "ends in a word"
    if len(inside) > 1 and inside.isupper():
        yield "capitals"
    if len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 3):
        yield "title case"


def _find_tags(before: str, behind: str) -> Iterator[str]:
    verbs = load_speech_verbs()
    known = verbs.strong | verbs.weak
    last = [word.lower() for word in _WORD.findall(before)[-6:]]
    first = [word.lower() for word in _WORD.findall(behind)[:4]]
    if not known.isdisjoint(first) and behind[0] not in ".;":
        yield "tag behind"
    if not known.isdisjoint(last) and before[-1] in ",:":
        yield "tag before"


def _find_neighbour_words(before: str, behind: str, tagged: bool) -> Iterator[str]:
    last = [word.lower() for word in _WORD.findall(before)[-5:]]
    first = [word.lower() for word in _WORD.findall(behind)[:4]]
    if before[-1:].isalnum() and last and last[-1] in DETERMINERS:
        yield "determiner before"
    if not NAMING.isdisjoint(last[-3:]):
        yield "naming before"
    if not WRITING.isdisjoint(last[-4:] + first[:3]):
        yield "writing"
    if not SUPPOSING.isdisjoint(last + first[:3]):
        yield "supposing"
    yield from _find_following(behind, tagged)


def _find_following(behind: str, tagged: bool) -> Iterator[str]:
    if not behind:
        yield "nothing behind"
    elif behind[0].islower() and not tagged:
        yield "narration goes on behind"
    elif behind[0] in ",;.:)":
        yield "stop behind"


def _find_person(context: QuotationContext, count: int, tagged: bool) -> Iterator[str]:
    inside = context.words
    if _PERSONAL.search(inside):
        yield "I or you"
        return
    present, past = len(_PRESENT.findall(inside)), len(_PAST.findall(inside))
    if present:
        yield "present"
    if count <= _MIN_LONG or not past > 2 * present:
        return
    yield "past"
    if _THIRD.search(inside):
        yield "past, third person"
        if context.start and not tagged and count > 2 * _MIN_LONG:
            yield "past, third person, untagged"
