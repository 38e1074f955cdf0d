"""A book as it was read: chapters of paragraphs, where each came from, and an account of every word of the file.

Offsets count characters of the *decoded source text*: the file's text without a byte order mark and with every line
ending as one newline, the way Python opens a text file. In a book of several documents (EPUB) they count on from one
document to the next, in reading order and with one character between two.

A word is what stands between white space and has a letter or a digit in it: as `wc -w` counts, dashes and ornaments
that stand alone left out.
"""

import re
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal


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


ParagraphKind = Literal["prose", "heading", "verse", "letter", "break", "note"]

_WORD = re.compile(r"[^\W_]\S*")  # from its first letter or digit on
_NO_LETTERS = re.compile(r"[\W_]+")
_SMALL = {
    *("page number", "illustration", "footnote", "notes", "HTML", "code", "table", "transcriber's note"),
    *("note reference", "markup", "list number", "hidden text", "scene break", "deleted text"),
}  # reasons that are met many times in one book


def word_starts(text: str) -> "array[int]":
    """Where the words of a text begin: at their first letter or digit."""
    return array("q", (found.start() for found in _WORD.finditer(text)))


def count_words(text: str) -> int:
    """The words in a text."""
    return len(_WORD.findall(text))


def count_shares(pieces: Sequence[str]) -> list[int]:
    """The words that begin in each of the pieces of one text: their sum is that of the text, wherever it is cut."""
    if len(pieces) == 1:
        return [count_words(pieces[0])]
    starts = word_starts("".join(pieces))
    shares, at, before = [], 0, 0
    for piece in pieces:
        at += len(piece)
        here = bisect_left(starts, at)
        shares.append(here - before)
        before = here
    return shares


def letters_of(text: str) -> str:
    """The letters and digits of a text, nothing else: what is left of it however it is wrapped and marked up."""
    return _NO_LETTERS.sub("", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a paragraph's text that stands, character for character, in the source (white space may differ)."""

    text: int  # offset in the paragraph's text where the stretch begins
    source: int  # offset in the decoded source text where it stands
    length: int  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, heading, verse or scene break, as a reader would see it: hard-wrapped lines joined.

    Raises ValueError where the text is blank and the paragraph is no break.
    """

    text: str
    kind: ParagraphKind = "prose"
    runs: tuple[Run, ...] = ()  # in order; empty where the format has no offsets
    emphasis: tuple[tuple[int, int], ...] = ()  # (start, end) offsets in the text set in italics or bold
    span: tuple[int, int] | None = None  # where it stands in the source, where its runs are not all of it

    def __post_init__(self) -> None:
        if self.kind != "break" and not self.text.strip():
            raise ValueError("only a break may be blank")

    @property
    def stands(self) -> tuple[int, int] | None:
        """Where it stands in the source (start, end exclusive), what is skipped inside it included; None: nowhere."""
        if self.span is None and self.runs:
            return self.runs[0].source, self.runs[-1].source + self.runs[-1].length
        return self.span

    def source_at(self, offset: int) -> int | None:
        """Where character `offset` of the text stands in the source; None where the format has no offsets.

        An offset between two runs counts as the end of the run before it.
        """
        if not self.runs:
            return None
        run = self.runs[max(0, bisect_right(self.runs, offset, key=lambda r: r.text) - 1)]
        return run.source + min(max(offset - run.text, 0), run.length)

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """The source stretch (start, end exclusive) of the text's characters `start` to `end`."""
        if start >= end:
            first = self.source_at(start)
            return None if first is None else (first, first)
        first, last = self.source_at(start), self.source_at(end - 1)
        return None if first is None or last is None else (first, last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter in reading order; its headings are paragraphs of it, so that they are spoken."""

    number: int  # from 1, in reading order
    title: str  # for lists, marks and tags; one line, never empty
    paragraphs: tuple[Paragraph, ...]

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("chapters are numbered from 1")

    @property
    def words(self) -> int:
        """The words in its paragraphs."""
        return sum(count_words(p.text) for p in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A stretch of the source that is not read aloud, or that is read in other letters than it is spelled with."""

    title: str
    words: int
    reason: str  # "table of contents", "Project Gutenberg licence", …
    start: int  # offset in the source
    end: int  # exclusive
    instead: str = ""  # what is read for it: "é" for "&eacute;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover picture, as the book carries it."""

    data: bytes
    media_type: str  # "image/jpeg", "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a title page says."""

    title: str
    authors: tuple[str, ...] = ()
    language: str = "en"  # BCP 47


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole book, ready to be scripted. Raises ValueError where it has no chapter."""

    facts: Facts
    chapters: tuple[Chapter, ...]
    skipped: tuple[Skipped, ...] = ()
    cover: Cover | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.chapters:
            raise ValueError("a book has at least one chapter")


def opening_of(book: Book, enough: int) -> Book:
    """The first chapters of a book, the last of them up to the paragraph with which there are `enough` characters."""
    length, chapters = 0, list[Chapter]()
    for chapter in book.chapters:
        paragraphs = list[Paragraph]()
        for paragraph in chapter.paragraphs:
            if length < enough:
                paragraphs.append(paragraph)
                length += len(paragraph.text)
        chapters.append(replace(chapter, paragraphs=tuple(paragraphs)))
        if length >= enough:
            break
    return replace(book, chapters=tuple(chapters))


def sample_of(book: Book, size: int, stretch: int) -> Book:
    """The paragraphs that begin in stretches of so many characters, from a book's beginning to its end.

    Together they have some `size` characters, or all there are. What lies between two stretches parts chapters, and so
    do the book's own.
    """
    length = sum(len(paragraph.text) for chapter in book.chapters for paragraph in chapter.paragraphs)
    every = max(stretch, stretch * length // size)
    at, chapters = 0, list[Chapter]()
    for chapter in book.chapters:
        kept: dict[int, list[Paragraph]] = defaultdict(list)
        for paragraph in chapter.paragraphs:
            number, within = divmod(at, every)
            if within < stretch:
                kept[number].append(paragraph)
            at += len(paragraph.text)
        chapters += (replace(chapter, paragraphs=tuple(paragraphs)) for paragraphs in kept.values())
    return replace(book, chapters=tuple(chapters) or book.chapters)


def gathered(skipped: Sequence[Skipped]) -> Iterator[Skipped]:
    """What is skipped, as people want it listed: the many small things of one kind as one."""
    small: dict[str, list[Skipped]] = defaultdict(list)
    for part in skipped:
        if part.reason in _SMALL:
            small[part.reason].append(part)
        elif not part.instead:
            yield part
    for reason, parts in small.items():
        title = parts[0].title if len(parts) == 1 else f"{reason[0].upper()}{reason[1:]} ({len(parts)} places)"
        words = sum(part.words for part in parts)
        yield Skipped(title=title, words=words, reason=reason, start=parts[0].start, end=parts[-1].end)
