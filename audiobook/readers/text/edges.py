"""What stands before a book's first chapter and behind its last: title page, imprint, notes, adverts."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from audiobook.readers import headings
from audiobook.readers.matter import find_unread_reason
from audiobook.readers.text.apparatus import is_imprint, is_scene_break, is_told, is_transcribers
from audiobook.readers.text.blocks import Block
from audiobook.readers.text.families import Body
from audiobook.readers.text.outline import Division

_PRICE = re.compile(
    r"[$£]\s?\d|\b\d+s\.\s?(?:\d+d\b)?|\b\d+/-|\bcloth\b|\b\d*\s?(?:mo|vo)\b|\bpost-?(?:free|paid)\b|\bnet\b|\bcts\b|\bcents\b"
    r"|\beach volume\b|\bper volume\b|\bcatalogue?\b|\bfully illustrated\b|\bpublish(?:ers?|ed)\b|\bbooksellers?\b",
    re.IGNORECASE,
)
_ADVERTS = re.compile(
    r"(?:.*\b)?(?:by the same author|works? by|books by|novels (?:by|of)|stories by|works of|publications|new books"
    r"|popular (?:novels|books|fiction|copyright)|selections from|press notices|opinions of the press|advertisements?"
    r"|list of books"
    r"|(?:standard|famous) (?:novels|books|authors)|\w+ series|fiction|catalogue of .*|more to follow)\b.{0,60}",
    re.IGNORECASE,
)
_ERRATA = re.compile(
    r"errata|erratum|corrigenda|corrections|typographical errors|errors corrected|druckfehler", re.IGNORECASE
)
_LEAST_OPENING = 60  # words before the first chapter that are worth a chapter of their own
_LONGEST_NOTE = 600  # words of a note or a list in front of a book that no blank lines end
_LEAST_PAGE = 3  # lines of a title page within the book
_WIDE = 3  # blank lines that end a note
_MOST_BEHIND = 0.25  # share of the book's words behind its end
_SHORT_BEHIND = 0.05  # share of words behind it that hold no chapter, whatever they are called
_LEAST_BEFORE = 0.3  # share of the book's words before its end
_TAIL = 400  # blocks in which the end of a book without "THE END" is looked for
STRONG_REASONS = frozenset(  # which no chapter of a story is left out for by chance
    {"advertisement", "transcriber's note", "errata", "index", "notes", "list of illustrations", "table of contents"}
    | {"about the author and the publisher", "copyright notice", "bibliography", "glossary"}
)


class Stretch(NamedTuple):
    """Blocks that are not read, with the reason."""

    start: int
    end: int
    reason: str


def find_front(blocks: Sequence[Block], first: int) -> list[Stretch]:
    """What is left out before the first division."""
    reasons = _classify_front(blocks[:first])
    told = sum(len(blocks[n].text.split()) for n in range(first) if reasons[n] is None)
    if told < _LEAST_OPENING:
        reasons = [reason or "title page" for reason in reasons]
    return _join(reasons)


def _classify_front(front: Sequence[Block]) -> list[str | None]:
    """The reason why each block before the first division is not read; None where it is."""
    reasons: list[str | None] = []
    going_on: str | None = None
    told = False
    words = 0  # of the note that goes on
    for block in front:
        words += len(block.text.split())
        if going_on and (block.gap >= _WIDE or words > _LONGEST_NOTE):
            going_on = None
        named = find_heading_reason(block)
        if is_transcribers(block):
            going_on, words = "transcriber's note", 0
        elif named:
            going_on, words = named, 0
        told = told or (not going_on and is_told(block))
        reasons.append(going_on or (None if told and not is_imprint(block) else "title page"))
    return reasons


def find_heading_reason(block: Block) -> str | None:
    """The reason why what is under this heading is not read, by its title alone; None for any other block."""
    if len(block.lines) > 2 or len(block.text) > 80:
        return None
    text = block.text.strip(" _*=~-:.[]")
    if _ERRATA.match(text):
        return "errata"
    reason = find_unread_reason(text)
    return reason if reason in STRONG_REASONS or reason == "list of characters" else None


def _join(reasons: Sequence[str | None]) -> list[Stretch]:
    """The reasons of single blocks as stretches of blocks with the same reason."""
    found: list[Stretch] = []
    for n, reason in enumerate(reasons):
        if reason is None:
            continue
        if found and found[-1].end == n and found[-1].reason == reason:
            found[-1] = found[-1]._replace(end=n + 1)
        else:
            found.append(Stretch(n, n + 1, reason))
    return found


def find_inner_title(blocks: Sequence[Block], divisions: Sequence[Division]) -> list[Stretch]:
    """A title page that stands between a preface and the first chapter."""
    found = []
    for before, after in pairwise(divisions):
        if before.heading.number is None and after.heading.number == 1:
            start = after.at
            while start > before.at + before.span and _is_page_line(blocks[start - 1]):
                start -= 1
            if after.at - start >= _LEAST_PAGE and blocks[start].gap >= _WIDE and start > before.at + before.span:
                found.append(Stretch(start, after.at, "title page"))
    return found


def _is_page_line(block: Block) -> bool:
    """Whether a block may be a line of a title page."""
    text = block.text
    return len(text.split()) <= 14 and (headings.is_capitals(text) or text.isdigit() or len(text) <= 4)


def find_end(blocks: Sequence[Block], divisions: Sequence[Division], listed: Collection[int]) -> int:
    """The block behind the last one of the story; `listed` are the divisions that a contents list names."""
    body = Body(blocks)
    closing = _find_closing(blocks, divisions, listed, body)
    if closing is not None:
        return closing + 1
    start = divisions[-1].at + divisions[-1].span if divisions else 0
    for n in range(max(start + 1, len(blocks) - _TAIL), len(blocks)):
        if (
            _opens_back_matter(blocks, n)
            and body.words(start, n) >= 1
            and body.words(n) <= _MOST_BEHIND * body.words(0)
        ):
            return n
    return _drop_imprint(blocks, start)


def _find_closing(
    blocks: Sequence[Block], divisions: Sequence[Division], listed: Collection[int], body: Body
) -> int | None:
    """The last "THE END" with nothing of the story behind it."""
    whole = body.words(0)
    for n in range(len(blocks) - 1, 0, -1):
        if body.words(n) > _MOST_BEHIND * whole or body.words(0, n) < _LEAST_BEFORE * whole:
            return None
        if len(blocks[n].lines) <= 2 and headings.is_closing(blocks[n].text):
            before = [division for division in divisions if division.at < n]
            behind = [division for division in divisions if division.at > n]
            is_short = body.words(n) <= _SHORT_BEHIND * whole
            return n if not any(_goes_on(division, before, listed, is_short=is_short) for division in behind) else None
    return None


def _goes_on(division: Division, before: Sequence[Division], listed: Collection[int], *, is_short: bool) -> bool:
    """Whether a division behind "THE END" is of the story: an epilogue, the next chapter, a listed title."""
    heading = division.heading
    if heading.family == headings.NAMED:
        return find_unread_reason(heading.label) is None
    if division.at in listed:
        return True
    if heading.number is None or heading.family.startswith(("numeral", "titled")):
        return False
    last = next((other.heading.number for other in reversed(before) if other.heading.family == heading.family), None)
    return not is_short or (last is not None and heading.number == last + 1)


def _opens_back_matter(blocks: Sequence[Block], n: int) -> bool:
    """Whether a block heads adverts, errata or a transcriber's note, rather than a section of the last chapter."""
    block = blocks[n]
    if block.gap < 1:
        return False
    reason = find_heading_reason(block)
    if is_transcribers(block) or (reason in STRONG_REASONS and block.gap >= 2 and len(block.text.split()) <= 8):
        return True
    if len(block.lines) > 2 or block.gap < 2 or not _ADVERTS.fullmatch(block.text.strip(" _*=~-:.[]")):
        return False
    behind = blocks[n + 1 : n + 40]
    return bool(behind) and sum(_PRICE.search(b.text) is not None for b in behind) >= 0.15 * len(behind)


def _drop_imprint(blocks: Sequence[Block], start: int) -> int:
    """The block behind the story where only the printer's lines follow it."""
    end = len(blocks)
    while end > start + 1 and (is_scene_break(blocks[end - 1]) or _is_printers(blocks[end - 1])):
        end -= 1
    return end if any(_is_printers(block) for block in blocks[end:]) else len(blocks)


def _is_printers(block: Block) -> bool:
    words = len(block.text.split())
    return (
        words <= 30
        and block.gap >= 2
        and re.search(r"\bprint(?:ed|ers?|ing)\b|\bpress\b", block.text, re.IGNORECASE) is not None
    )


def find_behind(blocks: Sequence[Block], end: int) -> list[Stretch]:
    """What stands behind the story, by its reasons."""
    reasons: list[str | None] = []
    going_on = "advertisement" if _has_prices(blocks[end:]) else "matter behind the end"
    for block in blocks[end:]:
        named = find_heading_reason(block)
        if is_transcribers(block):
            going_on = "transcriber's note"
        elif named:
            going_on = named
        reasons.append(going_on)
    return [Stretch(end + s.start, end + s.end, s.reason) for s in _join(reasons)]


def _has_prices(blocks: Sequence[Block]) -> bool:
    return sum(_PRICE.search(block.text) is not None for block in blocks) >= max(1, 0.1 * len(blocks))
