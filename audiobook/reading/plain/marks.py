"""Blocks that are no paragraphs: scene breaks, pictures, page numbers, footnotes, notes of transcribers."""

import re

from audiobook.reading.ornaments import is_ornament
from audiobook.reading.plain.blocks import Block

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


def unread_reason(block: Block) -> str | None:
    """Why a block that stands by itself among the paragraphs is not read aloud; None where it is read."""
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
