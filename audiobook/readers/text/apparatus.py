"""Blocks that are no paragraphs: scene breaks, pictures, page numbers, notes of those who typed the book in."""

import itertools
import re
from collections.abc import Iterator, Sequence

from audiobook.readers.matter import is_ornament
from audiobook.readers.text.blocks import Block

_PICTURE = re.compile(
    r"\*?\[\s*(?:Illustrations?|Pictures?|Images?|Frontispiece|Decoration|Plate|Map|Music)\b[^\]]*(?:\[[^\]]*\][^\]]*)*"
    r"\]+\*?\.?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"[\[{]\s*(?:p(?:p)?\.|pg\.?|page|blz\.|S\.)\s*[\divxlc]{1,7}\s*[\]}]|\{\s*\d{1,4}\s*\}"
    r"|(?:page|pg\.?)\s+\d{1,4}(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)
_SIDENOTE = re.compile(r"\[\s*(?:Side-?note|Headline|Running head|Heading)s?\s*:[^\]]*\]\.?", re.IGNORECASE)
_INLINE = re.compile(
    r"\[\s*(?:pg\.?|p\.|page)\s*[\divxlc]{1,7}\s*\]|\{\s*(?:pg\.?|p\.|page)?\s*\d{1,4}\s*\}|\[\s*(?:Side-?note|Illustration)s?\s*:?[^\]\[]{0,200}\]",
    re.IGNORECASE,
)
_TRANSCRIBER = re.compile(
    r"\W*(?:Original )?(?:Transcriber|E-?text (?:editor|transcriber)|Proofreader)s?['’]?s?['’]? +(?:Endn|N)otes?\b"
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
    if text[0] == "[" and _SIDENOTE.fullmatch(block.text):
        return "sidenote"
    return None


_SIGNED = re.compile(  # =bold=, +spaced+
    r"(?<![\w=+])([=+])(?=[^\W\d_])[^=+\n]{1,200}?(?<=[\w.,;:!?'’\"”])\1(?![\w=+])"
)


def find_inline_marks(block: Block) -> Iterator[tuple[int, int, str]]:
    """Page numbers, side notes and pictures within a paragraph's lines: (start, end, reason) in the source."""
    for line in block.lines:
        if "=" in line.text or "+" in line.text:
            for found in _SIGNED.finditer(line.text):
                yield line.start + found.start(), line.start + found.start() + 1, "markup"
                yield line.start + found.end() - 1, line.start + found.end(), "markup"
        if "[" in line.text or "{" in line.text:
            for found in _INLINE.finditer(line.text):
                kind = found.group().lstrip("[{ ")[:2].casefold()
                reason = {"si": "sidenote", "il": "illustration"}.get(kind, "page number")
                yield line.start + found.start(), line.start + found.end(), reason


def join_bracketed(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with a remark in brackets that goes on over several of them made one block."""
    kept: list[Block] = []
    at = 0
    while at < len(blocks):
        end = _find_closing(blocks, at) if _OPEN.match(blocks[at].lines[0].text) else at + 1
        lines = tuple(line for block in blocks[at:end] for line in block.lines)
        kept.append(blocks[at] if end == at + 1 else Block(lines, blocks[at].gap))
        at = end
    return kept


_OPEN = re.compile(r"\*?\[\s*(?:Illustrations?|Transcriber|Side-?note|Note de transcri|E-?text)", re.IGNORECASE)
_MOST_BRACKETED = 60  # blocks of one remark


def _find_closing(blocks: Sequence[Block], at: int) -> int:
    depth = 0
    for end in range(at, min(len(blocks), at + _MOST_BRACKETED)):
        depth += sum(line.text.count("[") - line.text.count("]") for line in blocks[end].lines)
        if depth <= 0:
            return end + 1
    return at + 1


def is_transcribers(block: Block) -> bool:
    """Whether the block is a note by those who typed the book in. Trusted only before and after the story."""
    return bool(_TRANSCRIBER.match(block.lines[0].text))


_NUMBER = re.compile(r"[-–—\s\[(]*(\d{1,4})[-–—\s\])]*")
_SENTENCE_STOP = re.compile(r"[.!?:…][\"'”’»)\]_*]*$")
_LEAST = 5  # numbers that follow each other
_FIRST_PAGE = 2  # a count in brackets that begins above it is one of pages, not of chapters
_LONG_ENOUGH = 40  # characters of a block that may be a broken sentence
_CUT = 0.5  # share of them that stand in the middle of a sentence


def page_numbers(blocks: Sequence[Block]) -> frozenset[int]:
    """Which blocks are page numbers: lone numbers rising by one, most of them interrupting a sentence."""
    lone = []
    for n, block in enumerate(blocks):
        found = _NUMBER.fullmatch(block.lines[0].text) if len(block.lines) == 1 else None
        if found and n:
            lone.append((n, int(found[1])))
    stated = frozenset(n for n, block in enumerate(blocks) if len(block.lines) == 1 and _PAGE.fullmatch(block.text))
    rising = [a for a, b in itertools.pairwise(lone) if b[1] == a[1] + 1]
    cut = sum(_is_broken_off(blocks[n - 1]) for n, _ in rising)
    bracketed = all(blocks[n].text[0] in "[(" for n, _ in lone)
    if len(rising) + 1 < _LEAST or (cut < _CUT * len(rising) and not (bracketed and lone[0][1] > _FIRST_PAGE)):
        return stated
    return stated | frozenset(n for n, _ in lone)


def _is_broken_off(block: Block) -> bool:
    """Whether a block is a sentence without its end."""
    text = block.text
    return len(text) > _LONG_ENOUGH and not _SENTENCE_STOP.search(text)


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


_IMPRINT = re.compile(
    r"all rights|©|\(c\)|copyright|\bISBN\b|\bpublish|\bprinted\b|\bprinters?\b|\bpress\b|\bedition\b"
    r"|library of congress|\bchez\b|\bpar m\."
    r"|\bentered\b.{0,30}\bact of\b"
    r"|\bproduced (?:in|at|by|from)\b|\bperform(?:ed|ance)\b|\brights\b|\bprice\b|\bcloth\b"
    r"|\bscann|\bproofread|\be-?texts?\b|\be-?books?\b|https?:|www|\bimages\b|gallica"
    r"|\bdedicat|\breprinted\b|\btranslated\b"
    r"|\bimprimerie\b|\blibraire|\bverlag\b|\bgedruckt\b|\bimprenta\b|\btipografia\b|\bM[DCLXVI]{5,}\b",
    re.IGNORECASE,
)
_TOLD = 25  # words of a paragraph that is told rather than set on a title page


def is_told(block: Block) -> bool:
    """Whether a block is a paragraph of prose, or a stanza, that somebody would read out."""
    words = block.text.split()
    if len(words) < _TOLD or block.text.isupper() or is_imprint(block):
        return False
    small = sum(word[:1].islower() for word in words)
    return small >= 0.5 * len(words)


def is_imprint(block: Block) -> bool:
    """Whether a block is of an imprint, or of those who made the file."""
    found = len(_IMPRINT.findall(block.text))
    return found > 0 and found * 60 >= len(block.text.split())
