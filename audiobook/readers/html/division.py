"""Pages and contents → drafts of chapters.

The contents say where chapters begin. A page that they do not name begins a chapter where it opens with a heading, and
else continues the chapter before it. Without contents, the headings decide; without headings, the pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audiobook.model.book import Paragraph, Skipped
from audiobook.readers import headings
from audiobook.readers.assembling import Draft, Start, lay_out
from audiobook.readers.html import chapter_starts, front_matter
from audiobook.readers.html.chapter_starts import Flow
from audiobook.readers.html.contents import Navigation
from audiobook.readers.html.flow import Page, Piece
from audiobook.readers.matter import UNREAD_TYPES
from audiobook.readers.omissions import skip

_LIST_LEVEL = 2  # headings up to this level begin a chapter on a page the contents forgot


def divide_pages(
    pages: Sequence[Page], navigation: Navigation, skipped: list[Skipped], *, is_loose: bool = False
) -> list[Draft]:
    """The chapters in the pages, in reading order; what is left out of them is added to `skipped`.

    `is_loose`: a book that nobody laid out as one. A single heading does not rule out that chapters begin with plain
    lines, and chapters are looked for below headings that are parts.
    """
    flow = _join_pages(pages, skipped, fewest_headings=2 if is_loose else 1)
    found = _find_starts(flow, navigation, below_parts=is_loose)
    opening = chapter_starts.read_heading_title(flow.pieces, 0) if found and found[0].at else ""
    return list(lay_out([_make_paragraph(piece) for piece in flow.pieces], found, skipped, opening))


def _join_pages(pages: Sequence[Page], skipped: list[Skipped], fewest_headings: int) -> Flow:
    """The pages' pieces in one row, without Project Gutenberg's words and contents lists."""
    every = [(page.name, piece) for page in pages for piece in page.pieces]
    pieces = [piece for _, piece in every]
    start, end = front_matter.find_gutenberg_bounds(pieces)
    lists = front_matter.find_contents_lists(pieces)
    left_out = [(0, start, "Project Gutenberg header"), *((a, b, "table of contents") for a, b in lists)]
    left_out.append((end, len(pieces), "Project Gutenberg licence"))
    skipped += [told for a, b, reason in left_out if (told := skip(pieces[a:b], reason)).words]
    gone = {n for a, b in [(0, start), (end, len(pieces)), *lists] for n in range(a, b)}
    hidden = {(page.name, anchor) for page in pages for anchor in page.gone}
    kept: list[Piece] = []
    first: dict[str, int] = {}
    anchors: dict[tuple[str, str], int] = {}
    for n, (name, piece) in enumerate(every):
        if n in gone:
            hidden |= {(name, anchor) for anchor in piece.anchors}
            continue
        first.setdefault(name, len(kept))
        for anchor in piece.anchors:
            anchors.setdefault((name, anchor), len(kept))
        kept.append(piece)
    return Flow(
        pieces=tuple(_promote_labels(kept, fewest_headings)), pages=first, anchors=anchors, gone=frozenset(hidden)
    )


def _promote_labels(pieces: Sequence[Piece], fewest: int) -> Iterator[Piece]:
    """The pieces of a book; where it has fewer headings than `fewest`, its "Chapter N" lines made headings."""
    plain = sum(piece.level > 0 for piece in pieces) < fewest
    for piece in pieces:
        is_label = plain and piece.kind == "prose" and headings.is_chapter_label(piece.text)
        yield replace(piece, kind="heading", level=_LIST_LEVEL) if is_label else piece


def _find_starts(flow: Flow, navigation: Navigation, *, below_parts: bool) -> list[Start]:
    """Where everything begins, in order, one start a place."""
    found = chapter_starts.find_by_contents(navigation.entries, flow)
    by_headings = chapter_starts.find_by_headings(flow, below_parts=below_parts)
    if len({start.at for start in found}) < 2 and len(by_headings) > len(found):
        found = by_headings
    found = (
        [*found, *chapter_starts.find_unlisted_pages(flow, found, _LIST_LEVEL)]
        if found
        else chapter_starts.find_by_pages(flow)
    )
    for (name, anchor), kind in navigation.landmarks.items():
        at = flow.anchors.get((name, anchor)) if anchor else None
        if at is not None and kind in UNREAD_TYPES:
            found.append(Start(at=at, title="", reason=UNREAD_TYPES[kind]))
    places = {start.at for start in found} if below_parts else set()
    places |= {at for entry in navigation.entries if (at := flow.place(entry.name, entry.anchor)) is not None}
    found = [
        replace(start, title=chapter_starts.choose_title(start.title, flow.pieces, start.at, places)) for start in found
    ]
    return sorted(found, key=lambda start: (start.at, not start.reason, not start.is_part))


def _make_paragraph(piece: Piece) -> Paragraph:
    return Paragraph(
        text=piece.text,
        kind=piece.kind,
        emphasis=piece.emphasis,
        span=piece.stands,
        speaker=piece.speaker,
        directions=piece.directions,
    )
