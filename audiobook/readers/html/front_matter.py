"""Finds pages and paragraphs that are not read: covers, imprints, contents, Project Gutenberg's header and licence."""

import re
from collections.abc import Mapping, Sequence

from audiobook.model.book import Facts
from audiobook.readers.html.flow import Page, Piece
from audiobook.readers.matter import UNREAD_TYPES, find_unread_reason
from audiobook.readers.titles import word_count

_IMPRINT = re.compile(
    r"all rights reserved|©|\bcopyright\b|\bISBN\b|first published (?:in|by)|library of congress", re.IGNORECASE
)
_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_END = re.compile(r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg", re.IGNORECASE)
_START_REACH = 80  # paragraphs within which Project Gutenberg's header ends
_MOST_WORDS = {
    "cover": 60,
    "title page": 200,
    "copyright notice": 1500,
}  # of a page that is left out for its name alone
_TITLE_PAGE_WORDS = 60
_IMPRINT_WORDS = 700
_LEAST_LINKS = 4
_LINKED = 0.6  # share of a paragraph inside links that makes it an entry of a list
_SHORT = 6  # words of a piece that may stand between such entries


def count_page_words(pieces: Sequence[Piece]) -> int:
    """The number of words in pieces."""
    return sum(word_count(piece.text) for piece in pieces)


def find_skip_reason(
    page: Page, facts: Facts, landmarks: Mapping[tuple[str, str], str], *, is_early: bool, is_listed: bool
) -> str | None:
    """Why a whole page is not read; None where it is.

    `is_early`: no chapter came before it; `is_listed`: the contents name it.
    """
    words = count_page_words(page.pieces)
    declared = UNREAD_TYPES.get(landmarks.get((page.name, ""), ""))
    if declared and words <= _MOST_WORDS.get(declared, words):
        return declared
    if words == 0 or _count_linked_share(page.pieces) > _LINKED:
        return "table of contents" if words > 10 else None
    stem = re.sub(r"[-_\d]+$", "", page.name.rpartition("/")[2].rpartition(".")[0]).replace("_", " ").replace("-", " ")
    by_name = find_unread_reason(stem)
    if by_name and not is_listed and words <= _MOST_WORDS.get(by_name, _IMPRINT_WORDS):
        return by_name
    return _find_reason_by_looks(page, facts, words, is_listed=is_listed) if is_early else None


def _find_reason_by_looks(page: Page, facts: Facts, words: int, *, is_listed: bool) -> str | None:
    text = " ".join(piece.text for piece in page.pieces) if words <= _IMPRINT_WORDS else ""
    if text and len(_IMPRINT.findall(text)) >= 2:
        return "copyright notice"
    if words <= _TITLE_PAGE_WORDS and facts.title.casefold() in " ".join(text.split()).casefold():
        told = any(piece.kind == "prose" and word_count(piece.text) > 15 for piece in page.pieces)
        return None if told or (is_listed and words > 25) else "title page"
    return None


def _count_linked_share(pieces: Sequence[Piece]) -> float:
    """The share of the text inside links; 0 where there are only a few links."""
    if sum(piece.linked >= _LINKED for piece in pieces) < _LEAST_LINKS:
        return 0.0
    length = sum(len(piece.text) for piece in pieces)
    return sum(len(piece.text) * piece.linked for piece in pieces) / max(length, 1)


def find_gutenberg_bounds(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Where Project Gutenberg's header ends and its licence begins, as indexes of pieces."""
    start = next((n + 1 for n, piece in enumerate(pieces[:_START_REACH]) if _START.search(piece.text)), 0)
    end = next((n for n in range(start, len(pieces)) if _END.search(pieces[n].text)), len(pieces))
    return start, end


def find_contents_lists(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Runs of linked entries inside pages, with the heading above them: (first piece, piece after the last)."""
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(pieces):
        if pieces[at].linked < _LINKED:
            at += 1
            continue
        end, links = _measure_run(pieces, at)
        if links >= _LEAST_LINKS:
            above = at
            while above and at - above < 2 and pieces[above - 1].kind in {"heading", "break"}:
                above -= 1
            titled = any(find_unread_reason(piece.text) for piece in pieces[above:at])
            found.append((above if titled else at, end))
        at = end
    return found


def _measure_run(pieces: Sequence[Piece], at: int) -> tuple[int, int]:
    end, links = at, 0
    for n in range(at, len(pieces)):
        if pieces[n].linked >= _LINKED:
            end, links = n + 1, links + 1
        elif pieces[n].kind == "heading" or word_count(pieces[n].text) > _SHORT:
            break
    return end, links
