"""What a finished file says about the book and its chapters, whatever the format."""

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
    """Which of several files a file is."""

    title: str
    number: int  # from 1
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTags:
    """All that one file says: of a whole book, with its chapters, or of one chapter as a piece of it."""

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
class Stretch:
    """A chapter as tags state it."""

    title: str  # one line, never blank
    start: int  # milliseconds
    end: int  # milliseconds; the next stretch's start


def stretches_of(marks: Sequence[Mark], rate: int) -> list[Stretch]:
    """The marks in milliseconds. Each start is rounded down, so that it is never after the sound."""
    if not marks:
        return []
    starts = [mark.start * 1000 // rate for mark in marks]
    ends = [*starts[1:], -(-marks[-1].end * 1000 // rate)]
    return [
        Stretch(title=one_line(mark.title) or f"Chapter {number}", start=start, end=end)
        for number, (mark, start, end) in enumerate(zip(marks, starts, ends, strict=True), 1)
    ]


def one_line(text: str) -> str:
    """The text as a tag can hold it: one line without control characters, and otherwise unchanged."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text)).strip()
