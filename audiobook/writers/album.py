"""What a finished file says about the book, and the ID3 tag that says it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audiobook.model.book import Cover
from audiobook.model.clip import Mark
from audiobook.writers.mp3 import id3
from audiobook.writers.mp3.id3 import iso639

GENRE = "Audiobook"

_LAST_MS = 0xFFFFFFFE  # the last millisecond a chapter frame can name: 49 days


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


def book_tag(album: Album, marks: Sequence[Mark], rate: int) -> bytes:
    """The tag of one file with every chapter in it."""
    stretches = stretches_of(marks, rate)
    return id3.tag((id3.text("TIT2", album.title), *_common(album), *id3.chapters(stretches), *_cover(album)))


def chapter_tag(album: Album, piece: Piece) -> bytes:
    """The tag of a file that holds one chapter."""
    track = id3.text("TRCK", f"{piece.number}/{piece.total}")
    return id3.tag((id3.text("TIT2", piece.title), *_common(album), track, *_cover(album)))


def stretches_of(marks: Sequence[Mark], rate: int) -> list[id3.Stretch]:
    """The marks in milliseconds: each start rounded down, never to lie after the sound, each end the next start."""
    if not marks:
        return []
    starts = [mark.start * 1000 // rate for mark in marks]
    ends = [*starts[1:], -(-marks[-1].end * 1000 // rate)]
    if ends[-1] > _LAST_MS:
        raise ValueError("an MP3 cannot mark chapters beyond 49 days")
    return [
        id3.Stretch(title=id3.one_line(mark.title) or f"Chapter {number}", start=start, end=end)
        for number, (mark, start, end) in enumerate(zip(marks, starts, ends, strict=True), 1)
    ]


def _common(album: Album) -> Iterator[bytes]:
    authors, narrators = ", ".join(album.authors), ", ".join(album.narrators)
    language = iso639(album.language)
    yield id3.text("TALB", album.title)
    yield id3.text("TPE1", authors)
    yield id3.text("TPE2", authors)  # "album artist": keeps a book's files together in players
    yield id3.text("TCOM", narrators)  # where Audiobookshelf and others look for the narrator
    yield id3.text("TCON", album.genre)
    yield id3.text("TLAN", language)
    yield id3.text("TYER", album.year)
    yield id3.comment(album.comment, language or "und")


def _cover(album: Album) -> Iterator[bytes]:
    if album.cover is not None:
        yield id3.picture(album.cover.data, album.cover.media_type)
