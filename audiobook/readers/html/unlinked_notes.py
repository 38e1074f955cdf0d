"""Find notes whose marks are no links: `[1]`, `[A]`, `[*]` or a raised number, and paragraphs that begin with them.

A paragraph that begins with a mark in brackets is a note where the same mark stands behind a word before it. Paragraphs
that begin with a bare number are notes at the end of a section or below a heading such as "Notes".
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audiobook.model.book import Note, Paragraph
from audiobook.readers.html.flow import Page, Piece
from audiobook.readers.html.links import NoteLink
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.omissions import skip, skip_stretch
from audiobook.readers.titles import one_line

_REFERENCE = re.compile(r"(?<=[^\s(\[])(?:\s?\[(\d{1,4}|[*†‡§]{1,3})\]|\[([A-Za-z])\])")
_BODY = re.compile(r"\[(\d{1,4}|[A-Za-z]|[*†‡§]{1,3})\][:.]?\s*(?=\S)")
_BARE_BODY = re.compile(r"(\d{1,3})[.):]?\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Reference:
    order: tuple[int, int]  # page and piece
    at: int  # its place in the text of all documents
    end: int
    after: int  # how many characters of its paragraph come before it
    cut: tuple[int, int]  # its place in the piece; empty for a raised number, which is left out already


@dataclass(frozen=True, slots=True)
class _Body:
    order: tuple[int, int]
    mark: str
    start: int  # where its words begin in the piece
    is_bare: bool


@dataclass(slots=True)
class _Taken:
    bodies: dict[tuple[int, int], tuple[_Body, _Reference]] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def take_unlinked_notes(pages: Sequence[Page]) -> list[Note]:
    """The notes whose marks are no links. They and their marks are taken out of the pages, which list them."""
    bodies = [body for n, page in enumerate(pages) for body in _find_bodies(n, page)]
    if not bodies:
        return []
    references = _find_references(pages)
    taken = _Taken()
    for body in bodies:
        found = references.get(body.mark, ())
        at = taken.used[body.mark]
        if at < len(found) and found[at].order < body.order:
            taken.bodies[body.order] = body, found[at]
            taken.used[body.mark] += 1
    notes = [_make_note(pages, body, reference) for body, reference in taken.bodies.values()]
    marks = {body.mark for body, _ in taken.bodies.values()}
    _cut_references(pages, [one for mark in marks for one in references[mark]])
    for n, page in enumerate(pages):
        _remove_bodies(page, {place for number, place in taken.bodies if number == n})
    return notes


def _find_bodies(number: int, page: Page) -> Iterator[_Body]:
    """The paragraphs that may be notes."""
    is_below = False
    run: list[_Body] = []
    for at, piece in enumerate(page.pieces):
        if piece.level or not piece.text:
            yield from run
            run = []
            is_below = _names_notes(piece) if piece.level else is_below
            continue
        body = _BODY.match(piece.text)
        bare = None if body else _BARE_BODY.match(piece.text)
        if bare:
            follows = not run or int(bare[1]) == int(run[-1].mark) + 1
            run = [*(run if follows or is_below else ()), _Body((number, at), bare[1], bare.end(), is_bare=True)]
            continue
        run = run if is_below else []
        if body:
            yield _Body((number, at), body[1], body.end(), is_bare=False)
    yield from run


def _names_notes(piece: Piece) -> bool:
    return find_unread_reason(one_line(piece.text)) == "notes"


def _find_references(pages: Sequence[Page]) -> dict[str, list[_Reference]]:
    """Where each mark stands behind a word, in order."""
    found: dict[str, list[_Reference]] = defaultdict(list)
    for n, page in enumerate(pages):
        for at, piece in enumerate(page.pieces):
            for link in piece.links:
                if not link.target[1] and link.is_mark:
                    found[link.mark].append(_Reference((n, at), link.at, link.at, link.after, (0, 0)))
            if "[" in piece.text and piece.stands is not None:
                for mark, reference in _find_in_piece(page, piece, (n, at)):
                    found[mark].append(reference)
    return found


def _find_in_piece(page: Page, piece: Piece, order: tuple[int, int]) -> Iterator[tuple[str, _Reference]]:
    """The marks in a piece, which are found in its source as well; none where the two differ."""
    start, end = piece.stands or (0, 0)
    read = list(_REFERENCE.finditer(piece.text))
    source = list(_REFERENCE.finditer(page.text[start - page.start : end - page.start]))
    if [found.group().strip() for found in read] != [found.group().strip() for found in source]:
        return
    removed = 0
    for here, there in zip(read, source, strict=True):
        at = start + there.end() - len(there.group().strip())
        yield (
            here[1] or here[2],
            _Reference(order, at, start + there.end(), here.start() - removed, here.span()),
        )
        removed += here.end() - here.start()


def _make_note(pages: Sequence[Page], body: _Body, reference: _Reference) -> Note:
    piece = pages[body.order[0]].pieces[body.order[1]]
    span = None if piece.stands is None else (piece.stands[0] + body.start, piece.stands[1])
    paragraph = Paragraph(text=piece.text[body.start :].strip(), kind="note", span=span)
    return Note(mark=body.mark, paragraphs=(paragraph,), reference=reference.at, after=reference.after)


def _cut_references(pages: Sequence[Page], references: Sequence[_Reference]) -> None:
    """Take the marks out of the text, and list them as left out."""
    cuts: dict[tuple[int, int], list[_Reference]] = defaultdict(list)
    for reference in references:
        if reference.cut[1]:
            cuts[reference.order].append(reference)
    for (number, place), there in cuts.items():
        page = pages[number]
        page.pieces[place] = _cut(page.pieces[place], [one.cut for one in there])
        for one in there:
            text = page.text[one.at - page.start : one.end - page.start]
            page.skipped.append(skip_stretch(text, one.at, "note reference"))


def _cut(piece: Piece, cuts: list[tuple[int, int]]) -> Piece:
    """A piece without stretches of its text."""
    cuts = sorted(cuts)

    def move(at: int) -> int:
        return at - sum(min(end, at) - start for start, end in cuts if start < at)

    def move_all(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        moved = ((move(start), move(end)) for start, end in spans)
        return tuple((start, end) for start, end in moved if start < end)

    text = piece.text
    for start, end in reversed(cuts):
        text = text[:start] + text[end:]
    links: tuple[NoteLink, ...] = tuple(replace(link, after=move(link.after)) for link in piece.links)
    emphasis, directions = move_all(piece.emphasis), move_all(piece.directions)
    return replace(piece, text=text, links=links, emphasis=emphasis, directions=directions)


def _remove_bodies(page: Page, places: set[int]) -> None:
    """Take notes out of a page, with a heading above them where nothing else is left below it."""
    gone = set(places)
    for at in sorted(places, reverse=True):
        above = at - 1
        if above >= 0 and page.pieces[above].level and _names_notes(page.pieces[above]):
            gone.add(above)
    for at in sorted(gone):
        page.skipped.append(skip([page.pieces[at]], "notes"))
        page.gone |= page.pieces[at].anchors
    if gone:
        page.pieces = [piece for at, piece in enumerate(page.pieces) if at not in gone]
        page.extents = {}
