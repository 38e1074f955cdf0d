"""The analysis of a book on one screen: from its quotations to the speaker of each."""

from dataclasses import replace

from audiobook.attribution.parsed_book import parse_book
from audiobook.attribution.pinned_lines import Quotations, find_pinned_speakers, group_by_paragraph, pin_quotations
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.attribution.ranking.decoding import decide
from audiobook.attribution.ranking.ranker import Ranker
from audiobook.attribution.script_lines import build_script
from audiobook.model.book import Book
from audiobook.model.edits import NO_EDITS, ScriptEdits
from audiobook.model.script import Script


def find_book_quotations(book: Book) -> Quotations:
    """Find the quotations of a book: dialogue, thoughts, and quotations that are neither."""
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), book.facts.language)
    return [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters]


def write_script(
    book: Book,
    *,
    source: str | None = None,
    edits: ScriptEdits = NO_EDITS,
    ranker: Ranker | None = None,
    quotations: Quotations | None = None,
) -> Script:
    """Return the script of a book: each paragraph as lines, each spoken by the narrator, a character, or unknown.

    The same book gives the same script on every machine. `source` is the book's file name, for display. `edits` are the
    user's decisions. They always hold, but an edit that does not fit the book is ignored. `ranker` replaces the
    package's own ranker. `quotations` are those of the book, if the caller has already found them.
    """
    line_edits = group_by_paragraph(book, edits.line_edits)
    quotations = pin_quotations(book, quotations or find_book_quotations(book), line_edits)
    parsed = parse_book(book, quotations, edits)
    decisions = decide(parsed, find_pinned_speakers(book, parsed, line_edits), ranker)
    script = build_script(book, quotations, parsed, decisions, line_edits)
    return replace(script, source=source, renames=edits.renames)
