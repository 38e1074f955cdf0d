"""Find the notes of a book: marks in the text, and the paragraphs to which they lead.

A paragraph is a note if a mark leads to it and if it says so itself: by a link back, by its class or its id, or by the
mark at its beginning below a heading such as "Notes". Notes are taken out of the pages and kept as values.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from audiobook.model.book import Note, Paragraph
from audiobook.readers.html.flow import Page, Piece
from audiobook.readers.html.links import NoteLink
from audiobook.readers.html.unlinked_notes import take_unlinked_notes
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.omissions import skip
from audiobook.readers.titles import one_line, word_count

_NOTE_STYLE = re.compile(r"\b(?:foot|end|rear)?notes?(?:[-_]?(?:text|body|para))?\b|\b(?:fn|ftn|en)\b", re.IGNORECASE)
_NOTE_ID = re.compile(
    r"_?(?:fn|ftn|edn|en|foot|endnote|footnote|note|nt|n)[-_]?(?:\w{0,12}[-_])?\d{1,4}\w?", re.IGNORECASE
)
_MOST_PIECES = 30  # of one note
_MOST_WORDS = 1500
_MOST_CONTINUED = 4  # paragraphs of a note behind its first, which nothing marks
_BRACKETS = "[](){} .:\u00a0"
_MARK_AT_START = re.compile(r"\s*[\[({]?\s*(?:\d{1,4}|[*†‡§¶]{1,4}|[A-Za-z])\s*[\])}.:]*\s*")
_BACK = re.compile(r"\s*(?:↩|↑|⏎|\^|\[?(?:back|return)\]?)\ufe0e?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Found:
    """A note: where its pieces are, and the mark that leads to it."""

    page: Page
    hidden: bool  # among the pieces that are left out already
    start: int
    end: int
    link: NoteLink
    mark: str

    def pieces(self) -> Sequence[Piece]:
        """Its paragraphs."""
        return (self.page.note_pieces if self.hidden else self.page.pieces)[self.start : self.end]


@dataclass(slots=True)
class _Search:
    """Where anchors lead to, over all pages."""

    pages: Sequence[Page]
    order: dict[str, int] = field(default_factory=dict)
    shown: dict[tuple[str, str], int] = field(default_factory=dict)
    hidden: dict[tuple[str, str], int] = field(default_factory=dict)
    by_name: dict[str, Page] = field(default_factory=dict)
    headings: dict[str, list[int]] = field(default_factory=dict)  # document → the places of its headings

    def __post_init__(self) -> None:
        for n, page in enumerate(self.pages):
            self.order[page.name] = n
            self.by_name[page.name] = page
            self.headings[page.name] = [at for at, piece in enumerate(page.pieces) if piece.level]
            for places, pieces in ((self.shown, page.pieces), (self.hidden, page.note_pieces)):
                for at, piece in enumerate(pieces):
                    for anchor in piece.anchors:
                        places.setdefault((page.name, anchor), at)


def take_notes(pages: Sequence[Page]) -> list[Note]:
    """The notes of a book. Their paragraphs are taken out of the pages, which list them as left out."""
    search = _Search(pages)
    notes = _find_notes(search)
    shown: dict[str, list[_Found]] = defaultdict(list)
    for note in notes:
        if not note.hidden:
            shown[note.page.name].append(note)
    for name, there in shown.items():
        _extend_notes(there, search.by_name[name], search)
    made = [_make_note(note) for note in notes]
    for name, there in shown.items():
        _remove_notes(there, search.by_name[name])
    return [*(note for note in made if note is not None), *take_unlinked_notes(pages)]


def _find_notes(search: _Search) -> list[_Found]:
    """The notes to which the marks lead, each once, in the order of their text."""
    found: dict[tuple[str, bool, int], _Found] = {}
    for page in search.pages:
        for at, piece in enumerate(page.pieces):
            for link in piece.links:
                note = _find_note(link, page, at, search) if link.is_mark else None
                if note is not None:
                    found.setdefault((note.page.name, note.hidden, note.start), note)
    return sorted(found.values(), key=lambda note: (search.order[note.page.name], note.hidden, note.start))


def _find_note(link: NoteLink, page: Page, at: int, search: _Search) -> _Found | None:
    """The note to which a mark in the text leads; None where it leads to anything else."""
    target = search.by_name.get(link.target[0])
    mark = link.mark.strip(_BRACKETS)
    if target is None:
        return None
    hidden = search.hidden.get(link.target)
    if hidden is not None:
        start, end = target.note_extents.get(link.target[1], (hidden, hidden + 1))
        return _Found(target, True, start, max(end, start + 1), link, mark)
    place = search.shown.get(link.target)
    here, there = search.order[page.name], search.order[target.name]
    if place is None or (there, place) <= (here, at) or target.pieces[place].level:
        return None
    start, end = target.extents.get(link.target[1], (place, place + 1))
    if not start <= place < end or end - start > _MOST_PIECES or any(piece.level for piece in target.pieces[start:end]):
        start, end = place, place + 1
    note = _Found(target, False, start, end, link, mark)
    is_short = sum(word_count(piece.text) for piece in note.pieces()) <= _MOST_WORDS
    return note if is_short and _proves_itself(note, page, page.pieces[at], search) else None


def _proves_itself(note: _Found, page: Page, referring: Piece, search: _Search) -> bool:
    """Whether a paragraph says itself that it is a note."""
    pieces = note.pieces()
    links = [link for piece in pieces for link in piece.links]
    if any(link.target[0] == page.name and link.target[1] in referring.anchors for link in links):
        return True
    first = pieces[0]
    begins = any(link.is_mark and link.after == 0 for link in first.links) or _begins_with(first.text, note.mark)
    if not begins:
        return False
    named = _NOTE_STYLE.search(first.style) or _NOTE_ID.fullmatch(note.link.target[1])
    return bool(named) or _is_below_notes(note.page, note.start, search)


def _begins_with(text: str, mark: str) -> bool:
    bare = text.lstrip(_BRACKETS)
    return bool(mark) and bare.startswith(mark) and not bare[len(mark) : len(mark) + 1].isalnum()


def _is_below_notes(page: Page, at: int, search: _Search) -> bool:
    places = search.headings[page.name]
    above = bisect_left(places, at) - 1
    return above >= 0 and find_unread_reason(one_line(page.pieces[places[above]].text)) == "notes"


def _extend_notes(notes: Sequence[_Found], page: Page, search: _Search) -> None:
    """Let paragraphs between two notes at the end of a page belong to the first of them."""
    gaps = [after.start - note.end for note, after in pairwise(notes)]
    if len(page.pieces) - notes[-1].end > _MOST_CONTINUED or any(gap > _MOST_CONTINUED for gap in gaps):
        return
    ends = [after.start for after in notes[1:]]
    ends.append(len(page.pieces) if _is_below_notes(page, notes[-1].start, search) else notes[-1].end)
    for note, end in zip(notes, ends, strict=True):
        if not any(piece.level or piece.kind == "break" for piece in page.pieces[note.end : end]):
            note.end = max(note.end, end)


def _make_note(note: _Found) -> Note | None:
    paragraphs = tuple(_make_paragraphs(note))
    if not paragraphs:
        return None
    return Note(mark=note.mark, paragraphs=paragraphs, reference=note.link.at, after=note.link.after)


def _make_paragraphs(note: _Found) -> Iterator[Paragraph]:
    """The paragraphs of a note, without its mark and the link back; each has the place of what is left."""
    for n, piece in enumerate(note.pieces()):
        back = _BACK.search(piece.text)
        end = back.start() if back else len(piece.text)
        is_bare = not any(link.is_mark and link.after == 0 for link in piece.links)
        mark = _MARK_AT_START.match(piece.text) if n == 0 and is_bare and _begins_with(piece.text, note.mark) else None
        start = mark.end() if mark else 0
        text = piece.text[start:end].strip()
        if text:
            span = piece.stands
            if span is not None:
                span = (span[0] + start, span[1] - (len(piece.text) - end))
            yield Paragraph(text=text, kind="note", span=span)


def _remove_notes(notes: Sequence[_Found], page: Page) -> None:
    """Take notes out of a page, with the heading above them where nothing else is left below it."""
    gone: set[int] = set()
    for note in notes:
        gone |= set(range(note.start, note.end))
        page.skipped.append(skip(note.pieces(), "notes"))
        page.gone |= {anchor for piece in note.pieces() for anchor in piece.anchors}
    for n, piece in enumerate(page.pieces):
        below = page.pieces[n + 1 : n + 2]
        if piece.level and n + 1 in gone and below and find_unread_reason(one_line(piece.text)) == "notes":
            gone.add(n)
            page.skipped.append(skip([piece], "notes"))
    page.pieces = [piece for n, piece in enumerate(page.pieces) if n not in gone]
