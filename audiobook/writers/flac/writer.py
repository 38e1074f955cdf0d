"""The FLAC writer: lossless, with Vorbis comments, chapters as `CHAPTERxxx` comments, and the cover (RFC 9639)."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.book import Cover
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import key_of
from audiobook.runtime.files import flush_in_background
from audiobook.writers.album import stretches_of
from audiobook.writers.contract import Content, Load, Writer
from audiobook.writers.encoded import Encoded
from audiobook.writers.flac.frames import block_size, frames_in_ogg, pack, renumber, unpack
from audiobook.writers.mp3.encoding import both_ears
from audiobook.writers.mp3.id3 import one_line
from audiobook.writers.verify import expected_tags, verify_listing

RECIPE = 1  # count up whenever other frames are made of the same samples

_HIGHEST_RATE = 655_350  # Hz
_STREAMINFO, _COMMENTS, _PICTURE = 0, 4, 6  # kinds of metadata blocks
_LAST = 0x80
_FRONT_COVER = 3
_LARGEST_BLOCK = (1 << 24) - 1  # bytes of a metadata block
_VENDOR = b"audiobook"


def check(encoding: Encoding) -> None:
    """Raises UsageError where a FLAC file cannot have these channels or this rate."""
    if encoding.channels not in (1, 2) or not 0 < encoding.rate <= _HIGHEST_RATE:
        raise UsageError(
            f"a FLAC file here has 1 or 2 channels at up to {_HIGHEST_RATE:,} Hz, "
            f"not {encoding.channels} at {encoding.rate} Hz"
        )


def segment_key(rendered: str, encoding: Encoding) -> str:
    """A hash of all that shapes a segment's frames: samples, recipe and encoder."""
    return key_of(RECIPE, "flac", rendered, encoding.rate, encoding.channels, ffmpeg.fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """The samples as FLAC frames, each behind its length. Raises DeliveryError."""
    mono = b"".join(pcm)
    samples = len(mono) // SAMPLE_BYTES
    sound = mono if encoding.channels == 1 else both_ears(mono)
    arguments = [
        *("-f", "s16le", "-ar", str(encoding.rate), "-ac", str(encoding.channels), "-i", "pipe:0"),
        *("-c:a", "flac", "-threads", "1", "-map_metadata", "-1", "-f", "ogg", "pipe:1"),
    ]
    try:
        frames = list(frames_in_ogg(ffmpeg.pipe(arguments, [sound])))
        found = sum(map(block_size, frames))
    except (ValueError, IndexError) as error:
        raise DeliveryError(f"ffmpeg wrote a FLAC that is not what was asked for: {error}") from error
    if found != samples:
        raise DeliveryError(f"ffmpeg wrote a FLAC of {found:,} samples instead of {samples:,}")
    return Encoded(data=pack(frames), frames=samples, sound=samples)


def write(path: Path, content: Content, encoding: Encoding, load: Load) -> None:
    """Write one FLAC file: metadata, and the segments' frames, renumbered."""
    with path.open("xb") as file:
        file.write(b"fLaC")
        file.write(_stream_info(encoding, content.frames, [], []))
        blocks = list(_metadata(content, encoding))
        for number, (kind, body) in enumerate(blocks, 1):
            file.write(_block(kind, body, is_last=number == len(blocks)))
        at, sizes, lengths = 0, [], []
        for segment in content.segments:
            for frame in unpack(load(segment)):
                size = block_size(frame)
                own = renumber(frame, at)
                file.write(own)
                at += size
                sizes.append(size)
                lengths.append(len(own))
        file.seek(4)
        file.write(_stream_info(encoding, at, sizes, lengths))


def _stream_info(encoding: Encoding, samples: int, sizes: list[int], lengths: list[int]) -> bytes:
    """The first metadata block. The checksum of the sound is left unknown: it would have to be decoded for it."""
    smallest = max(16, min(sizes[:-1], default=16))  # the last block does not count
    largest = max(sizes, default=16)
    packed = encoding.rate << 44 | (encoding.channels - 1) << 41 | (8 * SAMPLE_BYTES - 1) << 36 | samples
    body = struct.pack(">HH", min(smallest, largest), max(16, largest))
    body += min(lengths, default=0).to_bytes(3, "big") + max(lengths, default=0).to_bytes(3, "big")
    return _block(_STREAMINFO, body + packed.to_bytes(8, "big") + bytes(16), is_last=False)


def _block(kind: int, body: bytes, *, is_last: bool) -> bytes:
    return bytes((kind | _LAST * is_last,)) + len(body).to_bytes(3, "big") + body


def _metadata(content: Content, encoding: Encoding) -> Iterator[tuple[int, bytes]]:
    yield _COMMENTS, _comments(content, encoding)
    cover = content.album.cover
    if cover is not None:
        picture = _picture(cover)
        if len(picture) <= _LARGEST_BLOCK:
            yield _PICTURE, picture


def _comments(content: Content, encoding: Encoding) -> bytes:
    found = [f"{name}={one_line(value)}".encode() for name, value in _fields(content, encoding) if value]
    head = struct.pack("<I", len(_VENDOR)) + _VENDOR + struct.pack("<I", len(found))
    return head + b"".join(struct.pack("<I", len(one)) + one for one in found)


def _fields(content: Content, encoding: Encoding) -> Iterator[tuple[str, str]]:
    album, tags = content.album, expected_tags(content.album, content.title)
    yield "TITLE", tags["title"]
    yield "ALBUM", tags["album"]
    yield "ARTIST", tags["artist"]
    yield "ALBUMARTIST", tags["artist"]
    yield "COMPOSER", tags["composer"]  # where players of audiobooks look for the narrator
    yield "GENRE", album.genre
    yield "DATE", album.year
    yield "LANGUAGE", album.language
    yield "COMMENT", album.comment
    if content.piece is not None:
        yield "TRACKNUMBER", str(content.piece.number)
        yield "TRACKTOTAL", str(content.piece.total)
    for number, stretch in enumerate(stretches_of(content.marks, encoding.rate)):
        seconds, milliseconds = divmod(stretch.start, 1000)
        clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{milliseconds:03}"
        yield f"CHAPTER{number:03}", clock
        yield f"CHAPTER{number:03}NAME", stretch.title


def _picture(cover: Cover) -> bytes:
    kind = cover.media_type.encode()
    head = struct.pack(">II", _FRONT_COVER, len(kind)) + kind
    return head + struct.pack(">IIIIII", 0, 0, 0, 0, 0, len(cover.data)) + cover.data


def verify(path: Path, content: Content, encoding: Encoding) -> None:
    """Read one FLAC file back; meanwhile it is flushed to its disk."""
    with flush_in_background(path):
        verify_listing(
            path,
            content.frames / encoding.rate,
            expected_tags(content.album, content.title),
            stretches_of(content.marks, encoding.rate),
            has_ends=False,
        )


WRITER = Writer(
    name="flac",
    suffix=".flac",
    is_lossless=True,
    lead=0,
    check=check,
    encode=encode,
    segment_key=segment_key,
    write=write,
    verify=verify,
)
