"""Pinned spans of a book: each becomes a quotation or narration as the user decided, and a line of its own."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.quotes.quotations import Quotation
from audiobook.model.book import Book, Paragraph
from audiobook.model.edits import LineEdit, mark_decided
from audiobook.model.script import NARRATOR, Line

# (chapter number, paragraph number) → edits, in order and disjoint.
LineEdits = Mapping[tuple[int, int], Sequence[LineEdit]]
Quotations = Sequence[Sequence[tuple[Quotation, ...]]]  # per chapter and paragraph


def group_by_paragraph(book: Book, line_edits: Sequence[LineEdit]) -> LineEdits:
    """Group the line edits by paragraph. Edits that overlap or do not fit their paragraph are left out."""
    lengths = {
        (chapter.number, number): len(paragraph.text)
        for chapter in book.chapters
        for number, paragraph in enumerate(chapter.paragraphs, 1)
    }
    found: dict[tuple[int, int], list[LineEdit]] = {}
    for line_edit in sorted(
        line_edits, key=lambda line_edit: (line_edit.chapter, line_edit.paragraph, line_edit.start)
    ):
        here = (line_edit.chapter, line_edit.paragraph)
        floor = found[here][-1].end if here in found else 0
        if floor <= line_edit.start < line_edit.end <= lengths.get(here, 0):
            found.setdefault(here, []).append(line_edit)
    return found


def pin_quotations(book: Book, quotations: Quotations, line_edits: LineEdits) -> Quotations:
    """Make each pinned span of dialogue a quotation, and remove quotations from pinned narration."""
    if not line_edits:
        return quotations
    return [
        [
            _replace_quotations(paragraph.text, found, line_edits[chapter.number, number])
            if (chapter.number, number) in line_edits
            else found
            for number, (paragraph, found) in enumerate(zip(chapter.paragraphs, spans, strict=True), 1)
        ]
        for chapter, spans in zip(book.chapters, quotations, strict=True)
    ]


def strip_pinned_span(line_edit: LineEdit, text: str) -> tuple[int, int]:
    """Return the span of the pinned words in the text of their paragraph, without the space around them."""
    return _strip_span(text, line_edit.start, line_edit.end)


def find_pinned_speakers(book: Book, parsed: ParsedBook, line_edits: LineEdits) -> dict[int, int]:
    """Return the person of each pinned turn that has a speaker."""
    found: dict[int, int] = {}
    for passage in parsed.passages if line_edits else ():
        here = line_edits.get((book.chapters[passage.chapter].number, passage.paragraph + 1), ())
        who = {
            strip_pinned_span(line_edit, passage.text)[0]: parsed.edited_people.get(line_edit.speaker or "")
            for line_edit in here
        }
        for index in passage.turns:
            person = who.get(parsed.turns[index].start)
            if person is not None:
                found[index] = person
    return found


def split_pinned_lines(
    paragraph: Paragraph, lines: Sequence[Line], line_edits: Sequence[LineEdit], script_names: Mapping[str, str]
) -> list[Line]:
    """Split a paragraph's lines so that each pinned span is a line as the user decided.

    `script_names` maps the names in the edits to the names in the script.
    """
    ends = list(accumulate(len(line.text) for line in lines))
    starts = [line_edit.start for line_edit in line_edits]
    cuts = {
        0,
        len(paragraph.text),
        *(line_edit.start for line_edit in line_edits),
        *(line_edit.end for line_edit in line_edits),
    }
    cuts.update(end for end in ends if _pin_at(end, starts, line_edits, inside=True) is None)
    found: list[Line] = []
    for start, end in _split_at_cuts(paragraph.text, sorted(cuts)):
        line = _cut_line(paragraph, lines[min(bisect_right(ends, start), len(lines) - 1)], start, end)
        line_edit = _pin_at(start, starts, line_edits)
        line = line if line_edit is None else _apply_edit(line, line_edit, script_names)
        found.append(replace(line, place=replace(line.place, line=len(found) + 1)))
    return found


def _pin_at(
    offset: int, starts: Sequence[int], line_edits: Sequence[LineEdit], *, inside: bool = False
) -> LineEdit | None:
    """Return the pin around an offset. With `inside`, its first offset does not count."""
    at = bisect_right(starts, offset) - 1
    if at < 0 or offset >= line_edits[at].end or (inside and offset == line_edits[at].start):
        return None
    return line_edits[at]


def _split_at_cuts(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans between the cuts. A span of white space goes to the one before it."""
    start = cuts[0]
    for cut, following in pairwise(cuts[1:]):
        if text[start:cut].strip() and text[cut:following].strip():
            yield start, cut
            start = cut
    yield start, cuts[-1]


def _cut_line(paragraph: Paragraph, line: Line, start: int, end: int) -> Line:
    span = paragraph.source_span(start, end)
    return replace(line, text=paragraph.text[start:end], start=span[0] if span else None, end=span[1] if span else None)


def _apply_edit(line: Line, line_edit: LineEdit, script_names: Mapping[str, str]) -> Line:
    speaker = line_edit.speaker
    if speaker is not None and not (speaker == NARRATOR and line_edit.kind == "narration"):
        speaker = script_names.get(speaker, speaker)
    return mark_decided(replace(line, speaker=speaker, kind=line_edit.kind, style=line_edit.style))


def _replace_quotations(text: str, found: Sequence[Quotation], line_edits: Sequence[LineEdit]) -> tuple[Quotation, ...]:
    ends = [line_edit.end for line_edit in line_edits]
    known = {(quotation.start, quotation.end): quotation for quotation in found}
    pieces = [p for q in found for p in _subtract_pins(text, q, line_edits[bisect_right(ends, q.start) :])]
    for line_edit in line_edits:
        start, end = strip_pinned_span(line_edit, text)
        if line_edit.kind == "dialogue" and start < end:
            same = known.get((start, end), Quotation(start=start, end=end, kind="speech"))
            pieces.append(replace(same, kind="thought" if line_edit.style == "thought" else "speech"))
    return tuple(sorted(pieces, key=lambda quotation: quotation.start))


def _subtract_pins(text: str, quotation: Quotation, line_edits: Sequence[LineEdit]) -> Iterator[Quotation]:
    """Yield the parts of a quotation outside the pins that end after its start."""
    at = quotation.start
    for line_edit in line_edits:
        if line_edit.start >= quotation.end:
            break
        yield from _make_part(text, quotation, at, line_edit.start)
        at = line_edit.end
    yield from _make_part(text, quotation, at, quotation.end)


def _make_part(text: str, quotation: Quotation, start: int, end: int) -> Iterator[Quotation]:
    start, end = _strip_span(text, start, end)
    if start < end:
        yield replace(
            quotation,
            start=start,
            end=end,
            continues=quotation.continues and start == quotation.start,
            runs_on=quotation.runs_on and end == quotation.end,
        )


def _strip_span(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    first = start + len(inside) - len(inside.lstrip())
    return first, max(first, start + len(inside.rstrip()))
