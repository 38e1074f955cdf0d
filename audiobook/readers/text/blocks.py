"""Lines → blocks: where a paragraph begins and ends.

Three habits are known, and found from the whole text: paragraphs parted by blank lines (with hard-wrapped lines or
not), paragraphs begun by an indented line, and one line a paragraph.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audiobook.readers.headings import CHAPTER_FAMILIES, recognise
from audiobook.readers.titles import strip_controls

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]_*]*$|[\"”»]$|[—–-]$")
_TAB = 8
_LONG_LINE = 120  # hard-wrapped text is narrower than this
_WRAPPED_LINES_PER_BLOCK = 4  # below it, indented lines tell nothing


class Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    text: str
    start: int  # offset in the source
    indent: int  # columns

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)


class Block(NamedTuple):
    """Lines that stand together."""

    lines: tuple[Line, ...]
    gap: int  # blank lines before it; -1 where the block before it had no blank line after it

    @property
    def text(self) -> str:
        """The lines joined by spaces."""
        return self.lines[0].text if len(self.lines) == 1 else " ".join(line.text for line in self.lines)

    @property
    def start(self) -> int:
        """Offset of its first character in the source."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Offset after its last character in the source."""
        return self.lines[-1].end


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The habits of a text."""

    width: int  # columns at which its lines are wrapped; 0 where they are not
    indent: int  # columns at which ordinary lines begin
    paragraph_gap: int  # blank lines between ordinary paragraphs
    one_line: bool  # every line is a paragraph
    indented: bool  # an indented line begins a paragraph


def split_blocks(text: str, start: int, end: int) -> tuple[list[Block], Layout]:
    """The paragraphs between two offsets as blocks of lines, and the habits they were found by."""
    raw = list(_split_raw_blocks(text[start:end], start))
    layout = _measure_layout(raw)
    if layout.one_line:
        blocks = [piece for block in raw for piece in _split_by_line(block)]
    elif layout.indented:
        blocks = [piece for block in raw for piece in _split_by_indent(block, layout.indent)]
    else:
        blocks = raw
    return blocks, layout


def _split_raw_blocks(text: str, offset: int) -> Iterator[Block]:
    """The lines between blank lines. Control characters count as white space, because engines may fail on them."""
    lines: list[Line] = []
    gap = blank = 0
    for raw in strip_controls(text).split("\n"):
        stripped = raw.strip()
        if stripped:
            if not lines:
                gap = blank
            lead = len(raw) - len(raw.lstrip())
            indent = len(raw[:lead].expandtabs(_TAB)) if lead else 0
            lines.append(Line(stripped, offset + lead, indent))
            blank = 0
        else:
            blank += 1
            if lines:
                yield Block(tuple(lines), gap)
                lines = []
        offset += len(raw) + 1
    if lines:
        yield Block(tuple(lines), gap)


def _measure_layout(blocks: Sequence[Block]) -> Layout:
    lengths = sorted(len(line.text) for block in blocks for line in block.lines)
    if not lengths:
        return Layout(width=0, indent=0, paragraph_gap=1, one_line=False, indented=False)
    indent = Counter(line.indent for block in blocks for line in block.lines).most_common(1)[0][0]
    inner = [line for block in blocks for line in block.lines[:-1]]
    one_line = _is_one_line(inner, lengths)
    indented = not one_line and _is_indented(blocks)
    if indented:
        indent = min(line.indent for block in blocks for line in block.lines)
    return Layout(
        width=0
        if one_line or not inner
        else sorted(line.indent + len(line.text) for line in inner)[len(inner) * 9 // 10],
        indent=indent,
        paragraph_gap=_measure_usual_gap(blocks, one_line=one_line, indented=indented),
        one_line=one_line,
        indented=indented,
    )


def _is_one_line(inner: Sequence[Line], lengths: Sequence[int]) -> bool:
    """Whether lines followed by another line at once end as paragraphs do, rather than anywhere."""
    if not inner:
        return False
    ending = sum(1 for line in inner if _SENTENCE_END.search(line.text)) / len(inner)
    long_lines = lengths[len(lengths) * 19 // 20] > _LONG_LINE
    return ending > (0.5 if long_lines else 0.75)


def _is_indented(blocks: Sequence[Block]) -> bool:
    """Whether most lines stand in blocks where some, but not most, lines are indented."""
    total = mixed = 0
    for block in blocks:
        total += len(block.lines)
        if len(block.lines) >= _WRAPPED_LINES_PER_BLOCK:
            base = min(line.indent for line in block.lines)
            indented = sum(1 for line in block.lines if line.indent > base)
            mixed += len(block.lines) if 0 < indented <= 0.6 * len(block.lines) else 0
    return mixed > 0.5 * total


def _measure_usual_gap(blocks: Sequence[Block], *, one_line: bool, indented: bool) -> int:
    """The commonest number of blank lines between paragraphs, none where they mostly follow each other at once."""
    gaps = Counter(block.gap for block in blocks[1:])
    if not gaps:
        return 1
    base = min(line.indent for block in blocks for line in block.lines)
    paragraphs = sum(1 for block in blocks for line in block.lines if one_line or line.indent > base)
    if (one_line or indented) and paragraphs > 2 * len(blocks):
        return 0
    return gaps.most_common(1)[0][0]


def _split_by_line(block: Block) -> Iterator[Block]:
    if is_stanza(block):
        yield block
        return
    for n, line in enumerate(block.lines):
        yield Block((line,), block.gap if n == 0 else -1)


def is_stanza(block: Block) -> bool:
    """Whether lines in a text of one-line paragraphs are those of a poem: short, few ending a sentence."""
    if len(block.lines) < 3 or max(len(line.text) for line in block.lines) > 60:
        return False
    return sum(1 for line in block.lines if _SENTENCE_END.search(line.text)) < 0.5 * len(block.lines)


def _is_label(line: Line) -> bool:
    heading = recognise(line.text)
    return heading is not None and heading.family in CHAPTER_FAMILIES


def _split_by_indent(block: Block, base: int) -> Iterator[Block]:
    """Blocks begun by each indented line; a whole block of indented lines (a poem, a letter) stays together."""
    if len(block.lines) > 1 and all(line.indent > base for line in block.lines):
        yield block
        return
    lines: list[Line] = []
    gap = block.gap
    for line in block.lines:
        if lines and (line.indent > base or _is_label(line)):
            yield Block(tuple(lines), gap)
            lines, gap = [], -1
        lines.append(line)
    yield Block(tuple(lines), gap)
