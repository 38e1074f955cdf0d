"""Write tags and chapters as Vorbis comments, which FLAC and all Ogg formats use."""

import struct
from collections.abc import Iterator, Sequence

from audiobook.errors import DeliveryError
from audiobook.writers.album import ChapterSpan, FileTags, chapter_spans, one_line

MOST_CHAPTERS = 1_000  # CHAPTER000 to CHAPTER999

_VENDOR = b"audiobook"
_HINT = "add --per-chapter, choose some with --chapters, or name a file of another format"


def vorbis_comments(tags: FileTags, sample_rate: int, more: Sequence[bytes] = ()) -> bytes:
    """The comments of a file. Their length does not depend on chapter times.

    `sample_rate` is the sample rate of its marks; `more` are finished comments.

    Raises DeliveryError if a chapter begins too late, ValueError if there are more than `MOST_CHAPTERS`.
    """
    comments = [*(f"{name}={text}".encode() for name, text in _comments(tags, sample_rate) if text), *more]
    head = struct.pack("<I", len(_VENDOR)) + _VENDOR + struct.pack("<I", len(comments))
    return head + b"".join(struct.pack("<I", len(comment)) + comment for comment in comments)


def _comments(tags: FileTags, sample_rate: int) -> Iterator[tuple[str, str]]:
    album = tags.album
    yield "TITLE", one_line(tags.title)
    yield "ALBUM", one_line(album.title)
    yield "ARTIST", one_line(tags.authors)
    yield "ALBUMARTIST", one_line(tags.authors)
    yield "COMPOSER", one_line(tags.narrators)  # where Audiobookshelf and others look for the narrator
    yield "PERFORMER", one_line(tags.narrators)
    yield "GENRE", one_line(album.genre)
    yield "LANGUAGE", one_line(album.language)
    yield "DATE", one_line(album.year)
    yield "DESCRIPTION", "\n".join(filter(None, map(one_line, album.comment.splitlines())))
    if tags.piece is not None:
        yield "TRACKNUMBER", str(tags.piece.number)
        yield "TRACKTOTAL", str(tags.piece.total)
    yield from _chapters(chapter_spans(tags.marks, sample_rate))


def _chapters(spans: Sequence[ChapterSpan]) -> Iterator[tuple[str, str]]:
    """The chapter comments of Ogg: CHAPTERnnn with a time and CHAPTERnnnNAME with a title for each chapter."""
    if len(spans) > MOST_CHAPTERS:
        raise ValueError(f"this format can list {MOST_CHAPTERS} chapters, not {len(spans)}")
    first = 0 if len(spans) == MOST_CHAPTERS else 1
    for number, span in enumerate(spans, first):
        minutes, milliseconds = divmod(span.start, 60_000)
        hours, minutes = divmod(minutes, 60)
        if hours > 99:
            raise DeliveryError("this format cannot mark a chapter after 100 hours", hint=_HINT)
        seconds = f"{milliseconds // 1000:02d}.{milliseconds % 1000:03d}"
        yield f"CHAPTER{number:03d}", f"{hours:02d}:{minutes:02d}:{seconds}"
        yield f"CHAPTER{number:03d}NAME", span.title
