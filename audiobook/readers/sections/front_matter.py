"""Recognise front and back matter by its looks: covers, imprints, contents, Project Gutenberg's header and licence."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from audiobook.model.book import Facts
from audiobook.readers import headings
from audiobook.readers.evidence import is_imprint, is_list, is_sentence
from audiobook.readers.html.flow import Piece
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.sections.places import fold_title
from audiobook.readers.text.title_page import is_by_line
from audiobook.readers.titles import one_line, word_count

_START = re.compile(r"\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG", re.IGNORECASE)
_END = re.compile(r"\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg", re.IGNORECASE)
_START_REACH = 80  # paragraphs within which Project Gutenberg's header ends
_TRANSCRIBER = re.compile(
    r"transcriber['’]?s?['’]? notes?|\bproofreading team\b|^\W*(?:e-?text )?(?:produced|prepared|transcribed) by\b"
    r"|pgdp\.net|note (?:du transcripteur|de transcription)|anmerkungen zur transkription|notas? del transcriptor",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"archive of our own|archiveofourown\.org", re.IGNORECASE)
_ARCHIVE_TAGS = re.compile(
    r"\b(?:rating|fandoms?|additional tags|archive warnings?|drop by the archive)\b", re.IGNORECASE
)
_DEDICATED = re.compile(
    r"(?:to|for|in (?:loving )?memory of|dedicated to|à|pour|für|para|per|meiner?|to the memory)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:illustrat|translat|publish|edit(?:ed|ion)|print|press\b|verlag|library|books?\b|company|house|sons\b"
    r"|& co\b|limited\b|ltd\b|street\b|square\b"
    r"|author of|a (?:novel|romance|story|tale|comedy|play)|1[5-9]\d\d|20\d\d|[MDCLXVI]{5,})",
    re.IGNORECASE,
)
_TITLE_PAGE_LINES = 40
_TITLE_PAGE_WORDS = 160
_LINE_WORDS = 14  # of a line of a title page
_TRANSCRIBER_WORDS = 2500
_ARCHIVE_WORDS = 3000
_DEDICATION_WORDS = 30
_LEAST_LINKS = 4
_LINKED = 0.6  # share of a paragraph inside links that makes it an entry of a list
_SHORT = 6  # words of a piece that may stand between such entries
_TABLE_TAIL = re.compile(r"[\s.·…_]*(?:\d{1,4}|[ivxlc]{1,7})?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookTitles:
    """What a book is called, and what its chapters are called."""

    facts: Facts
    chapters: Collection[str]  # folded titles of the contents and of the headings


def count_page_words(pieces: Sequence[Piece]) -> int:
    """The number of words in pieces."""
    return sum(word_count(piece.text) for piece in pieces)


def find_look_reason(pieces: Sequence[Piece], titles: BookTitles, *, is_front: bool) -> str | None:
    """Why a section at the beginning or at the end of a book is not read, by its looks; None where it is read."""
    told = [piece for piece in pieces if piece.text.strip() and piece.kind != "break"]
    texts = [piece.text for piece in told if not piece.level]
    rules: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("archive tags", lambda: _is_archive_page(told)),
        ("table of contents", lambda: is_linked_list(told) or _lists_chapters(told, titles)),
        ("transcriber's note", lambda: _is_transcribers(told)),
        ("copyright notice", lambda: bool(texts) and is_imprint(texts)),
        ("title page", lambda: is_front and _is_title_page(told, titles.facts)),
        ("dedication", lambda: is_front and _is_dedication(told)),
    )
    return next((reason for reason, holds in rules if told and holds()), None)


def _is_archive_page(pieces: Sequence[Piece]) -> bool:
    if count_page_words(pieces) > _ARCHIVE_WORDS:
        return False
    text = "\n".join(piece.text for piece in pieces)
    return _ARCHIVE.search(text) is not None and _ARCHIVE_TAGS.search(text) is not None


def is_linked_list(pieces: Sequence[Piece]) -> bool:
    """Whether most of the text is inside links, as in a list of contents."""
    if sum(piece.linked >= _LINKED for piece in pieces) < _LEAST_LINKS:
        return False
    length = sum(len(piece.text) for piece in pieces)
    return sum(len(piece.text) * piece.linked for piece in pieces) > _LINKED * length


def _lists_chapters(pieces: Sequence[Piece], titles: BookTitles) -> bool:
    """Whether the lines of a section are the titles of the chapters: contents without links."""
    lines = [line for piece in pieces if not piece.level for line in piece.text.split("\n") if line.strip()]
    lines = [line for line in lines if find_unread_reason(line) is None]
    if len(lines) < _LEAST_LINKS - 1 or not is_list(lines):
        return False
    known = sum(
        fold_title(_TABLE_TAIL.sub("", line)) in titles.chapters or fold_title(line) in titles.chapters
        for line in lines
    )
    return known * 2 > len(lines)


def _is_transcribers(pieces: Sequence[Piece]) -> bool:
    opening = " ".join(piece.text for piece in pieces[:3])[:200]
    return _TRANSCRIBER.search(opening) is not None and count_page_words(pieces) <= _TRANSCRIBER_WORDS


def _is_title_page(pieces: Sequence[Piece], facts: Facts) -> bool:
    """Whether a section has only lines of a title page, the book's title or its author among them."""
    lines = [one_line(line) for piece in pieces for line in piece.text.split("\n") if line.strip()]
    if len(lines) > _TITLE_PAGE_LINES or sum(map(word_count, lines)) > _TITLE_PAGE_WORDS:
        return False
    names = {fold_title(facts.title), fold_title(facts.title.split(":")[0]), *map(fold_title, facts.authors)}
    heads = fold_title(" ".join(piece.text for piece in pieces if piece.level))
    if not (names - {""}) & {*map(fold_title, lines), fold_title(" ".join(lines))} and not any(
        heads.startswith(name) for name in names if name
    ):
        return False
    return all(_is_title_page_line(line, names) for line in lines)


def _is_title_page_line(line: str, names: Collection[str]) -> bool:
    if fold_title(line) in names or is_by_line(line):
        return True
    heading = headings.recognise(line)
    if heading is not None and heading.family in headings.CHAPTER_FAMILIES:
        return False
    published = _PUBLISHED.search(line) is not None
    return word_count(line) <= _LINE_WORDS * (1 + published) and (published or not is_sentence(line))


def _is_dedication(pieces: Sequence[Piece]) -> bool:
    text = " ".join(piece.text for piece in pieces if not piece.level)
    return (
        not any(piece.level for piece in pieces)
        and 0 < word_count(text) <= _DEDICATION_WORDS
        and _DEDICATED.match(text.strip()) is not None
        and not is_quoted(text)
    )


def is_quoted(text: str) -> bool:
    """Whether a text has a quotation mark, as speech has."""
    return any(mark in text for mark in '“”«»„"')


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
