"""Read footnotes and endnotes: at the end of their chapter, or behind the paragraph that refers to them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audiobook.model.book import Book, Chapter, Note, Paragraph
from audiobook.model.reading import NotesMode
from audiobook.readers.omissions import subtract_spans

_BREAK = Paragraph(text="", kind="break")
_Span = tuple[int, int]


def include_notes(book: Book, mode: NotesMode) -> Book:
    """The book with its notes read in the given way.

    A note is read where a mark in a chapter refers to it, and its text is in a part that is left out. All other notes
    stay left out.
    """
    if mode == "skip" or not book.notes:
        return book
    places = _Places(book.chapters)
    left_out = sorted((part.start, part.end) for part in book.skipped if not part.instead)
    read: dict[int, dict[int, list[Paragraph]]] = defaultdict(lambda: defaultdict(list))
    spans: list[_Span] = []
    for note in sorted(book.notes, key=lambda note: note.reference or 0):
        found = places.find(note)
        own = _spans_of(note)
        if found is None or not own or not all(_is_inside(span, left_out) for span in own):
            continue
        chapter, paragraph = found
        read[chapter][paragraph if mode == "inline" else -1] += map(_mark_note, note.paragraphs)
        spans += own
    chapters = tuple(
        replace(chapter, paragraphs=tuple(_insert(chapter, read[n]))) if n in read else chapter
        for n, chapter in enumerate(book.chapters)
    )
    return replace(book, chapters=chapters, skipped=tuple(subtract_spans(book.skipped, sorted(spans))))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    chapter: int  # index
    paragraph: int  # index


class _Places:
    """Where the paragraphs stand in the source."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._places = sorted(
            (
                _Place(*paragraph.stands, n, m)
                for n, chapter in enumerate(chapters)
                for m, paragraph in enumerate(chapter.paragraphs)
                if paragraph.stands
            ),
            key=lambda place: place.start,
        )
        self._starts = [place.start for place in self._places]

    def find(self, note: Note) -> tuple[int, int] | None:
        """The chapter and the paragraph that refer to a note; a mark may stand right behind its paragraph."""
        if note.reference is None:
            return None
        at = bisect_right(self._starts, note.reference) - 1
        if at < 0:
            return None
        place = self._places[at]
        following = self._starts[at + 1] if at + 1 < len(self._starts) else None
        if note.reference > place.end and following is None and note.reference - place.end > 1000:
            return None
        return place.chapter, place.paragraph


def _spans_of(note: Note) -> list[_Span]:
    return [span for paragraph in note.paragraphs if (span := _mark_note(paragraph).stands)]


def _mark_note(paragraph: Paragraph) -> Paragraph:
    """The paragraph as a note. Its place is that of its runs, which leave out the mark of the note."""
    return replace(paragraph, kind="note", span=None if paragraph.runs else paragraph.span)


def _is_inside(span: _Span, parts: Sequence[_Span]) -> bool:
    """Whether a stretch is in one of the parts, which are in order and may be nested."""
    at = bisect_right(parts, (span[0], 1 << 62)) - 1
    while at >= 0 and at >= bisect_right(parts, (span[0], 1 << 62)) - 50:
        if parts[at][0] <= span[0] and span[1] <= parts[at][1]:
            return True
        at -= 1
    return False


def _insert(chapter: Chapter, read: dict[int, list[Paragraph]]) -> Iterator[Paragraph]:
    for n, paragraph in enumerate(chapter.paragraphs):
        yield paragraph
        yield from read.get(n, ())
    if -1 in read:
        yield _BREAK
        yield from read[-1]
