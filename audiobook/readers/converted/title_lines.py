"""The title and the author above the first heading of a document whose metadata do not name them."""

from collections.abc import Sequence
from dataclasses import replace

from audiobook.model.book import Facts
from audiobook.readers.headings import mostly_capitalised
from audiobook.readers.html.flow import Piece
from audiobook.readers.text.gutenberg import split_authors
from audiobook.readers.text.title_page import author_in
from audiobook.readers.titles import one_line, word_count

_MOST_LINES = 6  # above the first heading
_MOST_WORDS = 40
_MOST_NAME_WORDS = 5


def read_title_lines(pieces: Sequence[Piece], facts: Facts) -> Facts:
    """The facts with the title in a line that is set as a heading, but not as one of chapters, and the author below."""
    top = min((piece.level for piece in pieces if piece.level), default=0)
    first = next((n for n, piece in enumerate(pieces) if piece.level == top), 0)
    lines = [piece for piece in pieces[:first] if piece.text.strip()]
    words = sum(word_count(piece.text) for piece in lines)
    if not lines or not lines[0].level or len(lines) > _MOST_LINES or words > _MOST_WORDS:
        return facts
    title, *others = (one_line(piece.text) for piece in lines)
    authors = facts.authors or author_in(others)
    if not authors and others and word_count(others[0]) <= _MOST_NAME_WORDS and mostly_capitalised(others[0]):
        authors = tuple(split_authors(others[0]))
    return replace(facts, title=title, authors=tuple(authors))
