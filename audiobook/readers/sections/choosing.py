"""Chooses between two divisions of one book: by its styles and contents, and as a plain text.

A book whose headings have styles, or whose contents list them, is divided by these. A text that was typed without
styles and then converted has few or wrong ones; the reader of plain text finds more there.
"""

import re
from collections.abc import Sequence

from audiobook.readers import headings
from audiobook.readers.assembling import Draft
from audiobook.readers.titles import word_count

_MOST_MISSED = 0.15  # share of plain chapters without a start of their own
_MOST_EMPTY = 0.1  # share of chapters with hardly any text
_MOST_LOST = 0.85  # share of the words of the other division: with fewer, one has left out a chapter
_FEWEST = 0.7  # of the chapters by styles, for a text of Project Gutenberg
_MOST_TIMES = 8  # as many chapters as by styles, those not counted that have numbers of their own
_LEAST_WORDS = 40
_SURE = 8  # chapters of a division that needs no second opinion
_REACH = 4000  # characters within which Project Gutenberg names itself
_GUTENBERG = re.compile(r"project gutenberg(?:'s|’s)? e-?(?:book|text)\b|\*{3} ?start of th", re.IGNORECASE)
_NUMBERED = {*headings.CHAPTER_FAMILIES, *headings.UPPER_FAMILIES, *headings.NUMERALS, *headings.TITLED_NUMERALS}


def is_sure(text: str, styled: Sequence[Draft], *, has_contents: bool) -> bool:
    """Whether a division by styles and contents needs no second opinion. `text` is that of the book."""
    return has_contents and len(styled) > _SURE and is_sound(styled) and not is_gutenberg(text)


def is_gutenberg(text: str) -> bool:
    """Whether a text is of Project Gutenberg, whose plain texts are converted to all formats."""
    return _GUTENBERG.search(text[:_REACH]) is not None


def is_sound(drafts: Sequence[Draft]) -> bool:
    """Whether nearly all chapters have text."""
    empty = sum(_count_words(draft) < _LEAST_WORDS for draft in drafts)
    return len(drafts) > 1 and empty <= max(1, _MOST_EMPTY * len(drafts))


def is_better_as_text(text: str, typed: Sequence[Draft], styled: Sequence[Draft]) -> bool:
    """Whether the division as a plain text is better: has chapters that the other one misses, or only it is sound."""
    if len(typed) < 2 or len(typed) > _MOST_TIMES * max(len(styled), 2) + _count_numbers(typed):
        return False  # a play whose names look like titles
    if is_sound(styled) != is_sound(typed):
        return is_sound(typed)
    words = sum(map(_count_words, typed)), sum(map(_count_words, styled))
    if min(words) < _MOST_LOST * max(words):
        return words[0] > words[1]
    if is_gutenberg(text) and len(typed) >= _FEWEST * len(styled):
        return True
    plain = [draft for draft in typed if _is_numbered(draft.title)]
    starts = {_start(draft) for draft in styled}
    missed = sum(_start(draft) not in starts for draft in plain)
    return missed >= max(_MOST_MISSED * len(plain), 1) or (len(styled) < 2 and len(plain) >= 2)


def _count_words(draft: Draft) -> int:
    return sum(word_count(paragraph.text) for paragraph in draft.paragraphs if paragraph.kind != "heading")


def _count_numbers(drafts: Sequence[Draft]) -> int:
    """How many different chapter numbers the titles have; an act is counted once, whoever speaks in it."""
    found = {
        (draft.within, heading.family, heading.number)
        for draft in drafts
        if (heading := headings.recognise(draft.title)) is not None and heading.family in _NUMBERED
    }
    return len(found)


def _is_numbered(title: str) -> bool:
    heading = headings.recognise(title)
    return heading is not None and heading.family in _NUMBERED


def _start(draft: Draft) -> int:
    """Where the text of a chapter begins in the source, its headings not counted."""
    text = next((p for p in draft.paragraphs if p.kind not in {"heading", "break"}), draft.paragraphs[0])
    return text.stands[0] if text.stands else -1
