"""Divides a PDF whose headings have no style of their own: its lines as a plain text, by the rules for plain texts."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audiobook.model.book import Facts, Paragraph, Skipped
from audiobook.readers.assembling import Draft
from audiobook.readers.omissions import skip_stretch
from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits
from audiobook.readers.pdf.paragraphs import Block
from audiobook.readers.pdf.pieces import References, make_piece
from audiobook.readers.text import divide_source

_BLANK = {True: 3, False: 1}  # blank lines above a block: where it stands apart, and elsewhere
_CHARACTER = 0.5  # of the size: the width of a character, for indents
_MOST_INDENT = 30
_MOST_APART = 0.2  # share of the blocks that stand apart; beyond it, wide gaps are usual


@dataclass(slots=True)
class Typed:
    """What became of the lines."""

    facts: Facts
    drafts: list[Draft]
    skipped: list[Skipped]


class _Text:
    """The blocks as a plain text, and the way back from its offsets to those of the document."""

    def __init__(self, blocks: Sequence[Block], habits: Habits) -> None:
        self.lines: list[Line] = []
        self.owners: list[Block] = []
        self._starts: list[int] = []  # of each line in the plain text
        wide = _find_wide_gap(blocks)
        pieces: list[str] = []
        at = 0
        for n, block in enumerate(blocks):
            blank = "\n" * (_BLANK[bool(n) and _stands_apart(block, blocks[n - 1], wide, habits)]) if n else ""
            pieces.append(blank)
            at += len(blank)
            for line in block.lines:
                indent = " " * _measure_indent(line)
                self._starts.append(at + len(indent))
                self.lines.append(line)
                self.owners.append(block)
                pieces += (indent, line.text, "\n")
                at += len(indent) + len(line.text) + 1
        self.text = "".join(pieces)

    def line_at(self, offset: int) -> int:
        """The index of the line at an offset of the plain text."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def place(self, offset: int) -> int:
        """The offset in the document."""
        if not self.lines:
            return 0
        n = self.line_at(offset)
        return self.lines[n].start + min(max(offset - self._starts[n], 0), len(self.lines[n].text))


def divide_typed(blocks: Sequence[Block], references: References, habits: Habits, fallback_title: str) -> Typed:
    """The chapters of the blocks, by the rules for plain texts."""
    text = _Text(blocks, habits)
    divided = divide_source(text.text, fallback_title)
    drafts = [
        replace(draft, paragraphs=tuple(_restore(p, text, references, habits) for p in draft.paragraphs))
        for draft in divided.drafts
    ]
    skipped = []
    for cut in divided.cuts:
        start, end = text.place(cut.start), text.place(cut.end)
        told = skip_stretch(text.text[cut.start : cut.end], start, cut.reason, title=cut.title)
        skipped.append(replace(told, end=end))
    return Typed(divided.facts, drafts, skipped)


def _restore(paragraph: Paragraph, text: _Text, references: References, habits: Habits) -> Paragraph:
    """A paragraph made of the lines of the PDF: its words whole, its marks of notes left out."""
    if paragraph.stands is None:
        return paragraph
    first, last = text.line_at(paragraph.stands[0]), text.line_at(paragraph.stands[1] - 1)
    owner = text.owners[first]
    block = Block(text.lines[first : last + 1], owner.gap, owner.kind if paragraph.kind == "prose" else paragraph.kind)
    piece = make_piece(block, references, habits, level=0)
    if piece is None:
        return replace(paragraph, runs=(), span=_span(block))
    kind = paragraph.kind if paragraph.kind not in {"prose", "verse"} else owner.kind
    return Paragraph(text=piece.text, kind=kind, emphasis=piece.emphasis, span=piece.stands)


def _span(block: Block) -> tuple[int, int]:
    return block.lines[0].start, block.lines[-1].end


def _find_wide_gap(blocks: Sequence[Block]) -> float:
    """The gap that no ordinary paragraph has above it."""
    gaps = sorted(block.gap for block in blocks if block.gap)
    return 1.3 * gaps[int(len(gaps) * (1 - _MOST_APART))] if gaps else 2.0


def _stands_apart(block: Block, before: Block, wide: float, habits: Habits) -> bool:
    if block.gap:
        return block.gap > max(wide, 1.6)
    if block.first.page == before.first.page and block.first.column != 0:
        return False
    return abs(block.first.size - habits.size) > 1 or (
        len(block.lines) == 1 and before.lines[-1].page < block.first.page
    )


def _measure_indent(line: Line) -> int:
    return min(_MOST_INDENT, max(0, int((line.left - line.edges[0]) / max(_CHARACTER * line.size, 1.0))))
