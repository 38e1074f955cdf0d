"""Blocks → paragraphs: wrapped lines are joined, verse keeps its lines, every character has its place."""

import itertools
import re
from collections.abc import Iterator, Sequence

from audiobook.model.book import Paragraph, ParagraphKind, Run
from audiobook.readers.text.blocks import Block, Layout, Line

_UNDERSCORED = re.compile(
    r"(?<![^\W_])_(?=[^\s_])([^_]{1,2000}?)(?<=[^\s_])_(?![^\W_])|(?<![\w*])\*(?=[^\s*])([^*]{1,500}?)(?<=[^\s*])\*(?![\w*])"
)
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_NEXT_HALF = re.compile(r"(?!(?:and|or|to|nor|but)\b)[^\W\d_]")
_VERSE_WIDTH = 0.9  # of the book's width: a line that leaves this much room was ended on purpose
_LOOSE_LINES = 0.8  # share of a block's lines that were


Hole = tuple[int, int]  # (start, end) in the source of what is not in the text of a paragraph


def paragraph(
    block: Block, layout: Layout, kind: ParagraphKind | None = None, holes: Sequence[Hole] = ()
) -> Paragraph | None:
    """The block as one paragraph without its holes; `kind` as found from its lines where none is given.

    None where nothing is left of it.
    """
    kind = kind or ("verse" if is_verse(block, layout) else "prose")
    pieces: list[str] = []
    runs: list[Run] = []
    at = 0
    before: Line | None = None
    for line in (piece for whole in block.lines for piece in _cut_holes(whole, holes)):
        if before is not None:
            glue = _glue_pieces(before, line, kind)
            pieces.append(glue)
            at += len(glue)
        pieces.append(line.text)
        runs.append(Run(text=at, source=line.start, length=len(line.text)))
        at += len(line.text)
        before = line
    text = "".join(pieces)
    if not text:
        return None
    span = (block.start, block.end) if holes else None
    return Paragraph(text=text, kind=kind, runs=tuple(runs), emphasis=_find_emphasis(text), span=span)


_SAME_LINE = -1  # the indent of a piece that continues the line before it after a hole
_AFTER_SPACE = -2  # the same, with a space between


def _cut_holes(line: Line, holes: Sequence[Hole]) -> Iterator[Line]:
    """The pieces of a line between its holes."""
    at, glued, spaced = 0, False, False
    for start, end in (*holes, (line.end, line.end)):
        if not line.start <= start <= end <= line.end:
            continue
        raw = line.text[at : start - line.start]
        text = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        spaced = spaced or lead > 0
        if text:
            indent = line.indent if not glued else _AFTER_SPACE if spaced else _SAME_LINE
            yield Line(text, line.start + at + lead, indent)
            glued, spaced = (
                True,
                raw != raw.rstrip() and start - line.start < len(line.text) and _is_markup(line, start),
            )
        at = end - line.start


def _is_markup(line: Line, place: int) -> bool:
    """Whether what is cut out at a place belongs to the word behind it, so that the space before it stays."""
    return line.text[place - line.start] in "=+"


def _glue_pieces(before: Line, line: Line, kind: ParagraphKind) -> str:
    if line.indent == _SAME_LINE:
        return ""
    if line.indent == _AFTER_SPACE:
        return " "
    return "\n" if kind == "verse" else _glue(before, line)


def scene_break(blocks: tuple[Block, ...] = ()) -> Paragraph:
    """A break with its text from the source; empty where it is only blank lines."""
    lines = tuple(line for block in blocks for line in block.lines)
    if not lines:
        return Paragraph(text="", kind="break")
    return Paragraph(text=" ".join(line.text for line in lines), kind="break", runs=paragraph_runs(lines))


def paragraph_runs(lines: tuple[Line, ...]) -> tuple[Run, ...]:
    """The runs of lines joined by one character each."""
    runs: list[Run] = []
    at = 0
    for line in lines:
        runs.append(Run(text=at, source=line.start, length=len(line.text)))
        at += len(line.text) + 1
    return tuple(runs)


def _glue(before: Line, after: Line) -> str:
    """A space, or nothing within a word that was parted at its hyphen ("good-" / "bye")."""
    return "" if _HYPHENATED.search(before.text) and _NEXT_HALF.match(after.text) else " "


def _find_emphasis(text: str) -> tuple[tuple[int, int], ...]:
    if "_" not in text and "*" not in text:
        return ()
    return tuple(m.span(m.lastindex or 1) for m in _UNDERSCORED.finditer(text))


def is_verse(block: Block, layout: Layout) -> bool:
    """Whether the block's lines were ended on purpose: nearly every one leaves room for the next line's first word."""
    lines = block.lines
    if len(lines) < 2:
        return False
    if layout.one_line:
        return True  # a stanza: anything else was parted line by line
    room = layout.width * _VERSE_WIDTH
    loose = sum(_measure_right_edge(a) + 1 + _read_first_word(b) <= room for a, b in itertools.pairwise(lines))
    if loose < _LOOSE_LINES * (len(lines) - 1):
        return False
    indented = sum(line.indent > layout.indent for line in lines)
    capitals = sum(not line.text.lstrip("\"'“‘_(*[")[:1].islower() for line in lines)
    return indented == len(lines) or capitals >= _LOOSE_LINES * len(lines)


def _measure_right_edge(line: Line) -> int:
    return line.indent + len(line.text)


def _read_first_word(line: Line) -> int:
    return len(line.text.split(maxsplit=1)[0])
