"""Blocks → the pages and the contents that the rules for marked-up books divide into chapters."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from audiobook.model.book import ParagraphKind
from audiobook.readers.html.flow import Piece
from audiobook.readers.matter import is_ornament
from audiobook.readers.pdf.extraction import Bookmark
from audiobook.readers.pdf.headings import find_levels, is_bare_label
from audiobook.readers.pdf.lines import Line
from audiobook.readers.pdf.measures import Habits
from audiobook.readers.pdf.notes import Reference
from audiobook.readers.pdf.paragraphs import Block, join_lines
from audiobook.readers.sections.contents import Entry, Navigation
from audiobook.readers.titles import one_line

NAME = "text"  # of the one document that all pieces are in
_BREAK = 1.9  # usual distances of lines between paragraphs that follow each other, which part scenes
_MOST_BREAKS = 0.12  # share of paragraphs with such a gap above which it is the usual one
_NEAR = 40  # pieces after a bookmark's place among which its title is looked for


References = Mapping[int, Sequence[Reference]]  # by the start of their line


def group_references(references: Iterable[Reference]) -> References:
    """The references of each line."""
    groups: dict[int, list[Reference]] = {}
    for reference in references:
        groups.setdefault(reference.line.start, []).append(reference)
    return groups


def make_pieces(blocks: Sequence[Block], references: References, habits: Habits) -> list[Piece]:
    """A piece for every block, and one for every blank that parts scenes."""
    levels = find_levels(blocks, habits)
    gap = _find_break_gap(blocks, levels)
    pieces: list[Piece] = []
    for n, block in enumerate(blocks):
        is_beside_heading = n in levels or n - 1 in levels
        if gap and block.gap >= gap and not is_beside_heading and block.kind != "verse" and pieces:
            pieces.append(Piece(text="", kind="break"))
        piece = make_piece(block, references, habits, levels.get(n, 0))
        if piece and pieces and _is_title_of(pieces[-1], piece):
            pieces[-1] = _join_heading(pieces[-1], piece)
        elif piece:
            pieces.append(piece)
    return pieces


def _find_break_gap(blocks: Sequence[Block], levels: dict[int, int]) -> float:
    """The gap from which a blank parts scenes; 0 where wide gaps are usual between paragraphs."""
    gaps = sorted(block.gap for n, block in enumerate(blocks) if block.gap and n not in levels and n - 1 not in levels)
    if len(gaps) < 10:
        return 0.0
    usual = gaps[len(gaps) * 3 // 4]
    wide = max(_BREAK, 1.45 * usual)
    return wide if sum(gap >= wide for gap in gaps) <= _MOST_BREAKS * len(gaps) else 0.0


def make_piece(block: Block, references: References, habits: Habits, level: int) -> Piece | None:
    """A block as a piece, a heading where it has a level; None where nothing of it is read."""
    text, starts = join_lines(block, habits)
    cuts = [
        (start + reference.start, start + reference.end)
        for line, start in zip(block.lines, starts, strict=True)
        for reference in references.get(line.start, [])
    ]
    text, emphasis = _cut(text, cuts, list(_find_emphasis(block, starts, len(text))))
    if not text.strip():
        return None
    span = (block.lines[0].start, block.lines[-1].end)
    linked = sum(line.linked * len(line.text) for line in block.lines) / max(
        1, sum(len(line.text) for line in block.lines)
    )
    kind: ParagraphKind = "heading" if level else "break" if is_ornament(text) else block.kind
    return Piece(text=text, kind=kind, level=level, emphasis=emphasis, linked=linked, stands=span)


def _find_emphasis(block: Block, starts: Sequence[int], length: int) -> Iterator[tuple[int, int]]:
    """The stretches in italics, neighbours joined; none where all of the block is in italics."""
    found: list[tuple[int, int]] = []
    for line, start in zip(block.lines, starts, strict=True):
        for a, b in line.italics:
            if found and start + a - found[-1][1] <= 1:
                found[-1] = (found[-1][0], min(start + b, length))
            else:
                found.append((start + a, min(start + b, length)))
    yield from (span for span in found if span[0] < span[1])


def _cut(
    text: str, cuts: Sequence[tuple[int, int]], emphasis: Sequence[tuple[int, int]]
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without some stretches, and the emphasis in what is left."""
    if not cuts:
        return text, tuple(emphasis)
    pieces, at = [], 0
    for start, end in sorted(cuts):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])

    def moved(offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in cuts if start < offset)

    shifted = ((moved(start), moved(end)) for start, end in emphasis)
    return "".join(pieces), tuple(span for span in shifted if span[0] < span[1])


def _is_title_of(label: Piece, title: Piece) -> bool:
    """Whether a heading is the title that belongs to the label above it."""
    if not label.level or label.level != title.level or "\n" in label.text:
        return False
    return is_bare_label(label.text) and not is_bare_label(title.text)


def _join_heading(label: Piece, title: Piece) -> Piece:
    span = (label.stands or (0, 0))[0], (title.stands or (0, 0))[1]
    return Piece(text=f"{label.text}\n{title.text}", kind="heading", level=label.level, stands=span)


def attach_outline(pieces: list[Piece], lines: Sequence[Line], outline: Sequence[Bookmark]) -> Navigation:
    """The outline as contents that lead to pieces: each to the one with its title, else to the one at its place."""
    starts = [(piece.stands or (-1, -1))[0] for piece in pieces]
    for n in range(len(starts) - 2, -1, -1):
        starts[n] = starts[n] if starts[n] >= 0 else starts[n + 1]
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    entries: list[Entry] = []
    least = 0
    for number, mark in enumerate(outline):
        offset = _find_offset(mark, pages)
        if offset is None:
            entries.append(Entry(title=one_line(mark.title), name="", anchor="", depth=mark.depth))
            continue
        place = min(bisect_left(starts, offset), len(pieces) - 1)
        at = _find_titled(pieces, max(least, place - 3), place, mark)
        anchor = f"mark-{number}"
        _add_anchor(pieces, at, anchor)
        entries.append(Entry(title=one_line(mark.title), name=NAME, anchor=anchor, depth=mark.depth))
    return Navigation(contents=(tuple(entries),), landmarks={})


def _find_offset(mark: Bookmark, pages: dict[int, list[Line]]) -> int | None:
    """The offset in the text of the first line at or below a bookmark's place; None where it leads nowhere."""
    if mark.page < 0:
        return None
    here = [line for line in pages.get(mark.page, []) if not line.role]
    below = [line for line in here if mark.y is None or line.y <= mark.y + 2]
    if below:
        return min(line.start for line in below)
    later = [page for page in pages if page > mark.page]
    return min((line.start for line in pages[min(later)]), default=None) if later else None


def _find_titled(pieces: Sequence[Piece], least: int, place: int, mark: Bookmark) -> int:
    wanted = _fold(mark.title)
    for n in range(place, min(place + _NEAR, len(pieces))):
        if pieces[n].kind != "break" and wanted and _fold(pieces[n].text[:300]).startswith(wanted[:60]):
            return n
        if n - place > 3 and not pieces[n].level and mark.y is not None:
            break
    for n in range(place - 1, least - 1, -1):
        if pieces[n].level and wanted and _fold(pieces[n].text) == wanted:
            return n
    return place


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _add_anchor(pieces: list[Piece], at: int, anchor: str) -> None:
    pieces[at] = replace(pieces[at], anchors=pieces[at].anchors | {anchor})
