"""Find stage directions: paragraphs that are one, and brackets in a speech."""

import re
from collections.abc import Sequence

from audiobook.model.book import Paragraph, letters_of

_BRACKETED = re.compile(r"\[[^\]]{1,2000}\]|\((?:[^()]|\([^()]{0,200}\)){1,2000}\)")
_ACTION = re.compile(
    r"[_*]*(?:Re-?enter|Enters?|Exit|Exeunt|Manent|Flourish|Alarums?|Curtain|Thunder|Trumpets?|Music|They)\b"
)


def is_direction(paragraph: Paragraph) -> bool:
    """Whether a whole paragraph is in brackets or in italics."""
    text = paragraph.text.strip().rstrip(".")
    if paragraph.directions:
        return True
    if text[:1] in "[(" and is_covered(text, [m.span() for m in _BRACKETED.finditer(text)]):
        return True
    if text[:1] == "_" and text[-1:] == "_" and text.count("_") == 2:
        return True
    return is_covered(paragraph.text, paragraph.emphasis)


def find_directions(text: str, *, has_square: bool) -> tuple[tuple[int, int], ...]:
    """The stage directions in a speech: what is in square brackets; in a play without them, what is in round ones.

    Round brackets within a sentence are part of the speech.
    """
    found = []
    for match in _BRACKETED.finditer(text):
        start, end = match.span()
        if text[start] == "(" and ((has_square and start > 0) or not _is_apart(text, start)):
            continue
        while end < len(text) and text[end] in ".,;:" and start == 0:
            end += 1
        found.append((start, end))
    return tuple(found)


def _is_apart(text: str, start: int) -> bool:
    """Whether brackets stand between sentences, and not within one."""
    before = text[:start].rstrip(" \n_*")[-1:]
    return not before or before in '.!?…—–:;"”’'


def is_covered(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all letters of a text are in the spans."""
    at = 0
    for start, end in spans:
        if letters_of(text[at:start]):
            return False
        at = max(at, end)
    return bool(spans) and not letters_of(text[at:])


def is_action(text: str) -> bool:
    """Whether a paragraph without brackets begins as stage directions do: "Enter", "Exeunt", "They fight"."""
    return _ACTION.match(text) is not None
