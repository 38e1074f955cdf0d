"""The chapters and the left-out parts of a book in one row, and which entry of the list belongs to which."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from audiobook.model.book import Book, Chapter, Skipped, is_small_part, letters_of
from audiobook.readers.chapter_list.entries import ChapterEntry
from audiobook.readers.omissions import Source

_WORDS = 8  # that find a chapter again
_FEWEST_LETTERS = 12  # of words that find a chapter whose title has changed


class Text:
    """The text of the source, extracted when it is first needed."""

    def __init__(self, load: Callable[[], Source]) -> None:
        self._load = load

    @cached_property
    def source(self) -> Source:
        """The source."""
        return self._load()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A chapter, or a part that the reader left out."""

    title: str
    words: str  # its first words
    at: int  # its place in the source; -1 if the format has none
    chapter: Chapter | None = None
    part: Skipped | None = None


def list_units(book: Book, text: Text) -> list[Unit]:
    """The chapters and the larger left-out parts, in the order of the source."""
    units = [
        Unit(title=chapter.title, words=first_words(chapter), at=_place_of(chapter), chapter=chapter)
        for chapter in book.chapters
    ]
    spans = sorted(p.stands for chapter in book.chapters for p in chapter.paragraphs if p.stands)
    for part in book.skipped:
        if not is_small_part(part) and part.start < part.end and not _is_within(part, spans):
            words = _cut(text.source.shown(part.start, part.end))
            units.append(Unit(title=part.title, words=words, at=part.start, part=part))
    return sorted(units, key=lambda unit: unit.at) if all(unit.at >= 0 for unit in units) else units


def _is_within(part: Skipped, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a part is within a paragraph, such as a formula; the paragraphs are in order."""
    at = bisect_right(spans, part.start, key=lambda span: span[0]) - 1
    return at >= 0 and part.end <= spans[at][1]


def _place_of(chapter: Chapter) -> int:
    return min((p.stands[0] for p in chapter.paragraphs if p.stands), default=-1)


def first_words(chapter: Chapter) -> str:
    """The first words of a chapter's text, behind its headings; of a chapter of headings, of these."""
    paragraphs = [p for p in chapter.paragraphs if letters_of(p.text)]
    told = [p for p in paragraphs if p.kind != "heading"] or paragraphs
    return _cut(told[0].text) if told else ""


def _cut(text: str) -> str:
    """The first words of a text, without the signs that have a meaning in the list."""
    return " ".join(text.replace("|", " ").split()[:_WORDS])


def key_of(text: str) -> str:
    """The letters of a title or of words, by which they are compared."""
    return letters_of(text).casefold()


def match_entries(
    entries: Iterable[ChapterEntry], units: Sequence[Unit]
) -> tuple[dict[int, ChapterEntry], list[ChapterEntry]]:
    """The entry of each unit, by the unit's index, and the entries that fit nowhere.

    An entry belongs to the unit with its title and its words, else with its words, else with its title; of several
    alike, to the first in order. A unit has one entry.
    """
    left = list(entries)
    found: dict[int, ChapterEntry] = {}
    for compare in (_both, _words, _title):
        by_key: dict[str, list[int]] = defaultdict(list)
        for n, unit in enumerate(units):
            if n not in found and (key := compare(unit.title, unit.words)):
                by_key[key].append(n)
        rest = []
        for entry in left:
            places = by_key.get(compare(entry.title, entry.words), [])
            if places:
                found[places.pop(0)] = entry
            else:
                rest.append(entry)
        left = rest
    return found, left


def _both(title: str, words: str) -> str:
    return f"{key_of(title)} {key_of(words)}" if key_of(words) else ""


def _words(_: str, words: str) -> str:
    key = key_of(words)
    return key if len(key) >= _FEWEST_LETTERS else ""


def _title(title: str, _: str) -> str:
    return key_of(title)
