"""Metadata of the book and its chapters, independent of the file format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from audiobook.model.book import Cover
from audiobook.model.clip import Mark

GENRE = "Audiobook"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Album:
    """The book as players list it. Blank texts are left out."""

    title: str
    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    genre: str = GENRE
    language: str = "en"  # BCP 47
    comment: str = ""
    year: str = ""
    cover: Cover | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The position of one file among the files of a book."""

    title: str
    number: int  # from 1
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTags:
    """All metadata of one file: of a whole book with its chapters, or of a single chapter (a piece)."""

    album: Album
    marks: tuple[Mark, ...] = ()  # the chapters in the file; none if it is a piece
    piece: Piece | None = None

    @property
    def title(self) -> str:
        """The title of the file."""
        return self.album.title if self.piece is None else self.piece.title

    @property
    def authors(self) -> str:
        """All authors in one text."""
        return ", ".join(self.album.authors)

    @property
    def narrators(self) -> str:
        """All narrators in one text."""
        return ", ".join(self.album.narrators)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSpan:
    """The title and times of a chapter, as tags store them."""

    title: str  # one line, never blank
    start: int  # milliseconds
    end: int  # milliseconds; the start of the next chapter


def chapter_spans(marks: Sequence[Mark], sample_rate: int) -> list[ChapterSpan]:
    """Convert marks to milliseconds. Each start is rounded down, so that it is never after the sound."""
    if not marks:
        return []
    starts = [mark.start * 1000 // sample_rate for mark in marks]
    ends = [*starts[1:], -(-marks[-1].end * 1000 // sample_rate)]
    return [
        ChapterSpan(title=one_line(mark.title) or f"Chapter {number}", start=start, end=end)
        for number, (mark, start, end) in enumerate(zip(marks, starts, ends, strict=True), 1)
    ]


def one_line(text: str) -> str:
    """The text as one line without control characters, as tags require."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()
