"""The metadata blocks of a FLAC file (RFC 9639, section 8): its head, tags with chapters, and the cover."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from audiobook.errors import DeliveryError
from audiobook.model.book import Cover
from audiobook.model.request import Encoding
from audiobook.writers.album import FileTags, Stretch, one_line, stretches_of

SIGNATURE = b"fLaC"
STREAMINFO, PADDING, VORBIS_COMMENT, PICTURE = 0, 1, 4, 6
MD5_AT = 8 + 18  # where the MD5 stands in a file
HEAD_BYTES = 8 + 34  # signature and STREAMINFO
MOST_CHAPTERS = 1_000  # CHAPTER000 to CHAPTER999

_LAST = 0x80
_BITS = 16
_VENDOR = b"audiobook"
_HINT = "add --per-chapter, choose some with --chapters, or name a file of another format"
_FRONT_COVER = 3
_PADDING_BYTES = 1_024  # room for whoever edits the tags later


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamInfo:
    """What the first block says of the sound."""

    rate: int
    channels: int
    samples: int
    shortest_block: int  # samples; the last block of the file does not count
    longest_block: int
    smallest_frame: int = 0  # bytes; 0: unknown
    largest_frame: int = 0
    md5: bytes = bytes(16)  # of all samples; zeros: unknown

    def head(self, *, is_last: bool) -> bytes:
        """The signature and the block."""
        packed = self.rate << 44 | (self.channels - 1) << 41 | (_BITS - 1) << 36 | self.samples
        body = struct.pack(">HH", self.shortest_block, self.longest_block)
        body += self.smallest_frame.to_bytes(3, "big") + self.largest_frame.to_bytes(3, "big")
        return SIGNATURE + block(STREAMINFO, body + struct.pack(">Q", packed) + self.md5, is_last=is_last)


def block(kind: int, body: bytes, *, is_last: bool = False) -> bytes:
    """A metadata block. Raises ValueError if it is too large."""
    if len(body) >= 1 << 24:
        raise ValueError(f"a block of a FLAC file cannot hold {len(body)} bytes")
    return bytes(((_LAST if is_last else 0) | kind,)) + len(body).to_bytes(3, "big") + body


def sound_start(data: bytes) -> int:
    """Where the frames of a FLAC file begin. Raises ValueError if it is none."""
    if not data.startswith(SIGNATURE):
        raise ValueError("this is not a FLAC file")
    at, is_last = len(SIGNATURE), False
    while not is_last:
        if at + 4 > len(data):
            raise ValueError("the FLAC file ends inside its head")
        is_last = bool(data[at] & _LAST)
        at += 4 + int.from_bytes(data[at + 1 : at + 4], "big")
    return at


def tag_blocks(tags: FileTags, encoding: Encoding) -> bytes:
    """All blocks after STREAMINFO. Their length does not depend on when a chapter begins."""
    comments = [f"{name}={text}".encode() for name, text in _comments(tags, encoding.rate) if text]
    body = struct.pack("<I", len(_VENDOR)) + _VENDOR + struct.pack("<I", len(comments))
    body += b"".join(struct.pack("<I", len(comment)) + comment for comment in comments)
    cover = tags.album.cover
    blocks = block(VORBIS_COMMENT, body) + (b"" if cover is None else block(PICTURE, _picture(cover)))
    return blocks + block(PADDING, bytes(_PADDING_BYTES), is_last=True)


def _comments(tags: FileTags, rate: int) -> Iterator[tuple[str, str]]:
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
    yield from _chapters(stretches_of(tags.marks, rate))


def _chapters(stretches: list[Stretch]) -> Iterator[tuple[str, str]]:
    """The chapters as players know them from Ogg: a time and a name for each, with a number of three digits."""
    if len(stretches) > MOST_CHAPTERS:
        raise ValueError(f"a FLAC file can list {MOST_CHAPTERS} chapters, not {len(stretches)}")
    first = 0 if len(stretches) == MOST_CHAPTERS else 1
    for number, stretch in enumerate(stretches, first):
        minutes, milliseconds = divmod(stretch.start, 60_000)
        hours, minutes = divmod(minutes, 60)
        if hours > 99:
            raise DeliveryError("a FLAC file cannot mark a chapter after 100 hours", hint=_HINT)
        seconds = f"{milliseconds // 1000:02d}.{milliseconds % 1000:03d}"
        yield f"CHAPTER{number:03d}", f"{hours:02d}:{minutes:02d}:{seconds}"
        yield f"CHAPTER{number:03d}NAME", stretch.title


def _picture(cover: Cover) -> bytes:
    """The front cover. Width, height and colours are 0: whoever shows it finds them in the picture."""
    media_type = cover.media_type.encode()
    head = struct.pack(">II", _FRONT_COVER, len(media_type)) + media_type + struct.pack(">I", 0)
    return head + struct.pack(">IIIII", 0, 0, 0, 0, len(cover.data)) + cover.data
