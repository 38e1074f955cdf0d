"""Finds running heads, running feet and page numbers: lines at the top and the bottom that repeat from page to page."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from audiobook.readers import numerals
from audiobook.readers.pdf.lines import Line

HEAD, NUMBER = "running head", "page number"
_LAYERS = 3  # lines at each end of a page that may be running heads
_LEAST = 3  # pages on which a running head stands
_NEAR = 12  # pages within which it comes again
_SHARE = 0.6  # of the lines at one height that repeat, where the others are running heads as well
_COMMON = 0.25  # of the pages that have a line at that height
_JITTER = 6.0  # points by which lines at one height differ in a scan
_MOST_OUTSIDE = 0.3  # share of the other pages whose text begins further out than a running head
_LONGEST = 120  # characters
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.|s\.)\s*)?(\d{1,5}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})(?:\s*(?:/|of|von)\s*\d+)?\W*",
    re.IGNORECASE,
)
_AT_END = re.compile(r"^\W*(?:\d{1,5}|[ivxlc]{1,7})\b|\b(?:\d{1,5}|[ivxlc]{1,7})\W*$")


def mark_repeats(pages: Sequence[Sequence[Line]]) -> None:
    """Give a role to the running heads and page numbers in the pages of a book."""
    for from_top in (True, False):
        for _ in range(_LAYERS):
            rows = [_outer_row(page, from_top=from_top) for page in pages]
            if not _mark_layer(rows, from_top=from_top):
                break


def _outer_row(page: Sequence[Line], *, from_top: bool) -> list[Line]:
    """The lines at the height of the first, or the last, line that is read."""
    read = [line for line in page if not line.role]
    if not read:
        return []
    outer = max(read, key=lambda line: line.y) if from_top else min(read, key=lambda line: line.y)
    return [line for line in read if abs(line.y - outer.y) <= 0.4 * max(line.size, outer.size)]


def _mark_layer(rows: Sequence[Sequence[Line]], *, from_top: bool) -> bool:
    """Mark the rows that repeat. Says whether any was marked."""
    numbers = _find_page_numbers(rows)
    texts = [_key(row) for row in rows]
    heads = _find_repeated(rows, texts)
    same_place = _find_at_common_heights(rows, heads | numbers)
    found = heads | numbers | same_place
    found -= _find_inside_text(rows, found, from_top=from_top)
    for n in found:
        for line in rows[n]:
            line.role = NUMBER if _NUMBER.fullmatch(line.text) else HEAD
    return bool(found)


def _find_inside_text(rows: Sequence[Sequence[Line]], found: set[int], *, from_top: bool) -> set[int]:
    """Which of the rows stand where other pages have text: headings that repeat, and no running heads."""
    sign = 1 if from_top else -1
    others = sorted(sign * row[0].y for n, row in enumerate(rows) if row and n not in found)
    if len(others) < _LEAST:
        return set()
    return {
        n
        for n in found
        if (len(others) - bisect_right(others, sign * rows[n][0].y + _JITTER)) > _MOST_OUTSIDE * len(others)
    }


def _key(row: Sequence[Line]) -> str:
    """The text of a row without page numbers and case; empty where it is too long for a running head."""
    text = " ".join(line.text for line in row)
    return _AT_END.sub("", text).casefold().strip(" .-–—|·•") if len(text) <= _LONGEST else ""


def _find_repeated(rows: Sequence[Sequence[Line]], texts: Sequence[str]) -> set[int]:
    """The pages whose outer row has a text that stands at the same height, in the same size, on several pages."""
    places: dict[tuple[str, int, float], list[int]] = defaultdict(list)
    for n, (row, text) in enumerate(zip(rows, texts, strict=True)):
        if text and any(map(str.isalnum, text)):
            places[text, round(row[0].y / 4), row[0].size].append(n)
    found: set[int] = set()
    for where in places.values():
        near = [b - a <= _NEAR for a, b in pairwise(where)]
        if len(where) >= _LEAST and sum(near) >= _LEAST - 1 and sum(near) >= len(near) / 2:
            found.update(where)
    return found


def _find_page_numbers(rows: Sequence[Sequence[Line]]) -> set[int]:
    """The pages whose outer row is a number alone that rises from page to page."""
    values: dict[int, int] = {}
    for n, row in enumerate(rows):
        found = _NUMBER.fullmatch(row[0].text) if len(row) == 1 else None
        value = _value(found[1]) if found else None
        if value is not None:
            values[n] = value
    shifts = Counter(value - n for n, value in values.items())
    trusted = {shift for shift, often in shifts.items() if often >= _LEAST}
    return {n for n, value in values.items() if value - n in trusted}


def _value(text: str) -> int | None:
    found = numerals.number(text.upper() if not text.isdigit() else text)
    return found[0] if found else None


def _find_at_common_heights(rows: Sequence[Sequence[Line]], known: Iterable[int]) -> set[int]:
    """The pages whose outer row stands where those of most pages are running heads, as with heads of short chapters."""
    known = set(known)
    heights: dict[tuple[int, float], list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if row:
            heights[round(row[0].y), row[0].size].append(n)
    found: set[int] = set()
    for where in heights.values():
        repeated = sum(n in known for n in where)
        if len(where) >= max(_LEAST, _COMMON * len(rows)) and repeated >= _SHARE * len(where):
            found.update(n for n in where if _is_short(rows[n]))
    return found


def _is_short(row: Sequence[Line]) -> bool:
    return sum(len(line.text) for line in row) <= _LONGEST
