"""The analysis of a book, from its quotations to its speakers, on one screen."""

from audiobook.book import Book
from audiobook.script import Script
from audiobook.scripting.deciding import decide
from audiobook.scripting.quotations import find_convention, find_quotations
from audiobook.scripting.stage import set_stage
from audiobook.scripting.writing import write_out


def write_script(book: Book, *, source: str | None = None) -> Script:
    """The book's script: every paragraph as lines, each given to the narrator, a character or nobody known.

    The same book gives the same script on every machine. `source` is the book's file name, for people.
    """
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), book.facts.language)
    quotations = [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters]
    stage = set_stage(book, quotations)
    return write_out(book, quotations, stage, decide(stage), source)
