"""Make headings of lines that are headings without the markup, and find headings that are said twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from audiobook.readers import headings
from audiobook.readers.assembling import is_bare_label
from audiobook.readers.html.flow import Piece
from audiobook.readers.sections.places import fold_title
from audiobook.readers.titles import one_line, word_count

_LABEL_LEVEL = 2  # of a line that is made a heading
_LOWEST_LEVEL = 6
_TITLE_WORDS = 12
_LEAST_RUNNING = 3  # times that a heading comes before others, from which it is a running head
_SURE = 0.6  # share of the numbered headings with a title below, from which all such lines are titles
_TITLE_STYLES = ("title", "sub", "head", "name", "chap", "ct")


def promote_headings(pieces: Sequence[Piece], fewest: int) -> list[Piece]:
    """The pieces with their lines made headings that are titles of chapters by their words or by their place.

    "Chapter N" lines are made headings where a book has fewer headings than `fewest`.
    """
    return _promote_titles(list(_promote_labels(pieces, fewest)))


def _promote_labels(pieces: Sequence[Piece], fewest: int) -> Iterator[Piece]:
    plain = sum(piece.level > 0 for piece in pieces) < fewest
    for piece in pieces:
        is_label = plain and piece.kind == "prose" and headings.is_chapter_label(piece.text)
        yield replace(piece, kind="heading", level=_LABEL_LEVEL) if is_label else piece


def _promote_titles(pieces: list[Piece]) -> list[Piece]:
    """A line below a numbered heading made a heading, where its style or its like in other chapters says so."""
    numbered = [
        n
        for n in range(len(pieces) - 2)
        if pieces[n].level and "\n" not in pieces[n].text and is_bare_label(one_line(pieces[n].text))
    ]
    titled = [n + 1 for n in numbered if _may_be_title(pieces[n + 1], pieces[n + 2])]
    all_are = len(titled) >= 2 and len(titled) >= _SURE * len(numbered)
    for n in titled:
        if all_are or _is_styled(pieces[n]):
            level = min(pieces[n - 1].level + 1, _LOWEST_LEVEL)
            pieces[n] = replace(pieces[n], kind="heading", level=level)
    return pieces


def _may_be_title(piece: Piece, after: Piece) -> bool:
    text = one_line(piece.text)
    if piece.kind != "prose" or "\n" in piece.text or after.level or word_count(text) > _TITLE_WORDS or not text:
        return False
    return not text.endswith((",", ";")) and headings.looks_like_title(text, attached=True) and not _is_speech(text)


def _is_speech(text: str) -> bool:
    return text[0] in "\"“«„‘'—–" or text.endswith(("”", "»", '"'))


def _is_styled(piece: Piece) -> bool:
    style = piece.style.casefold()
    emphasised = sum(end - start for start, end in piece.emphasis) >= len(piece.text) - 1
    return any(word in style for word in _TITLE_STYLES) or emphasised or headings.is_capitals(piece.text)


def find_repeated(pieces: Sequence[Piece], book_title: str) -> list[int]:
    """Headings that say again what the one before them says, and the book's title above the heading of each chapter."""
    running = _find_running(pieces, fold_title(book_title))
    found: list[int] = []
    last = ""
    for n, piece in enumerate(pieces):
        if piece.kind == "break":
            continue
        folded = fold_title(piece.text) if piece.level or (last and len(piece.text) < _LONGEST_HEADING) else ""
        if n in running or (folded and folded == last):
            found.append(n)
            folded = last
        last = folded if piece.level else ""
    return found


_LONGEST_HEADING = 200  # characters


def _find_running(pieces: Sequence[Piece], book: str) -> set[int]:
    """Where the book's title is a heading directly before another one, but for the first time."""
    places = [
        n
        for n, (piece, after) in enumerate(pairwise(pieces))
        if piece.level and after.level and fold_title(piece.text) == book != ""
    ]
    often = Counter(fold_title(pieces[n].text) for n in places)
    return set(places[1:]) if any(count >= _LEAST_RUNNING for count in often.values()) else set()
