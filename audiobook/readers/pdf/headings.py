"""Blocks → pieces: which blocks are headings, and of which level, by size, weight, place and wording."""

from collections.abc import Sequence
from itertools import pairwise

from audiobook.readers import headings
from audiobook.readers.matter import is_ornament
from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits
from audiobook.readers.pdf.paragraphs import Block

_LARGER = 1.12  # of the size of the text: a heading by its size
_MUCH_LARGER = 1.5
_MOST_WORDS = 25
_MOST_LINES = 4
_APART = 1.4  # usual distances of lines above a heading of the size of the text
_DEEPEST = 6
_STOPS = (".", ",", ";", ":", "!", "?", "”", '"', "»")

Style = tuple[float, bool]


def find_levels(blocks: Sequence[Block], habits: Habits) -> dict[int, int]:
    """The level of each block that is a heading, by its index."""
    found = {n: _style(block.first) for n, block in enumerate(blocks) if _is_heading(blocks, n, habits)}
    ranks = {style: rank for rank, style in enumerate(sorted(set(found.values()), reverse=True), 1)}
    levels = {n: min(ranks[style], _DEEPEST) for n, style in found.items()}
    return _level_labels(blocks, levels)


def _style(line: Line) -> Style:
    return round(line.size * 2) / 2, line.is_bold


def _is_heading(blocks: Sequence[Block], n: int, habits: Habits) -> bool:
    block = blocks[n]
    text = block.text
    if len(block.lines) > _MOST_LINES or not any(map(str.isalnum, text)) or is_ornament(text):
        return False
    if len(text.split()) > _MOST_WORDS or block.first.linked > 0.5:
        return False
    ratio = block.first.size / habits.size
    if ratio >= _MUCH_LARGER:
        return True
    if ratio >= _LARGER or (block.first.is_bold and not habits.is_bold and ratio > 0.9):
        return not text.endswith((",", ";")) and (not text.endswith(_STOPS) or _is_label(text) or ratio >= _LARGER)
    return ratio > 0.9 and _stands_apart(blocks, n) and _is_label(text)


def _is_label(text: str) -> bool:
    """Whether a text is a heading by its own words: "Chapter 3", "Prologue"."""
    return headings.is_chapter_label(text)


def _stands_apart(blocks: Sequence[Block], n: int) -> bool:
    return len(blocks[n].lines) <= 2 and (blocks[n].gap == 0 or blocks[n].gap >= _APART)


def _level_labels(blocks: Sequence[Block], levels: dict[int, int]) -> dict[int, int]:
    """The levels, with a label ("Chapter I") and the title below it on the higher of their levels."""
    joined = dict(levels)
    for a, b in pairwise(sorted(levels)):
        if b == a + 1 and is_bare_label(blocks[a].text) and not _is_label(blocks[b].text):
            joined[a] = joined[b] = min(joined[a], joined[b])
    return joined


def is_bare_label(text: str) -> bool:
    """Whether a text is a label without a title."""
    heading = headings.recognise(" ".join(text.split()))
    return heading is not None and not heading.title and heading.family != headings.NAMED
