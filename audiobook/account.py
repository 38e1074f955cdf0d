"""What became of every word of a book's file when it was read: in which chapter it is, or why in none."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from audiobook.book import count_words, letters_of


def checked(paragraphs: Iterable[str]) -> tuple[int, int]:
    """The words in paragraphs, and a CRC-32 of their letters."""
    words = check = 0
    for text in paragraphs:
        words += count_words(text)
        check = zlib.crc32(letters_of(text).encode("utf-8", "surrogatepass"), check)
    return words, check


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of the source that is not spoken."""

    reason: str  # "table of contents", "Project Gutenberg licence", …
    place: str  # in the source, for people: "line 12", "chapter-3.xhtml"
    words: int
    opening: str  # its first words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChapter:
    """What of the source is in one chapter of the book."""

    number: int
    source: int  # words, as the source has them
    words: int  # as the chapter has them: a word that the source parts at a line's end is one
    check: int  # CRC-32 of its letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of every word of a source when it was read."""

    words: int  # in the source, counted by themselves
    chapters: tuple[ReadChapter, ...]
    skipped: tuple[Stretch, ...]
    faults: tuple[str, ...] = ()  # what does not add up, each with its place; none, unless something is wrong with us
