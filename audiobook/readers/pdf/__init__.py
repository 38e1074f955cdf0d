"""PDF → Book.

    file ─extraction (a process with pdfium)→ fragments ─lines→ lines in reading order ─repeats, notes→ what is left out
    ─paragraphs→ blocks ─chapters→ chapters

Offsets count characters of the lines in reading order, which `read_documents` gives.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from audiobook.model.book import Book, Skipped
from audiobook.readers.assembling import assemble
from audiobook.readers.omissions import Document, skip_stretch
from audiobook.readers.pdf.chapters import Parts, divide
from audiobook.readers.pdf.extraction import Extracted, extract
from audiobook.readers.pdf.lines import Line, find_usual_strip, read_lines
from audiobook.readers.pdf.measures import measure, set_edges
from audiobook.readers.pdf.notes import FOOTNOTE, REFERENCE, find_footnotes, find_references
from audiobook.readers.pdf.paragraphs import build_blocks
from audiobook.readers.pdf.pieces import group_references
from audiobook.readers.pdf.repeats import mark_repeats


def read(path: Path, fallback_title: str) -> Book:
    """The book in a PDF with text. Raises BookError, and MissingToolError where pypdfium2 is not installed."""
    extracted = extract(path)
    pages = read_pages(extracted)
    mark_repeats(pages)
    lines = [line for page in pages for line in page]
    read = [line for line in lines if not line.role]
    habits = measure(read)
    set_edges(read)
    notes = find_footnotes(lines, habits)
    references = find_references(lines, notes)
    skipped = list(_skip_lines(lines))
    skipped += [
        skip_stretch(r.line.text[r.start : r.end], r.line.start + r.start, REFERENCE, title=r.mark) for r in references
    ]
    blocks = build_blocks([line for line in lines if not line.role], habits)
    divided = divide(Parts(extracted, lines, blocks, group_references(references), habits), fallback_title)
    return assemble(divided.facts, divided.drafts, [*skipped, *divided.skipped], str(path), extracted.cover)


def read_documents(path: Path) -> Iterator[Document]:
    """The pages of a PDF, for the audit: the lines in reading order, and what pdfium reads without them."""
    extracted = extract(path)
    for number, (lines, raw) in enumerate(zip(read_pages(extracted), extracted.pages, strict=True), 1):
        yield Document(name=f"page {number}", text="\n".join(line.text for line in lines), unmarked=raw.text)


def read_pages(extracted: Extracted) -> list[list[Line]]:
    """The lines of each page with their offsets in the text of all pages."""
    pages: list[list[Line]] = []
    at = 0
    strip = find_usual_strip(extracted.pages)
    for number, raw in enumerate(extracted.pages):
        lines = read_lines(raw, number, strip)
        for line in lines:
            line.start = at
            at = line.end + 1
        at += not lines  # a page without lines is an empty document
        pages.append(lines)
    return pages


def _skip_lines(lines: Sequence[Line]) -> Iterator[Skipped]:
    """What is left out by lines: successive lines of a footnote together, others one by one."""
    begun: list[Line] = []
    for line in lines:
        if begun and not (line.role == begun[-1].role == FOOTNOTE and line.start == begun[-1].end + 1):
            yield _skip_row(begun)
            begun = []
        if line.role:
            begun.append(line)
    if begun:
        yield _skip_row(begun)


def _skip_row(row: Sequence[Line]) -> Skipped:
    return skip_stretch("\n".join(line.text for line in row), row[0].start, row[0].role)
