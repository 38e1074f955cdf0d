"""Write the metadata blocks of a FLAC file (RFC 9639, section 8): STREAMINFO, tags with chapters, and the cover."""

import struct
from dataclasses import dataclass

from audiobook.model.book import Cover
from audiobook.model.request import Encoding
from audiobook.writers.album import FileTags
from audiobook.writers.vorbis_comments import vorbis_comments

SIGNATURE = b"fLaC"
STREAMINFO, PADDING, VORBIS_COMMENT, PICTURE = 0, 1, 4, 6
MD5_AT = 8 + 18  # offset of the MD5 in a file
HEAD_BYTES = 8 + 34  # signature and STREAMINFO

_LAST = 0x80
_BITS = 16
_FRONT_COVER = 3
_PADDING_BYTES = 1_024  # lets a tag editor add tags without rewriting the file


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamInfo:
    """The content of the STREAMINFO block."""

    sample_rate: int
    channels: int
    samples: int
    shortest_block: int  # samples; the last block of the file is not counted
    longest_block: int
    smallest_frame: int = 0  # bytes; 0: unknown
    largest_frame: int = 0
    md5: bytes = bytes(16)  # of all samples; zeros: unknown

    def head(self, *, is_last: bool) -> bytes:
        """The signature and the STREAMINFO block."""
        packed = self.sample_rate << 44 | (self.channels - 1) << 41 | (_BITS - 1) << 36 | self.samples
        body = struct.pack(">HH", self.shortest_block, self.longest_block)
        body += self.smallest_frame.to_bytes(3, "big") + self.largest_frame.to_bytes(3, "big")
        return SIGNATURE + block(STREAMINFO, body + struct.pack(">Q", packed) + self.md5, is_last=is_last)


def block(kind: int, body: bytes, *, is_last: bool = False) -> bytes:
    """A metadata block. Raises ValueError if it is too large."""
    if len(body) >= 1 << 24:
        raise ValueError(f"a block of a FLAC file cannot hold {len(body)} bytes")
    return bytes(((_LAST if is_last else 0) | kind,)) + len(body).to_bytes(3, "big") + body


def sound_start(data: bytes) -> int:
    """The offset of the first frame. Raises ValueError if this is not a FLAC file."""
    if not data.startswith(SIGNATURE):
        raise ValueError("this is not a FLAC file")
    at, is_last = len(SIGNATURE), False
    while not is_last:
        if at + 4 > len(data):
            raise ValueError("the FLAC file ends inside its header")
        is_last = bool(data[at] & _LAST)
        at += 4 + int.from_bytes(data[at + 1 : at + 4], "big")
    return at


def tag_blocks(tags: FileTags, encoding: Encoding) -> bytes:
    """All blocks after STREAMINFO. Their length does not depend on chapter times."""
    cover = tags.album.cover
    blocks = block(VORBIS_COMMENT, vorbis_comments(tags, encoding.sample_rate)) + (
        b"" if cover is None else block(PICTURE, picture(cover))
    )
    return blocks + block(PADDING, bytes(_PADDING_BYTES), is_last=True)


def picture(cover: Cover) -> bytes:
    """The front cover. Width, height and colours are 0, which means that players read them from the picture."""
    media_type = cover.media_type.encode()
    head = struct.pack(">II", _FRONT_COVER, len(media_type)) + media_type + struct.pack(">I", 0)
    return head + struct.pack(">IIIII", 0, 0, 0, 0, len(cover.data)) + cover.data
