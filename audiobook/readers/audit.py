"""Compares a book with its source: every letter of every document is in one paragraph or in one skipped stretch.

The words of the source are counted independently of the reader. The reader states where each paragraph and each skipped
stretch stands; the letters of each paragraph are compared with the letters at its place.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from audiobook.model.book import Account, Book, Chapter, Paragraph, ReadChapter, SkippedText, count_and_hash, letters_of
from audiobook.readers.omissions import Document, Omissions, Source

_SHOWN = 60  # characters of a stretch in a listing
_MOST_LISTED = 500  # stretches with the same reason that are listed one by one
_MOST_FAULTS = 100
_LOST_IN_SOUP = 0.02  # share of a document's letters that a lenient parser may lose …
_MOST_IN_TAGS = 50  # … or this many, which are in broken tags and look like text

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Unit:
    """The paragraphs with the same place in the source: one, or the lines that it was split into."""

    chapter: int
    span: Span
    text: str
    is_note: bool = False  # notes are read elsewhere than they stand


def audit(book: Book, documents: Sequence[Document]) -> Account:
    """The account of every word of the documents that a book was read from."""
    source, faults = Source(documents), [fault for document in documents for fault in _find_lost_letters(document)]
    left_out = Omissions(book.skipped, source)
    units, placeless = _collect_units(book)
    faults += [f"chapter {n}: {text[:_SHOWN]!r} stands nowhere in the source" for n, text in placeless]
    faults += [fault for unit in units for fault in _find_misread(unit, source, left_out)]
    faults += _find_misplaced(units, source, left_out)
    read = _count_words_read(units, source, left_out)
    chapters = tuple(_account_for_chapter(chapter, read.get(chapter.number, 0)) for chapter in book.chapters)
    skipped = tuple(_list_skipped(source, left_out))
    if len(source.starts) != sum(c.source for c in chapters) + sum(s.words for s in skipped) and not faults:
        faults.append("the words that are read and those that are skipped are not those of the source")
    return Account(words=len(source.starts), chapters=chapters, skipped=skipped, faults=tuple(faults[:_MOST_FAULTS]))


def _find_lost_letters(document: Document) -> Iterator[str]:
    """A fault where the parser of a document lost letters."""
    if document.unmarked is None:
        return
    whole, found = letters_of(document.unmarked), letters_of(document.text)
    if len(whole) - len(found) > max(_MOST_IN_TAGS, len(whole) * _LOST_IN_SOUP):
        yield f"{document.name}: only {len(found):,} of its {len(whole):,} letters could be made out"


def _collect_units(book: Book) -> tuple[list[_Unit], list[tuple[int, str]]]:
    """Every place that is read, in source order, and the texts that have no place."""
    units: list[_Unit] = []
    placeless: list[tuple[int, str]] = []
    for chapter in book.chapters:
        for (span, is_note), paragraphs in groupby(chapter.paragraphs, key=lambda p: (_stands(p), p.kind == "note")):
            text = "".join(paragraph.text for paragraph in paragraphs)
            if span is not None:
                units.append(_Unit(chapter.number, span, text, is_note))
            elif letters_of(text):
                placeless.append((chapter.number, text))
    return sorted(units, key=lambda unit: unit.span), placeless


def _stands(paragraph: Paragraph) -> Span | None:
    return paragraph.stands


def _find_misread(unit: _Unit, source: Source, left_out: Omissions) -> Iterator[str]:
    """A fault where the letters of a paragraph are not those at its place."""
    meant, found = letters_of(left_out.without(unit.span)), letters_of(unit.text)
    if meant != found:
        at = next(
            (n for n, (a, b) in enumerate(zip(meant, found, strict=False)) if a != b), min(len(meant), len(found))
        )
        shown = f"{meant[at : at + _SHOWN]!r} is read as {found[at : at + _SHOWN]!r}"
        yield f"chapter {unit.chapter}, from {source.place(unit.span[0])}: {shown}"


def _find_misplaced(units: Sequence[_Unit], source: Source, left_out: Omissions) -> Iterator[str]:
    """Faults for text that is neither read nor skipped, that is read twice, or that is read in the wrong order."""
    at = 0
    for start, end in sorted([*(unit.span for unit in units), *left_out.spans()]):
        if start > at and source.has_letters(at, start):
            yield f"{source.place(at, start)}: nobody says what became of {source.shown(at, start)!r}"
        at = max(at, end)
    if source.has_letters(at, len(source.text)):
        yield f"{source.place(at, len(source.text))}: nobody says what became of {source.shown(at, len(source.text))!r}"
    for before, unit in pairwise(units):
        shared = (unit.span[0], min(before.span[1], unit.span[1]))
        if shared[0] < shared[1] and letters_of(left_out.without(shared)):
            yield f"{source.place(shared[0])}: {source.shown(*shared)!r} is read twice"
        if unit.chapter < before.chapter and not (unit.is_note or before.is_note):
            yield f"{source.place(unit.span[0])}: {source.shown(*unit.span)!r} is read before what stands above it"


def _count_words_read(units: Sequence[_Unit], source: Source, left_out: Omissions) -> dict[int, int]:
    """The number of source words that each chapter has."""
    read: dict[int, int] = {}
    at = 0
    for unit in units:
        start = max(unit.span[0], at)
        at = max(at, unit.span[1])
        words = source.words(start, at) - left_out.words_inside((start, at))
        read[unit.chapter] = read.get(unit.chapter, 0) + words
    ends = [unit.span[1] for unit in units]
    for place in left_out.going_on:
        after = bisect_right(ends, place)
        if after < len(units):
            read[units[after].chapter] = read.get(units[after].chapter, 0) + 1
    return read


def _account_for_chapter(chapter: Chapter, source: int) -> ReadChapter:
    words, check = count_and_hash(paragraph.text for paragraph in chapter.paragraphs)
    return ReadChapter(number=chapter.number, source=source, words=words, check=check)


def _list_skipped(source: Source, left_out: Omissions) -> Iterator[SkippedText]:
    """What is skipped, in order. Beyond a limit, stretches with the same reason are added up."""
    listed: Counter[str] = Counter()
    more: Counter[str] = Counter()
    for skipped in left_out.skipped:
        if not (source.has_letters(skipped.start, skipped.end) or skipped.start == skipped.end):
            continue
        words = left_out.words_of(skipped)
        if listed[skipped.reason] == _MOST_LISTED:
            more[skipped.reason] += words
            continue
        listed[skipped.reason] += 1
        place = source.place(skipped.start, skipped.end)
        opening = source.shown(skipped.start, skipped.end) or skipped.title
        yield SkippedText(reason=skipped.reason, place=place, words=words, opening=opening)
    for reason, words in more.items():
        yield SkippedText(reason=reason, place="elsewhere", words=words, opening="…")
