"""Pinned stretches of a book: each is a quotation of its own or none, and in the end a line of its own."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from audiobook.attribution.quotes.quotations import Quotation
from audiobook.attribution.ranking.stage import Stage
from audiobook.model.book import Book, Paragraph
from audiobook.model.edits import Pin, decided
from audiobook.model.script import NARRATOR, Line

Pins = Mapping[tuple[int, int], Sequence[Pin]]  # by the numbers of chapter and paragraph; in order, disjoint
Quotations = Sequence[Sequence[tuple[Quotation, ...]]]  # per chapter and paragraph


def by_paragraph(book: Book, pins: Sequence[Pin]) -> Pins:
    """The pins of every paragraph that has any; without those that reach over its end or into another."""
    lengths = {
        (chapter.number, number): len(paragraph.text)
        for chapter in book.chapters
        for number, paragraph in enumerate(chapter.paragraphs, 1)
    }
    found: dict[tuple[int, int], list[Pin]] = {}
    for pin in sorted(pins, key=lambda pin: (pin.chapter, pin.paragraph, pin.start)):
        here = (pin.chapter, pin.paragraph)
        floor = found[here][-1].end if here in found else 0
        if floor <= pin.start < pin.end <= lengths.get(here, 0):
            found.setdefault(here, []).append(pin)
    return found


def pin_quotations(book: Book, quotations: Quotations, pins: Pins) -> Quotations:
    """The quotations, with every pinned stretch one of its own where it is dialogue, and none where it is narration."""
    if not pins:
        return quotations
    return [
        [
            _repinned(paragraph.text, found, pins[chapter.number, number])
            if (chapter.number, number) in pins
            else found
            for number, (paragraph, found) in enumerate(zip(chapter.paragraphs, spans, strict=True), 1)
        ]
        for chapter, spans in zip(book.chapters, quotations, strict=True)
    ]


def span_of(pin: Pin, text: str) -> tuple[int, int]:
    """Where the pinned words begin and end in their paragraph's text, without the white space around them."""
    return _stripped(text, pin.start, pin.end)


def pinned_turns(book: Book, stage: Stage, pins: Pins) -> dict[int, int]:
    """The person of every pinned turn whose speaker is somebody."""
    found: dict[int, int] = {}
    for passage in stage.passages if pins else ():
        here = pins.get((book.chapters[passage.chapter].number, passage.paragraph + 1), ())
        who = {span_of(pin, passage.text)[0]: stage.meant.get(pin.speaker or "") for pin in here}
        for index in passage.turns:
            person = who.get(stage.turns[index].start)
            if person is not None:
                found[index] = person
    return found


def cut_lines(paragraph: Paragraph, lines: Sequence[Line], pins: Sequence[Pin], named: Mapping[str, str]) -> list[Line]:
    """A paragraph's lines with every pinned stretch one of them, as it was decided.

    `named` gives the names in the script of the people whom pins name.
    """
    ends = list(accumulate(len(line.text) for line in lines))
    starts = [pin.start for pin in pins]
    cuts = {0, len(paragraph.text), *(pin.start for pin in pins), *(pin.end for pin in pins)}
    cuts.update(end for end in ends if _pin_at(end, starts, pins, inside=True) is None)
    found: list[Line] = []
    for start, end in _pieces(paragraph.text, sorted(cuts)):
        line = _cut(paragraph, lines[min(bisect_right(ends, start), len(lines) - 1)], start, end)
        pin = _pin_at(start, starts, pins)
        line = line if pin is None else _decided(line, pin, named)
        found.append(replace(line, place=replace(line.place, line=len(found) + 1)))
    return found


def _pin_at(offset: int, starts: Sequence[int], pins: Sequence[Pin], *, inside: bool = False) -> Pin | None:
    """The pin in which an offset lies; at its beginning only where not strictly inside."""
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset >= pins[at].end or (inside and offset == pins[at].start):
        return None
    return pins[at]


def _pieces(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The stretches between cuts; one of white space goes to the one before it."""
    start = cuts[0]
    for cut, following in pairwise(cuts[1:]):
        if text[start:cut].strip() and text[cut:following].strip():
            yield start, cut
            start = cut
    yield start, cuts[-1]


def _cut(paragraph: Paragraph, line: Line, start: int, end: int) -> Line:
    span = paragraph.source_span(start, end)
    return replace(line, text=paragraph.text[start:end], start=span[0] if span else None, end=span[1] if span else None)


def _decided(line: Line, pin: Pin, named: Mapping[str, str]) -> Line:
    speaker = pin.speaker
    if speaker is not None and not (speaker == NARRATOR and pin.kind == "narration"):
        speaker = named.get(speaker, speaker)
    return decided(replace(line, speaker=speaker, kind=pin.kind, manner=pin.manner))


def _repinned(text: str, found: Sequence[Quotation], pins: Sequence[Pin]) -> tuple[Quotation, ...]:
    ends = [pin.end for pin in pins]
    known = {(quotation.start, quotation.end): quotation for quotation in found}
    pieces = [p for q in found for p in _outside(text, q, pins[bisect_right(ends, q.start) :])]
    for pin in pins:
        start, end = span_of(pin, text)
        if pin.kind == "dialogue" and start < end:
            same = known.get((start, end), Quotation(start=start, end=end, kind="speech"))
            pieces.append(replace(same, kind="thought" if pin.manner == "thought" else "speech"))
    return tuple(sorted(pieces, key=lambda quotation: quotation.start))


def _outside(text: str, quotation: Quotation, pins: Sequence[Pin]) -> Iterator[Quotation]:
    """What is left of a quotation by the pins that end behind its beginning."""
    at = quotation.start
    for pin in pins:
        if pin.start >= quotation.end:
            break
        yield from _piece(text, quotation, at, pin.start)
        at = pin.end
    yield from _piece(text, quotation, at, quotation.end)


def _piece(text: str, quotation: Quotation, start: int, end: int) -> Iterator[Quotation]:
    start, end = _stripped(text, start, end)
    if start < end:
        yield replace(
            quotation,
            start=start,
            end=end,
            continues=quotation.continues and start == quotation.start,
            runs_on=quotation.runs_on and end == quotation.end,
        )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    first = start + len(inside) - len(inside.lstrip())
    return first, max(first, start + len(inside.rstrip()))
