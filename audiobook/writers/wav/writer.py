"""The WAV writer: 16-bit PCM; chapters as `cue ` and `labl`; tags as `LIST INFO` and an ID3 chunk; RF64 above 4 GB.

Sources: Microsoft's "Multimedia Programming Interface and Data Specifications 1.0", EBU Tech 3306 (RF64).
"""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from audiobook.errors import UsageError
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime.cache import key_of
from audiobook.runtime.files import flush_in_background
from audiobook.writers.album import book_tag, chapter_tag, stretches_of
from audiobook.writers.contract import Content, Load, Writer
from audiobook.writers.encoded import Encoded
from audiobook.writers.mp3.encoding import both_ears
from audiobook.writers.mp3.id3 import one_line
from audiobook.writers.verify import expected_tags, verify_listing

RECIPE = 1  # count up whenever other bytes are made of the same samples

_LIMIT = 0xFFFFFFFF  # bytes that a RIFF size can state
_DS64 = struct.Struct("<QQQI")  # sizes of the file, of the data, number of samples, no table


def check(encoding: Encoding) -> None:
    """Raises UsageError where a WAV file cannot have these channels or this rate."""
    if encoding.channels not in (1, 2) or not 0 < encoding.rate <= 768_000:
        raise UsageError(
            f"a WAV file here has 1 or 2 channels at up to 768,000 Hz, not {encoding.channels} at {encoding.rate} Hz"
        )


def segment_key(rendered: str, encoding: Encoding) -> str:
    """A hash of all that shapes a segment's bytes."""
    return key_of(RECIPE, "wav", rendered, encoding.rate, encoding.channels)


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """The samples themselves, twice each in stereo."""
    mono = b"".join(pcm)
    samples = len(mono) // SAMPLE_BYTES
    return Encoded(data=mono if encoding.channels == 1 else both_ears(mono), frames=samples, sound=samples)


def write(path: Path, content: Content, encoding: Encoding, load: Load) -> None:
    """Write one WAV file: the sound, then cue points, labels and tags."""
    block = SAMPLE_BYTES * encoding.channels
    size = content.frames * block
    trailer = b"".join(_chunk(name, body) for name, body in _trailing_chunks(content, encoding))
    with path.open("xb") as file:
        file.write(head(size, len(trailer), encoding))
        for segment in content.segments:
            file.write(load(segment))
        file.write(bytes(size & 1) + trailer)


def head(size: int, after: int, encoding: Encoding) -> bytes:
    """All before the samples: `size` bytes of them, and `after` bytes behind. RF64 where RIFF cannot state the size."""
    block = SAMPLE_BYTES * encoding.channels
    form = struct.pack("<HHIIHH", 1, encoding.channels, encoding.rate, encoding.rate * block, block, 8 * SAMPLE_BYTES)
    total = 4 + 8 + _DS64.size + 8 + len(form) + 8 + size + (size & 1) + after
    if total <= _LIMIT:
        sizes = _chunk(b"JUNK", bytes(_DS64.size))  # the place of the large sizes
        return b"RIFF" + struct.pack("<I", total) + b"WAVE" + sizes + _chunk(b"fmt ", form) + _head(b"data", size)
    sizes = _chunk(b"ds64", _DS64.pack(total, size, size // block, 0))
    return b"RF64" + struct.pack("<I", _LIMIT) + b"WAVE" + sizes + _chunk(b"fmt ", form) + _head(b"data", _LIMIT)


def _trailing_chunks(content: Content, encoding: Encoding) -> Iterator[tuple[bytes, bytes]]:
    stretches = stretches_of(content.marks, encoding.rate)
    points = [(number, mark.start) for number, mark in enumerate(content.marks, 1)]
    if points:
        cues = b"".join(struct.pack("<II4sIII", n, start, b"data", 0, 0, start) for n, start in points)
        yield b"cue ", struct.pack("<I", len(points)) + cues
        labels = (
            _chunk(b"labl", struct.pack("<I", n) + stretch.title.encode() + b"\0")
            for n, stretch in enumerate(stretches, 1)
        )
        yield b"LIST", b"adtl" + b"".join(labels)
    tags = expected_tags(content.album, content.title)
    info = {b"INAM": tags["title"], b"IPRD": tags["album"], b"IART": tags["artist"], b"IGNR": content.album.genre}
    info |= {b"ICMT": content.album.comment, b"ICRD": content.album.year}
    yield (
        b"LIST",
        b"INFO" + b"".join(_chunk(name, one_line(text).encode() + b"\0") for name, text in info.items() if text),
    )
    if content.piece is None:
        yield b"id3 ", book_tag(content.album, (), encoding.rate)  # chapters are cue points: twice would be too many
    else:
        yield b"id3 ", chapter_tag(content.album, content.piece)


def _chunk(name: bytes, body: bytes) -> bytes:
    return _head(name, len(body)) + body + bytes(len(body) & 1)


def _head(name: bytes, size: int) -> bytes:
    return name + struct.pack("<I", size)


def verify(path: Path, content: Content, encoding: Encoding) -> None:
    """Read one WAV file back; meanwhile it is flushed to its disk."""
    with flush_in_background(path):
        verify_listing(
            path,
            content.frames / encoding.rate,
            expected_tags(content.album, content.title),
            stretches_of(content.marks, encoding.rate),
            has_ends=False,
        )


WRITER = Writer(
    name="wav",
    suffix=".wav",
    is_lossless=True,
    lead=0,
    check=check,
    encode=encode,
    segment_key=segment_key,
    write=write,
    verify=verify,
)
