"""A book as it was read: chapters of paragraphs, and where each came from.

Offsets count characters of the *decoded source text*: the file's text without a byte order mark and with every line
ending as one newline, the way Python opens a text file.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

ParagraphKind = Literal["prose", "heading", "verse", "letter", "break", "note"]


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
    runs: tuple[Run, ...] = ()  # in order; empty where the format has no offsets (EPUB)
    emphasis: tuple[tuple[int, int], ...] = ()  # (start, end) offsets in the text set in italics or bold

    def __post_init__(self) -> None:
        if self.kind != "break" and not self.text.strip():
            raise ValueError("only a break may be blank")

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
        """Words as a reader counts them: stretches between white space."""
        return sum(len(p.text.split()) for p in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A part of the source that is not read aloud."""

    title: str
    words: int
    reason: str  # "table of contents", "Project Gutenberg licence", …


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
