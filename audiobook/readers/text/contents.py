"""Contents lists: where they stand, and the entries in them.

A list is known by its heading, or by entries with nothing between them that come again, in order, later in the book.
It ends where an entry is said a second time (the book itself has begun) or where prose stands.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from audiobook.readers.headings import NAMED, UPPER_FAMILIES, is_capitals, recognise
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text.apparatus import is_scene_break
from audiobook.readers.text.blocks import Block, Line
from audiobook.readers.text.entries import (
    Entry,
    has_page,
    is_column_head,
    key_of,
    plain_family,
    read_entries,
    read_line,
    strip_page,
)
from audiobook.readers.text.repetition import SHORT_BLOCK, Echoes, Seen, keys_of

_TITLE_WORDS = 9
_ENTRY_WIDTH = 64
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*$|[,;]$")
_LONGEST_HEADING = 40  # characters of the heading of a list
_LEAST_RUN = 3  # entries in a row that make a list by themselves
_LEAST_ECHOES = 0.6  # share of the entries of a list without a heading that come again
_LEAST_PAGED, _PAGED = 3, 0.4  # entries with page numbers, and their share, from which all entries have them
_WIDE = 3  # blank lines that end a list
_LEAST_AGAIN = 0.3  # share of titles below lone numerals, which come again
_BRIEF = 12  # words an entry, up to which the numbers alone make a list without a heading
_MOST_PER_ENTRY = 25  # words of a list without a heading
_LEAST_BETWEEN = 20  # words under each entry in the book
_MOST_BLOCKS = 4000
_TOLD = 50  # words of a paragraph
_MOST_TOLD = 8  # paragraphs before a list of titles without heading and numbers
_LONGEST_ECHO = 40  # words of an entry that is known by coming again
_SUMMARY = 150  # words of a summary below an entry
_QUOTES = "\"'“‘«„"
_REASONS = ("table of contents", "list of illustrations")


class Contents(NamedTuple):
    """A contents list."""

    start: int  # its first block
    end: int  # the block after its last
    reason: str
    entries: tuple[Entry, ...]
    is_behind: bool = False  # it stands at the end of the book


def find_contents(blocks: Sequence[Block]) -> list[Contents]:
    """The contents lists of a book, in order."""
    echoes = Echoes(blocks)
    found: list[Contents] = []
    at = told = 0  # told: paragraphs so far
    steps = 2 * _MOST_BLOCKS + len(blocks)  # blocks that may be looked at in search of lists without a heading
    while at < len(blocks):
        told += len(blocks[at].text.split()) >= _TOLD
        listing = _find_below_heading(blocks, at, echoes)
        if listing is None and steps > 0:
            listing, walked = _find_without_heading(blocks, at, echoes, is_front=told <= _MOST_TOLD)
            steps -= walked
        if listing and listing.end > at:
            found.append(listing)
            at = listing.end
            told = _MOST_TOLD + 1
        else:
            at += 1
    return found


def find_list_reason(block: Block) -> str | None:
    """The reason why what a block heads is left out, where it heads a list; None for any other block."""
    first = block.lines[0].text.strip(" _*=~-:.[]")
    if len(first) > _LONGEST_HEADING:
        return None
    reason = find_unread_reason(first)
    return reason if reason in _REASONS else None


def _find_below_heading(blocks: Sequence[Block], at: int, echoes: Echoes) -> Contents | None:
    reason = find_list_reason(blocks[at])
    if reason is None:
        return None
    end = _drop_title(blocks, at, _walk(blocks, at, echoes, headed=True))
    if end == at + 1 and len(blocks[at].lines) == 1:
        return None
    entries = read_entries(blocks, at, end, skip_first_line=True)
    is_behind = _are_behind(entries, at, echoes)
    is_long = _count_words(blocks, at, end) > _SUMMARY * (len(entries) + 1)
    if is_long or (end >= len(blocks) and not is_behind):
        return None
    return Contents(at, end, reason, tuple(entries) if reason == "table of contents" else (), is_behind)


def _count_words(blocks: Sequence[Block], start: int, end: int) -> int:
    return sum(len(line.text.split()) for block in blocks[start:end] for line in block.lines)


def _drop_title(blocks: Sequence[Block], at: int, end: int) -> int:
    """The end of a list without the title of the book, which stands behind it: apart, or without a page number."""
    gaps = sorted(block.gap for block in blocks[at + 1 : end])
    usual = gaps[len(gaps) // 2] if gaps else 0
    last = end - 1
    if last <= at + 2 or len(blocks[last].lines) > 2:
        return end
    if blocks[last].gap <= max(1, usual) and not _have_pages(blocks[at + 1 : last]):
        return end
    text = blocks[last].text
    return end if has_page(text) or recognise(text) or not is_capitals(text) else last


def _have_pages(blocks: Sequence[Block]) -> bool:
    """Whether the entries of a list end with page numbers; their chapter numbers may stand on lines of their own."""
    paged = sum(has_page(block.text) for block in blocks)
    return has_page(blocks[-1].text) and paged >= max(_LEAST_PAGED, _PAGED * len(blocks))


def _are_behind(entries: Sequence[Entry], at: int, echoes: Echoes) -> bool:
    """Whether the list stands at the end of the book: its titles come before it."""
    titled = [entry for entry in entries if entry.title]
    before = sum(echoes.before(entry.title, at) for entry in titled)
    return before > 0.5 * len(titled) > 0 and before > sum(echoes.after(entry.title, at) for entry in titled)


def _find_without_heading(
    blocks: Sequence[Block], at: int, echoes: Echoes, *, is_front: bool
) -> tuple[Contents | None, int]:
    """Blocks in a row of nothing but entries, which all come again in order; and how many blocks were looked at."""
    if not _may_open(blocks[at], at, echoes, is_front=is_front):
        return None, 1
    end = _walk(blocks, at, echoes, headed=False)
    entries = read_entries(blocks, at, end, skip_first_line=False)
    if _count_words(blocks, at, end) > _MOST_PER_ENTRY * len(entries):
        return None, end - at
    if end >= len(blocks) or _are_few(blocks, end, entries):
        return None, end - at
    titles = [entry.title for entry in entries]
    again = sum(echoes.after(entry.title, end - 1) or echoes.after(entry.line, end - 1) for entry in entries)
    numbered = [entry for entry in entries if entry.number is not None]
    restarts = 2 * len(numbered) >= len(entries) and _opens_again(blocks, end, numbered[0])
    brief = restarts and _count_words(blocks, at, end) <= _BRIEF * len(entries) and _may_stand_alone(entries, again)
    if again < _LEAST_ECHOES * len(entries) and not (brief and len(numbered) >= _LEAST_RUN - 1):
        return None, end - at
    is_title_page = not restarts and echoes.words_between(titles, end - 1) < _LEAST_BETWEEN * len(entries)
    if is_title_page or (not numbered and len(entries) <= _LEAST_RUN):
        return None, end - at
    return Contents(at, end, "table of contents", tuple(entries)), end - at


def _may_stand_alone(entries: Sequence[Entry], again: int) -> bool:
    """Whether numbers alone may make a list: no lone numerals with lines below that never come again, as in a poem."""
    titled = [entry for entry in entries if entry.title]
    lone = [entry for entry in entries if "-" in entry.family]
    return not titled or not lone or again >= _LEAST_AGAIN * len(titled)


def _are_few(blocks: Sequence[Block], end: int, entries: Sequence[Entry]) -> bool:
    """Whether entries are too few, or too much the same, for a list; two will do where the first opens the book."""
    if len({entry[:4] for entry in entries}) < 0.9 * len(entries):
        return True
    if sum(not entry.is_upper for entry in entries) >= _LEAST_RUN:
        return False
    return len(entries) < _LEAST_RUN - 1 or entries[0].number != 1 or not _opens_again(blocks, end, entries[0])


def _may_open(block: Block, at: int, echoes: Echoes, *, is_front: bool) -> bool:
    """Whether a block may open a list that has no heading: a first number, or a title that comes again."""
    first = block.lines[0].text
    if len(first) > 120 or is_scene_break(block):
        return False
    heading = read_line(first)
    if heading and heading.number is not None:
        return True
    if not is_front or first[0] in _QUOTES:
        return False
    if len(block.lines) > 2:
        return sum(echoes.after(key_of(strip_page(line.text)), at) for line in block.lines) >= 0.5 * len(block.lines)
    return echoes.after(key_of(strip_page(first)), at) and _is_entry(first)


def _opens_again(blocks: Sequence[Block], end: int, first: Entry) -> bool:
    """Whether the first number of a list stands at its end once more."""
    for block in blocks[end : end + 4]:
        heading = recognise(block.lines[0].text)
        if heading and heading.number == first.number and plain_family(heading.family) == plain_family(first.family):
            return True
    return False


def _walk(blocks: Sequence[Block], at: int, echoes: Echoes, *, headed: bool) -> int:
    """The block after the list that begins at `at`."""
    seen = Seen()
    label: tuple[int, Line] | None = None  # a bare number whose title may stand beneath it
    for index in range(at, min(len(blocks), at + _MOST_BLOCKS)):
        block = blocks[index]
        lines = [line for line in block.lines[1 if index == at and headed else 0 :] if not is_column_head(line.text)]
        if index > at and not headed and find_list_reason(block):
            return index
        if label and lines and _is_numbered(lines[0]):
            seen.add(read_entries_of([label])[0])
            label = None
        if index > at and lines and label is None and _comes_again(blocks, index, seen):
            return _find_label_above(blocks, at, index)
        titles = label is not None and _is_title_of(blocks, index, label, seen)
        if not titles and not _is_list(blocks, index, lines, echoes, seen):
            return _back_to_heading(blocks, at, index, echoes)
        if lines:
            label = _take(label, [(index, line) for line in lines], seen)
    return min(len(blocks), at + _MOST_BLOCKS)


def _is_title_of(blocks: Sequence[Block], index: int, label: tuple[int, Line], seen: Seen) -> bool:
    """Whether a block below a bare number is its title or summary, by what follows: the next number, or the end."""
    number = read_line(label[1].text)
    if number is None or index + 1 >= len(blocks) or len(blocks[index].text.split()) > _SUMMARY:
        return False
    after = blocks[index + 1]
    heading = read_line(after.lines[0].text)
    if heading and heading.number is not None:
        return heading.number == (number.number or 0) + 1 or seen.begins_with(heading)
    ends = find_list_reason(after) is not None or (after.gap >= _WIDE and len(after.lines) <= 2)
    return ends and seen.last is not None and seen.last.is_joined


def _is_numbered(line: Line) -> bool:
    heading = read_line(line.text)
    return heading is not None and heading.number is not None


def _take(label: tuple[int, Line] | None, lines: list[tuple[int, Line]], seen: Seen) -> tuple[int, Line] | None:
    """Add what the lines say to the list; the last line is given back where it is a bare number."""
    last = read_line(lines[-1][1].text)
    bare = last is not None and last.number is not None and not last.title and len(lines) == 1
    for entry in read_entries_of([*([label] if label else []), *(lines[:-1] if bare else lines)]):
        seen.add(entry)
    return lines[-1] if bare else None


def read_entries_of(lines: Sequence[tuple[int, Line]]) -> list[Entry]:
    """The entries of single lines."""
    blocks = [Block((line,), 0) for _, line in lines]
    return [
        entry._replace(block=lines[entry.block][0])
        for entry in read_entries(blocks, 0, len(blocks), skip_first_line=False)
    ]


def _comes_again(blocks: Sequence[Block], index: int, seen: Seen) -> bool:
    """Whether a block opens the book itself: it says again what the list has said."""
    own = [(index, line) for line in blocks[index].lines]
    beneath = blocks[index + 1] if index + 1 < len(blocks) else None
    made = read_entries_of(own)
    if not made:
        return False
    if seen.has(made[0], before_prose=beneath is None or _is_prose(beneath)):
        return True
    joined = read_entries_of(own + [(index + 1, line) for line in beneath.lines[:2]]) if beneath else []
    if not joined or joined[0] == made[0] or made[0].number is None:
        return False
    return seen.has(joined[0], before_prose=False)


def _find_label_above(blocks: Sequence[Block], at: int, index: int) -> int:
    """The block of the bare label above a title, or the block itself."""
    above = index - 1
    if above <= at or len(blocks[above].lines) > 1 or recognise(blocks[index].lines[0].text):
        return index
    heading = recognise(blocks[above].text)
    return above if heading and heading.number is not None and not heading.title else index


def _is_list(blocks: Sequence[Block], index: int, lines: Sequence[Line], echoes: Echoes, seen: Seen) -> bool:
    """Whether lines may be entries: headings, titles with page numbers, titles that come again, short phrases."""
    block = blocks[index]
    if is_scene_break(block) or not lines or is_column_head(lines[0].text):
        return True
    if read_line(lines[0].text) is not None and not _is_numbered_prose(lines):
        return True
    if len(block.text.split()) <= _LONGEST_ECHO and any(echoes.after(key, index) for key in keys_of(block)):
        return True
    if has_page(lines[-1].text) and len(lines) <= SHORT_BLOCK:
        return True
    return _is_mostly(lines) or _is_summary(blocks, index, seen)


def _is_numbered_prose(lines: Sequence[Line]) -> bool:
    """Whether lines that begin with a number are a paragraph rather than an entry or several."""
    return len(lines) > 3 and not _is_mostly(lines) and not has_page(lines[-1].text)


def _is_summary(blocks: Sequence[Block], index: int, seen: Seen) -> bool:
    """Whether a block is what an entry says of its chapter: the next number follows right behind it."""
    if seen.last is None or index + 1 >= len(blocks) or len(blocks[index].text.split()) > _SUMMARY:
        return False
    heading = read_line(blocks[index + 1].lines[0].text)
    return heading is not None and heading.number == (seen.last.number or 0) + 1


def _is_mostly(lines: Sequence[Line]) -> bool:
    fitting = sum(1 for line in lines if _is_entry(line.text))
    return fitting >= 0.7 * len(lines)


def _is_entry(text: str) -> bool:
    if has_page(text) or is_capitals(text) or read_line(text) is not None:
        return True
    return len(text) <= _ENTRY_WIDTH and len(text.split()) <= _TITLE_WORDS and not _SENTENCE_END.search(text)


def _is_prose(block: Block) -> bool:
    return not _is_mostly(block.lines) and recognise(block.lines[0].text) is None


def _back_to_heading(blocks: Sequence[Block], at: int, prose: int, echoes: Echoes) -> int:
    """Where the headings of the prose begin, which the list had swallowed."""
    end = prose
    for index in range(prose - 1, max(at, prose - 5), -1):
        block = blocks[index]
        heading = recognise(block.lines[0].text)
        if heading and _is_said_later(block, prose, echoes):
            break  # an entry of the list
        apart = block.gap > blocks[index - 1].gap >= 0 or len(block.lines) == 1
        if heading and apart and len(block.lines) <= 2:
            end = index
            if heading.family not in (*UPPER_FAMILIES, NAMED) and (heading.number or 0) > 1:
                break
        elif end == prose and block.gap >= 2 and len(block.lines) <= 2 and blocks[index - 1].gap < block.gap:
            end = index
    return end if end > at + 1 or len(blocks[at].lines) > 1 else prose


def _is_said_later(block: Block, prose: int, echoes: Echoes) -> bool:
    return any(echoes.after(key, prose) for key in (*keys_of(block), key_of(strip_page(block.lines[0].text))))
