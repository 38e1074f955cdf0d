"""A book as it was read: chapters of paragraphs, their offsets in the source, and an account of every word.

Offsets count characters of the *decoded source text*: the text of the file without a byte order mark and with every
line ending as one newline, as Python opens a text file. In a book of several documents (EPUB) the offsets continue from
one document to the next, in reading order, with one character between documents.

A word is a run of characters without white space that contains a letter or a digit. That is the count of `wc -w`
without dashes and ornaments.
"""

import re
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal


def count_and_hash(paragraphs: Iterable[str]) -> tuple[int, int]:
    """The number of words in paragraphs, and the CRC-32 of their letters."""
    words = check = 0
    for text in paragraphs:
        words += count_words(text)
        check = zlib.crc32(letters_of(text).encode("utf-8", "surrogatepass"), check)
    return words, check


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedText:
    """A part of the source that is not spoken."""

    reason: str  # "table of contents", "Project Gutenberg licence", …
    place: str  # in the source, for people: "line 12", "chapter-3.xhtml"
    words: int
    opening: str  # its first words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadChapter:
    """The words of the source that are in one chapter of the book."""

    number: int
    source: int  # words, as the source has them
    words: int  # in the chapter; a word that the source hyphenates at a line end counts once
    check: int  # CRC-32 of its letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The account of every word of a source when it was read."""

    words: int  # in the source, counted independently
    chapters: tuple[ReadChapter, ...]
    skipped: tuple[SkippedText, ...]
    faults: tuple[str, ...] = ()  # sums that differ, each with its place; any fault is a bug in a reader
    notices: tuple[str, ...] = ()  # what the user should know about the files of the book, in sentences


SPEAKER_NAME = "speaker's name"  # the reason why a name before a speech in a play is not read

ParagraphKind = Literal["prose", "heading", "verse", "letter", "break", "note"]

# A word goes from its first letter or digit to the next space. Kana and the characters of China are written without
# spaces; each counts as a word.
_UNSPACED = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_][^\s{_UNSPACED}]*")
_NO_LETTERS = re.compile(r"[\W_]+")
_SMALL = {
    *("page number", "illustration", "footnote", "notes", "HTML", "code", "table", "transcriber's note"),
    *("note reference", "markup", "list number", "hidden text", "scene break", "deleted text", SPEAKER_NAME),
    *("running head", "text on its side"),
}  # reasons that are met many times in one book


def word_starts(text: str) -> "array[int]":
    """The offsets of the words of a text: of their first letter or digit."""
    return array("q", (found.start() for found in _WORD.finditer(text)))


def count_words(text: str) -> int:
    """The number of words in a text."""
    return len(_WORD.findall(text))


def count_shares(pieces: Sequence[str]) -> list[int]:
    """The number of words that begin in each piece of one text. Their sum does not depend on where it is cut."""
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
    """Only the letters and digits of a text, which do not depend on line breaks and markup."""
    return _NO_LETTERS.sub("", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A part of a paragraph's text that is in the source character by character (white space may differ)."""

    text: int  # offset of its start in the text of the paragraph
    source: int  # offset of its start in the decoded source text
    length: int  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph, heading, stanza or scene break, with hard-wrapped lines joined.

    A stanza ("verse") is one paragraph that keeps its line ends. A speech in a play names its speaker. The name is not
    in the text, and `Book.skipped` has its place with the reason `SPEAKER_NAME`. A paragraph that is a stage direction
    has no speaker, and a direction from its start to its end.

    Raises ValueError if the text is blank and the paragraph is not a break.
    """

    text: str
    kind: ParagraphKind = "prose"
    runs: tuple[Run, ...] = ()  # in order; empty if the format has no offsets
    emphasis: tuple[tuple[int, int], ...] = ()  # (start, end) offsets of text in italics or bold
    span: tuple[int, int] | None = None  # (start, end) in the source, if the runs do not cover all of it
    speaker: str = ""  # of a speech in a play: who says it, as the source names them ("OLD HOB"); else empty
    directions: tuple[tuple[int, int], ...] = ()  # (start, end) offsets of stage directions, in order: narration
    language: str = ""  # BCP 47, of a paragraph that is wholly in another language than the book; else empty

    def __post_init__(self) -> None:
        if self.kind != "break" and not self.text.strip():
            raise ValueError("only a break may be blank")

    @property
    def stands(self) -> tuple[int, int] | None:
        """(start, end) of the paragraph in the source, with skipped parts inside it; None if it has no offsets."""
        if self.span is None and self.runs:
            return self.runs[0].source, self.runs[-1].source + self.runs[-1].length
        return self.span

    def source_at(self, offset: int) -> int | None:
        """The source offset of a character of the text; None if the format has no offsets.

        An offset between two runs counts as the end of the run before it.
        """
        if not self.runs:
            return None
        run = self.runs[max(0, bisect_right(self.runs, offset, key=lambda r: r.text) - 1)]
        return run.source + min(max(offset - run.text, 0), run.length)

    def source_span(self, start: int, end: int) -> tuple[int, int] | None:
        """(start, end) in the source of the characters `start` to `end` of the text; ends are exclusive."""
        if start >= end:
            first = self.source_at(start)
            return None if first is None else (first, first)
        first, last = self.source_at(start), self.source_at(end - 1)
        return None if first is None or last is None else (first, last + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter. Its headings are paragraphs, because they are spoken."""

    number: int  # from 1, in reading order
    title: str  # for lists, marks and tags; one line, never empty
    paragraphs: tuple[Paragraph, ...]

    def __post_init__(self) -> None:
        if self.number < 1:
            raise ValueError("chapters are numbered from 1")

    @property
    def words(self) -> int:
        """The number of words in its paragraphs."""
        return sum(count_words(p.text) for p in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or an endnote. Its text is left out of the chapters; it is kept so that it can be read on request."""

    mark: str  # as printed, without brackets: "1", "A", "*"
    paragraphs: tuple[Paragraph, ...]  # its text, without its mark and without the link back
    reference: int | None = None  # offset in the source of the mark in the text; None if no mark refers to the note
    after: int = 0  # how many characters of the paragraph that holds the mark come before the mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A part of the source that is not read aloud, or is replaced by other characters."""

    title: str
    words: int
    reason: str  # "table of contents", "Project Gutenberg licence", …
    start: int  # offset in the source
    end: int  # exclusive
    instead: str = ""  # the replacement that is read: "é" for "&eacute;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """The cover picture, as it is in the book."""

    data: bytes
    media_type: str  # "image/jpeg", "image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterEdits:
    """What `BOOK.chapters.txt` changed in a book."""

    file: str  # its name
    changes: tuple[tuple[int, str], ...] = ()  # (number of the chapter, what was changed), in order
    removed: tuple[str, ...] = ()  # titles of chapters that are left out
    notices: tuple[str, ...] = ()  # entries that fit no chapter, and chapters that are not listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Title, authors and language of a book."""

    title: str
    authors: tuple[str, ...] = ()
    language: str = "en"  # BCP 47; that of the text, in which the book is read
    stated_language: str = ""  # as the source states it ("eng", "Deutsch"); empty if it states none


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole book. Raises ValueError if it has no chapter."""

    facts: Facts
    chapters: tuple[Chapter, ...]
    skipped: tuple[Skipped, ...] = ()
    cover: Cover | None = field(default=None, repr=False)
    notes: tuple[Note, ...] = ()  # in the order of their text in the source
    edits: ChapterEdits | None = None  # by the user's list of chapters; None where there is none
    notices: tuple[str, ...] = ()  # what the user should know about its files, in sentences

    def __post_init__(self) -> None:
        if not self.chapters:
            raise ValueError("a book has at least one chapter")


def select_opening(book: Book, enough: int) -> Book:
    """The beginning of a book: whole paragraphs with at least `enough` characters."""
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


def select_sample(book: Book, size: int, stretch: int) -> Book:
    """A sample of a book: the paragraphs that begin in excerpts of `stretch` characters, spread evenly over the book.

    The excerpts have about `size` characters together, or the whole book. Each excerpt is a chapter of its own, and is
    also divided at the chapters of the book.
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


def is_small_part(part: Skipped) -> bool:
    """Whether a skipped part is a mark, a note or a replaced character rather than a section."""
    return part.reason in _SMALL or bool(part.instead)


def summarize_skipped(skipped: Sequence[Skipped]) -> Iterator[Skipped]:
    """The skipped parts for a listing; small parts with the same reason are combined."""
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
