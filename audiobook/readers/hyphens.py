"""Joins words that the end of a line divided, as scanned books have them: "hap-" and "pened" become "happened".

The book decides whether the hyphen belongs to the word: a word that stands elsewhere with its hyphen keeps it, and one
that stands elsewhere without it loses it. Where a book has many that it does not decide, the dictionary does.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from audiobook.languages.codes import get_primary_language
from audiobook.model.book import Paragraph

_FIRST_HALF = re.compile(r"[^\W\d_]+-$")
_DIVIDED = re.compile(r"(?<![\w-])([^\W\d_]+)- (?!(?:and|or|to|nor|but|und|oder|et|ou|y|o|e)\b)([^\W\d_]+)(?![\w-])")
_NEXT_HALF = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SCANNED = 5  # words that the book does not decide, from which a dictionary is asked

_Place = tuple[int, int, str, str]  # the hyphen, where the word goes on, and its halves


def join_divided_words(chapters: Sequence[tuple[Paragraph, ...]], language: str) -> list[tuple[Paragraph, ...]]:
    """The paragraphs of each chapter, with words joined that were divided at the end of a line."""
    found = {
        (c, p): places
        for c, chapter in enumerate(chapters)
        for p, paragraph in enumerate(chapter)
        if "-" in paragraph.text and (places := list(_find_places(paragraph)))
    }
    if not found:
        return list(chapters)
    known = _collect_words(chapters, found)
    open_words = [place for places in found.values() for place in places if not _is_decided(place, known)]
    dictionary = _load_dictionary(get_primary_language(language)) if len(open_words) >= _SCANNED else None
    joined = [list(chapter) for chapter in chapters]
    for (c, p), places in found.items():
        paragraph = joined[c][p]
        for place in reversed(places):
            paragraph = _join(paragraph, place, known, dictionary)
        joined[c][p] = paragraph
    return [tuple(chapter) for chapter in joined]


def _find_places(paragraph: Paragraph) -> Iterator[_Place]:
    """Where words are divided: between two lines of the source, or before a space that was the end of a line."""
    text = paragraph.text
    if paragraph.kind not in {"prose", "letter", "note"}:
        return
    for before, after in pairwise(paragraph.runs):
        end = before.text + before.length
        if end == after.text and (first := _FIRST_HALF.search(text, max(0, end - 40), end)):
            following = _NEXT_HALF.match(text, end)
            if following and following.group().islower():
                yield end - 1, end, first.group()[:-1], following.group()
    if not paragraph.runs:
        for one in _DIVIDED.finditer(text):
            if one[2].islower():
                yield one.end(1), one.start(2), one[1], one[2]


def _collect_words(
    chapters: Sequence[tuple[Paragraph, ...]], found: dict[tuple[int, int], list[_Place]]
) -> frozenset[str]:
    """The words of the book in lower case, with their hyphens, without those that are divided."""
    words: set[str] = set()
    for c, chapter in enumerate(chapters):
        for p, paragraph in enumerate(chapter):
            at = 0
            for hyphen, after, first, second in found.get((c, p), ()):
                words.update(_WORD.findall(paragraph.text[at : hyphen - len(first)].lower()))
                at = after + len(second)
            words.update(_WORD.findall(paragraph.text[at:].lower()))
    return frozenset(words)


def _is_decided(place: _Place, known: frozenset[str]) -> bool:
    _, _, first, second = place
    return f"{first}-{second}".lower() in known or f"{first}{second}".lower() in known


def _join(paragraph: Paragraph, place: _Place, known: frozenset[str], dictionary: Any) -> Paragraph:
    hyphen, after, first, second = place
    whole, hyphenated = f"{first}{second}".lower(), f"{first}-{second}".lower()
    if hyphenated in known:
        return _remove(paragraph, hyphen + 1, after)
    if whole in known or (dictionary is not None and whole in dictionary):
        return _remove(paragraph, hyphen, after)
    return paragraph


def _remove(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    """The paragraph without some of its characters; its places in the source stay right."""
    if start == end:
        return paragraph

    def moved(at: int) -> int:
        return at - max(0, min(at, end) - start)

    runs = tuple(
        replace(run, text=moved(run.text), length=moved(run.text + run.length) - moved(run.text))
        for run in paragraph.runs
    )
    return replace(
        paragraph,
        text=paragraph.text[:start] + paragraph.text[end:],
        runs=runs,
        emphasis=tuple((moved(a), moved(b)) for a, b in paragraph.emphasis),
        directions=tuple((moved(a), moved(b)) for a, b in paragraph.directions),
    )


@functools.cache
def _load_dictionary(language: str) -> Any:
    from spellchecker import SpellChecker  # noqa: PLC0415  # reads a large file, which only a scanned book needs

    return SpellChecker(language=language, distance=1) if language in SpellChecker.languages() else None
