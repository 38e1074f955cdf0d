"""Page numbers left in a text between its paragraphs, and the paragraphs they cut in two."""

import itertools
import re
from collections.abc import Sequence

from audiobook.reading.plain.blocks import Block

_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]_*]*$")
_LEAST = 5  # numbers that follow each other
_CUT = 0.5  # share of them that stand in the middle of a sentence


def page_numbers(blocks: Sequence[Block]) -> frozenset[int]:
    """Which blocks are page numbers: lone numbers rising by one, most of them interrupting a sentence."""
    lone = []
    for n, block in enumerate(blocks):
        found = _NUMBER.fullmatch(block.lines[0].text) if len(block.lines) == 1 else None
        if found and n:
            lone.append((n, int(found[1])))
    rising = [a for a, b in itertools.pairwise(lone) if b[1] == a[1] + 1]
    cut = sum(1 for n, _ in rising if not _SENTENCE_END.search(blocks[n - 1].text))
    if len(rising) + 1 < _LEAST or cut < _CUT * len(rising):
        return frozenset()
    return frozenset(n for n, _ in lone)


def rejoined(blocks: Sequence[Block], pages: frozenset[int]) -> list[Block]:
    """The blocks without the page numbers, sentences they cut in two made whole."""
    kept: list[Block] = []
    after_page = False
    for n, block in enumerate(blocks):
        if n in pages:
            after_page = True
            continue
        goes_on = after_page and kept and not _SENTENCE_END.search(kept[-1].text) and block.text[:1].islower()
        if goes_on:
            kept[-1] = Block(kept[-1].lines + block.lines, kept[-1].gap)
        else:
            kept.append(block)
        after_page = False
    return kept
