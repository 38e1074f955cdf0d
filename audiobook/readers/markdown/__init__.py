"""Markdown → Book: front matter for the facts, headings for the chapters, offsets into the source for every word."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audiobook.model.book import Book, Facts, Paragraph, Skipped
from audiobook.readers import headings
from audiobook.readers.assembling import Start, assemble, lay_out
from audiobook.readers.markdown.blocks import Piece, read_blocks
from audiobook.readers.markdown.contents import cut_contents
from audiobook.readers.markdown.front_matter import authors_of, facts_of, read_front_matter
from audiobook.readers.markdown.notes import read_notes
from audiobook.readers.omissions import skip, skip_stretch
from audiobook.readers.text.title_page import author_in, is_by_line
from audiobook.readers.titles import one_line

_BY_LINES = 4  # paragraphs under a title among which the author is named
_LEAST_LABELS = 2  # "Chapter N" lines that divide a text without headings


def read_markdown(text: str, fallback_title: str, where: str) -> Book:
    """The book in a Markdown text; `fallback_title` where it does not name itself. Raises BookError without text."""
    front = read_front_matter(text)
    above = text[: front.end]
    skipped: list[Skipped] = [skip_stretch(above, 0, "front matter", title="Front matter")] if above.strip() else []
    pieces = cut_contents(read_blocks(text, front.end, skipped, where), skipped)
    if not any(piece.level for piece in pieces):
        pieces = _promote_labels(pieces)
    facts, page = _read_title_page(pieces, facts_of(front.values), fallback_title)
    if front.values and not facts.authors:
        facts = replace(facts, authors=authors_of(front.values))
    if page:
        title = one_line(pieces[0].paragraph.text)
        skipped.insert(0, skip([piece.paragraph for piece in pieces[:page]], "title page", title))
    told = pieces[page:]
    starts = _find_starts(told) or [Start(at=0, title=facts.title)]
    drafts = list(lay_out([piece.paragraph for piece in told], starts, skipped))
    return assemble(facts, drafts, skipped, where, notes=read_notes(text, skipped))


def _read_title_page(pieces: Sequence[Piece], stated: Facts | None, fallback: str) -> tuple[Facts, int]:
    """The facts, and how many pieces are a title page: the one top heading, where others divide the book below it."""
    top = [n for n, piece in enumerate(pieces) if piece.level == 1]
    deeper = any(piece.level > 1 for piece in pieces)
    is_title = top == [0] and _is_no_chapter(pieces[0])
    title = one_line(pieces[0].paragraph.text) if is_title else ""
    by = [one_line(piece.paragraph.text) for piece in pieces[1 : 1 + _BY_LINES]] if is_title else []
    named = next((n for n, line in enumerate(by) if is_by_line(line)), None)
    authors = author_in(by) if named is not None else ()
    facts = stated or Facts(title=title or fallback)
    facts = facts if facts.authors else replace(facts, authors=authors)
    if not is_title or not deeper:
        return facts, 0
    return facts, 1 if named is None or any(piece.level for piece in pieces[1 : named + 2]) else named + 2


def _is_no_chapter(piece: Piece) -> bool:
    heading = headings.recognise(one_line(piece.paragraph.text))
    return heading is None or heading.family.startswith(("titled", "numeral"))


def _find_starts(pieces: Sequence[Piece]) -> list[Start]:
    """Chapters at the highest level that comes more than once (or at all), parts above them where they are named so."""
    levels = Counter(piece.level for piece in pieces if piece.level)
    if not levels:
        return []
    chosen = next((level for level in sorted(levels) if levels[level] >= 2), min(levels))
    if _are_parts([piece for piece in pieces if piece.level == chosen]) and any(level > chosen for level in levels):
        chosen = min(level for level in levels if level > chosen)
    return [
        Start(at=n, title=one_line(piece.paragraph.text), is_part=_is_part(piece, chosen))
        for n, piece in enumerate(pieces)
        if 0 < piece.level <= chosen
    ]


def _are_parts(pieces: Sequence[Piece]) -> bool:
    return sum(_is_named_part(piece) for piece in pieces) * 2 > len(pieces)


def _is_named_part(piece: Piece) -> bool:
    heading = headings.recognise(one_line(piece.paragraph.text))
    return heading is not None and heading.family in headings.UPPER_FAMILIES


def _is_part(piece: Piece, chosen: int) -> bool:
    return piece.level < chosen and (_is_named_part(piece) or _is_no_chapter(piece))


def _promote_labels(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of a text without headings, its "Chapter N" lines made headings."""
    marked = [n for n, piece in enumerate(pieces) if _is_label(piece.paragraph)]
    if len(marked) < _LEAST_LABELS:
        return list(pieces)
    return [
        Piece(replace(piece.paragraph, kind="heading"), 2) if _is_label(piece.paragraph) else piece for piece in pieces
    ]


def _is_label(paragraph: Paragraph) -> bool:
    return paragraph.kind == "prose" and headings.is_chapter_label(paragraph.text)
