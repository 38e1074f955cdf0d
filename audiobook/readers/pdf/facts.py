"""Title, authors and language of a PDF: from its metadata where they name a book, else from its first page."""

import re
from collections.abc import Sequence

from audiobook.model.book import Facts
from audiobook.readers import headings
from audiobook.readers.html.flow import Piece
from audiobook.readers.pdf.extraction import Extracted
from audiobook.readers.text.gutenberg import split_authors, stated_facts
from audiobook.readers.text.title_page import author_in
from audiobook.readers.titles import one_line, title_from_name

_REACH = 12  # pieces at the beginning among which title and author stand
_GUTENBERG_REACH = 4000  # characters
_MOST_TITLE_WORDS = 20
_NO_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint) - .*|.*\.(?:docx?|odt|rtf|txt|indd|tex|dvi|qxd|pdf|html?|pmd|wpd|pages)"
    r"|untitled.*|unknown|title|document ?\d*|no title|\(anonymous\)|print|\W*)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(r"(?:unknown|anonymous|admin\w*|user|owner|author|root|pc|\W*|.*@.*|.*\\.*)", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def find_facts(extracted: Extracted, pieces: Sequence[Piece], fallback_title: str) -> Facts:
    """The facts of a book; `fallback_title`, made from the file's name, where it does not name itself."""
    opening = "\n".join(piece.text for piece in pieces[:200])[:_GUTENBERG_REACH]
    stated = stated_facts(opening) if "gutenberg" in opening.casefold() else None
    front = pieces[:_REACH]
    title, author = one_line(extracted.title), one_line(extracted.author)
    is_named = _NO_TITLE.fullmatch(title) is None and title_from_name_text(title) != fallback_title.casefold()
    lines = [one_line(line) for piece in front for line in piece.text.split("\n")]
    authors = split_authors(author) if _NO_AUTHOR.fullmatch(author) is None else ()
    return Facts(
        title=title if is_named else stated.title if stated else _read_title(front) or fallback_title,
        authors=tuple(authors) or (stated.authors if stated else author_in(lines)),
        stated_language=extracted.language if _LANGUAGE.fullmatch(extracted.language) else "",
    )


def title_from_name_text(title: str) -> str:
    """A title as `title_from_name` makes it of a file of this name, in lower case."""
    from pathlib import PurePath  # noqa: PLC0415

    return title_from_name(PurePath(f"{title.replace('/', ' ')}.pdf")).casefold()


def _read_title(front: Sequence[Piece]) -> str:
    """The largest heading on the first page."""
    named = [piece for piece in front if piece.level and len(piece.text.split()) <= _MOST_TITLE_WORDS]
    named = [piece for piece in named if headings.recognise(one_line(piece.text)) is None]
    if not named or (front[0].kind == "prose" and len(front[0].text.split()) > _MOST_TITLE_WORDS):
        return ""
    best = min(named, key=lambda piece: piece.level)
    return one_line(best.text)
