"""Contents lists: where they stand, and the titles they promise.

A list is known by its heading, or by many headings with nothing between them that come again later. It ends where
something is said a second time (the book itself has begun) or where prose stands.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audiobook.readers.headings import UPPER_FAMILIES, Heading, is_capitals, recognise
from audiobook.readers.text.apparatus import is_scene_break
from audiobook.readers.text.blocks import Block, Line

_HEADING = re.compile(
    r"(?:table of |the |detailed )?contents(?: of .{1,30})?|inhalt|table des matières|índice|indice", re.IGNORECASE
)
_PICTURES = re.compile(r"(?:list of )?(?:full[- ]page )?(?:illustrations|plates|pictures|maps)", re.IGNORECASE)
_LEADER = re.compile(  # each run of dots is looked at from its beginning only: pages of nothing but blanks exist
    r"(?<![\s.·…_])(?:(?:[\s.·…_]{2,}+|\s)\(?(?:p\.?\s*+)?(?:\d{1,4}|[ivxlc]{1,7})\)?|[\s.·…_]{3,}+)$"
)
_TITLE_WORDS = 9
_ENTRY_WIDTH = 64
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$|[,;]$")
_LONGEST_RUN = 12  # blocks looked at for these headings
_LEAST_RUN = 3  # headings in a row that make a list by themselves
_WHITE = re.compile(r"\W+")


class Contents(NamedTuple):
    """A contents list."""

    start: int  # its first block
    end: int  # the block after its last
    reason: str
    titles: frozenset[str]  # what it promises, as `key_of` writes it


class _Entry(NamedTuple):
    number: tuple[str, int | None, str] | None  # family, number, and the part it stands in
    title: str


def key_of(text: str) -> str:
    """A title for comparing: no case, no punctuation."""
    return _WHITE.sub(" ", text.casefold()).strip()


def find_contents(blocks: Sequence[Block]) -> list[Contents]:
    """The contents lists of a book, in order."""
    found: list[Contents] = []
    at = 0
    while at < len(blocks):
        listing = _find_below_heading(blocks, at) or _find_without_heading(blocks, at)
        if listing and listing.end > at:
            found.append(listing)
            at = listing.end
        else:
            at += 1
    return found


def _find_below_heading(blocks: Sequence[Block], at: int) -> Contents | None:
    first = blocks[at].lines[0].text.strip(" _*=~-:.[]")
    if len(first) > 40:
        return None
    reason = (
        "table of contents"
        if _HEADING.fullmatch(first)
        else "list of illustrations"
        if _PICTURES.fullmatch(first)
        else None
    )
    if reason is None:
        return None
    end, titles = _walk(blocks, at, skip_first_line=True)
    if end >= len(blocks) or (end == at + 1 and len(blocks[at].lines) == 1):
        return None
    return Contents(at, end, reason, titles if reason == "table of contents" else frozenset())


def _find_without_heading(blocks: Sequence[Block], at: int) -> Contents | None:
    """A block, or blocks in a row, of nothing but headings which all come again later."""
    if recognise(_strip_entry(blocks[at].lines[0].text)) is None:
        return None
    run = at
    headings = 0
    while run < min(len(blocks), at + _LONGEST_RUN) and headings < _LEAST_RUN:
        marked = [recognise(_strip_entry(line.text)) for line in blocks[run].lines]
        if not all(marked) or is_scene_break(blocks[run]):
            break
        headings += sum(1 for heading in marked if heading and heading.family not in UPPER_FAMILIES)
        run += 1
    if headings < _LEAST_RUN:
        return None
    end, titles = _walk(blocks, at, skip_first_line=False)
    said_again = end < len(blocks) and _find_first_key(blocks[at]) in {
        _find_first_key(block) for block in blocks[end : end + 3]
    }
    return Contents(at, end, "table of contents", titles) if said_again else None


def _find_first_key(block: Block) -> tuple[str, int | None] | None:
    heading = recognise(_strip_entry(block.lines[0].text))
    return (heading.family, heading.number) if heading else None


def _walk(blocks: Sequence[Block], at: int, *, skip_first_line: bool) -> tuple[int, frozenset[str]]:
    """The block after the list that begins at `at`, and the titles in it."""
    seen: list[_Entry] = []
    numbers: set[tuple[str, int | None, str]] = set()
    titles: set[str] = set()
    part = ""
    for index in range(at, len(blocks)):
        block = blocks[index]
        lines = block.lines[1:] if index == at and skip_first_line else block.lines
        if not _is_list(block, lines):
            return _back_to_heading(blocks, at, index), frozenset(titles)
        for entry, heading in _read_entries(lines, part):
            if index > at and _find_again(entry, numbers, titles, seen):
                return _find_label_above(blocks, at, index), frozenset(titles)
            seen.append(entry)
            if entry.number:
                numbers.add(entry.number)
            titles |= {entry.title} - {""}
            if heading and heading.family in UPPER_FAMILIES:
                part = key_of(heading.label)
    return len(blocks), frozenset(titles)


def _find_label_above(blocks: Sequence[Block], at: int, index: int) -> int:
    """The block of the bare label above a title, or the block itself."""
    above = index - 1
    if above <= at or len(blocks[above].lines) > 1 or recognise(blocks[index].lines[0].text):
        return index
    heading = recognise(blocks[above].text)
    return above if heading and not heading.title else index


def _find_again(
    entry: _Entry, numbers: set[tuple[str, int | None, str]], titles: set[str], seen: Sequence[_Entry]
) -> bool:
    """Whether an entry was in the list already: the same title, or the same number and no other title."""
    if entry.title and entry.title in titles:
        return True
    if entry.number not in numbers or entry.number is None:
        return False
    before = [other.title for other in seen if other.number == entry.number]
    return not entry.title or any(not title for title in before)


def _read_entries(lines: Sequence[Line], part: str) -> Iterator[tuple[_Entry, Heading | None]]:
    for line in lines:
        bare = _strip_entry(line.text)
        heading = recognise(bare)
        if heading:
            place = "" if heading.family in UPPER_FAMILIES else part
            # A list often has "I. The River" for what the book heads "CHAPTER I".
            family = "chapter" if "-" in heading.family else heading.family
            number = (family, heading.number, place) if heading.number is not None else None
            yield _Entry(number, key_of(heading.title if number else heading.label)), heading
        else:
            yield _Entry(None, key_of(bare)), None


def _strip_entry(text: str) -> str:
    """An entry without its page number and the dots that lead to it."""
    shorter = _LEADER.sub("", text) if len(text) > 6 else text
    return shorter if len(shorter.split()) > 1 or recognise(shorter) else text


def _is_list(block: Block, lines: Sequence[Line]) -> bool:
    """Whether lines may be entries: headings, titles with page numbers, short phrases that are no sentences."""
    if is_scene_break(block) or not lines:
        return True
    if recognise(_strip_entry(lines[0].text)) is not None:
        return len(lines) <= 3 or _is_mostly(lines)
    if key_of(lines[0].text) in {"page", "chapter", "chap", "chapter page", "chap page"}:
        return True
    return _is_mostly(lines)


def _is_mostly(lines: Sequence[Line]) -> bool:
    fitting = sum(1 for line in lines if _is_entry(line.text))
    return fitting >= 0.7 * len(lines)


def _is_entry(text: str) -> bool:
    if recognise(_strip_entry(text)) is not None or (_LEADER.search(text) and len(text.split()) > 1):
        return True
    if is_capitals(text):
        return True
    return len(text) <= _ENTRY_WIDTH and len(text.split()) <= _TITLE_WORDS and not _SENTENCE_END.search(text)


def _back_to_heading(blocks: Sequence[Block], at: int, prose: int) -> int:
    """Where the headings of the prose begin, which the list had swallowed."""
    end = prose
    for index in range(prose - 1, max(at, prose - 5), -1):
        block = blocks[index]
        heading = recognise(block.lines[0].text)
        apart = block.gap > blocks[index - 1].gap >= 0 or len(block.lines) == 1
        if heading and apart and len(block.lines) <= 2:
            end = index
            if heading.family not in UPPER_FAMILIES and (heading.number or 0) > 1:
                break
    return end if end > at + 1 or len(blocks[at].lines) > 1 else prose
