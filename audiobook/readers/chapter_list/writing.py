"""Write `BOOK.chapters.txt`: a line for each chapter and each left-out part, below comments that explain the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from audiobook.model.book import Book
from audiobook.readers.chapter_list.entries import ARROW, FIRST_LINE, ChapterEntry
from audiobook.readers.chapter_list.units import Text, Unit, key_of, list_units, match_entries
from audiobook.readers.omissions import Source
from audiobook.readers.titles import one_line

_WIDEST = 48  # columns to which titles are padded
_EXPLANATION = """
# The chapters of {title}. Every command obeys this file as long as it is beside the book.
#
# Each line is one chapter:   what to do | its title | its first words
#
#   keep   reads it aloud.
#   skip   leaves it out. Where the fourth column gives a reason, the program leaves it out; write keep to read it.
#   join   reads it as a part of the chapter above.
#   split  begins a new chapter in the middle of the one above. Add such a line below that chapter:
#          split | Title of the new chapter | first words of the paragraph where it begins
#
# To rename a chapter, put an arrow and the new title behind the old one:
#   keep | CHAPTER I -> The Arrival | It was the
#
# The old title and the first words find the chapter again when the book changes, so leave them as they are. The order
# of the chapters cannot be changed. A chapter without a line is read. Lines that begin with # are comments.
"""


def write_entries(book: Book, load: Callable[[], Source], earlier: Sequence[ChapterEntry] = ()) -> str:
    """The text of the file for a book without edits. The decisions in `earlier` are kept.

    Earlier lines that no longer fit the book are added as comments.
    """
    units = list_units(book, Text(load))
    found, unmatched = match_entries((entry for entry in earlier if entry.action != "split"), units)
    rows = [_row(unit, found.get(n)) for n, unit in enumerate(units)]
    width = min(_WIDEST, max((len(row[1]) for row in rows), default=0))
    lines = [FIRST_LINE, _EXPLANATION.format(title=one_line(book.facts.title)).strip("\n"), ""]
    for (action, *fields), n in zip(rows, range(len(units)), strict=True):
        lines.append(_line(action, fields, width))
        entry = found.get(n)
        lines += [] if entry is None else [_line("split", [s.title, s.words], width) for s in _below(entry, earlier)]
    lines += _comment(unmatched)
    return "\n".join(lines) + "\n"


def _row(unit: Unit, entry: ChapterEntry | None) -> list[str]:
    title = _clean(unit.title)
    action: str = "keep" if unit.part is None else "skip"
    if entry is not None:
        new = entry.new_title or (entry.title if key_of(entry.title) != key_of(unit.title) else "")
        title, action = f"{title} {ARROW} {new}" if new else title, entry.action
    return [action, title, unit.words, *([unit.part.reason] if unit.part else [])]


def _clean(text: str) -> str:
    """A title without the signs that have a meaning in the file. Titles are compared by their letters only."""
    return one_line(text.replace("|", "/").replace(ARROW, "→"))


def _line(action: str, fields: Sequence[str], width: int) -> str:
    title, *rest = fields
    return f"{action:<5} | {title:<{width}} | {' | '.join(rest)}".rstrip()


def _below(entry: ChapterEntry, entries: Sequence[ChapterEntry]) -> Iterator[ChapterEntry]:
    """The splits below an entry."""
    at = next((n for n, other in enumerate(entries) if other is entry), len(entries))
    for other in entries[at + 1 :]:
        if other.action != "split":
            return
        yield other


def _comment(entries: Iterable[ChapterEntry]) -> Iterator[str]:
    entries = list(entries)
    if entries:
        yield ""
        yield "# The book no longer has these chapters:"
    for entry in entries:
        title = f"{entry.title} {ARROW} {entry.new_title}" if entry.new_title else entry.title
        yield f"# {_line(entry.action, [title, entry.words], 0)}"
