"""Headings that stand in one block with what follows, parted from it."""

from collections.abc import Iterable, Iterator

from audiobook.reading import headings
from audiobook.reading.plain.blocks import Block

_MOST = 4  # headings in a row without a blank line: volume, book, part, chapter


def detach_headings(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, every "CHAPTER I" line and what stands beneath it without a blank line in blocks of their own."""
    for block in blocks:
        rest = block
        for _ in range(_MOST):
            heading = headings.recognise(rest.lines[0].text) if len(rest.lines) > 1 else None
            if heading is None or not _stands_alone(heading, rest):
                break
            yield Block(rest.lines[:1], rest.gap)
            rest = Block(rest.lines[1:], 0)
        yield rest


def _stands_alone(heading: headings.Heading, block: Block) -> bool:
    """Whether the first line is a heading by itself: a label without a title, or one whose title is complete."""
    if heading.family.startswith("titled") or heading.family == headings.NAMED:
        return False
    rest = " ".join(line.text for line in block.lines[1:])
    if heading.family in headings.NUMERALS:
        return headings.is_capitals(rest) and len(block.lines) <= 3
    if not heading.title:
        return True
    return len(rest.split()) > 40 or rest[:1] in "\"“'‘"
