"""Blocks that are no paragraphs: scene breaks, pictures, page numbers, notes of those who typed the book in."""

import itertools
import re
from collections.abc import Sequence

from audiobook.readers.matter import is_ornament
from audiobook.readers.text.blocks import Block

_PICTURE = re.compile(
    r"\*?\[\s*(?:Illustrations?|Pictures?|Images?|Frontispiece|Decoration|Plate|Map|Music)\b[^\]]*\]+\*?\.?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"[\[{]\s*(?:p\.|pg\.?|page)?\s*\d{1,4}\s*[\]}]|(?:page|pg\.?)\s+\d{1,4}(?:\s+of\s+\d+)?", re.IGNORECASE
)
_FOOTNOTE = re.compile(r"\[(?:Foot)?notes?\b\s*\w*\s*:|\[(?:\d{1,3}|[A-Z*†])\]:?\s+\S|Footnotes?:?$", re.IGNORECASE)
_TRANSCRIBER = re.compile(
    r"\W*(?:Transcriber|E-?text (?:editor|transcriber)|Proofreader)s?['’]?s?['’]? +(?:Endn|N)otes?\b"
    r"|\W*(?:E-?text |This (?:e-?book|e-?text) (?:was )?)?"
    r"(?:Produced|Transcribed|Prepared|Scanned|Digiti[sz]ed) (?:by|from)\b",
    re.IGNORECASE,
)


def is_scene_break(block: Block) -> bool:
    """Whether every line is made of ornaments only."""
    return all(is_ornament(line.text) for line in block.lines)


def find_block_reason(block: Block) -> str | None:
    """The reason why a single block among paragraphs is not read; None where it is read."""
    text = block.lines[0].text
    if text[0] in "[*" and _PICTURE.fullmatch(block.text):
        return "illustration"
    if len(block.lines) == 1 and _PAGE.fullmatch(text):
        return "page number"
    if text[0] in "[Ff" and _FOOTNOTE.match(text):
        return "footnote"
    return None


def is_transcribers(block: Block) -> bool:
    """Whether the block is a note by those who typed the book in. Trusted only before and after the story."""
    return bool(_TRANSCRIBER.match(block.lines[0].text))


_NUMBER = re.compile(r"[-–—\s]*(\d{1,4})[-–—\s]*")
_SENTENCE_STOP = re.compile(r"[.!?:…][\"'”’»)\]_*]*$")
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
    cut = sum(1 for n, _ in rising if not _SENTENCE_STOP.search(blocks[n - 1].text))
    if len(rising) + 1 < _LEAST or cut < _CUT * len(rising):
        return frozenset()
    return frozenset(n for n, _ in lone)


def rejoin_words(blocks: Sequence[Block], pages: frozenset[int]) -> list[Block]:
    """The blocks without the page numbers, sentences they cut in two made whole."""
    kept: list[Block] = []
    after_page = False
    for n, block in enumerate(blocks):
        if n in pages:
            after_page = True
            continue
        goes_on = after_page and kept and not _SENTENCE_STOP.search(kept[-1].text) and block.text[:1].islower()
        if goes_on:
            kept[-1] = Block(kept[-1].lines + block.lines, kept[-1].gap)
        else:
            kept.append(block)
        after_page = False
    return kept
