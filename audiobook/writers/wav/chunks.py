"""Write the RIFF chunks of a WAV file: header, chapters and tags.

RIFF and WAVE: Microsoft/IBM, "Multimedia Programming Interface and Data Specifications 1.0" (1991). RF64, for files
above 4 GB: EBU Tech 3306.
"""

import struct
from collections.abc import Iterable, Sequence

from audiobook.model.clip import Mark
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.writers.album import FileTags, chapter_spans, one_line
from audiobook.writers.id3 import iso639

_LARGEST = 0xFFFFFFFF  # the largest 32-bit size or position; as a size it means "see ds64"
_PCM = 1
_DS64_BYTES = 28  # of a `ds64` chunk without a table; a `JUNK` chunk of this size reserves its place
HEAD_BYTES = 12 + (8 + _DS64_BYTES) + (8 + 16) + 8  # everything before the first sample


def head(channels: int, sample_rate: int, sound_bytes: int, tail_bytes: int) -> bytes:
    """Everything before the samples. From 4 GB on, the file is RF64, whose sizes are in the chunk `ds64`."""
    size = HEAD_BYTES - 8 + sound_bytes + tail_bytes
    block = channels * SAMPLE_BYTES
    if size <= _LARGEST:
        kind, stated, sizes = b"RIFF", (size, sound_bytes), chunk(b"JUNK", bytes(_DS64_BYTES))
    else:
        kind, stated = b"RF64", (_LARGEST, _LARGEST)
        sizes = chunk(b"ds64", struct.pack("<QQQI", size, sound_bytes, sound_bytes // block, 0))
    layout = struct.pack("<HHIIHH", _PCM, channels, sample_rate, sample_rate * block, block, 8 * SAMPLE_BYTES)
    start = kind + struct.pack("<I", stated[0]) + b"WAVE"
    return start + sizes + chunk(b"fmt ", layout) + b"data" + struct.pack("<I", stated[1])


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk, padded to an even length."""
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


def chapter_chunks(marks: Sequence[Mark], sample_rate: int) -> bytes:
    """A cue point for each chapter, and its title as a label. Positions have 32 bits: later chapters are left out."""
    titles = [span.title for span in chapter_spans(marks, sample_rate)]
    points = [(number, mark.start) for number, mark in enumerate(marks, 1) if mark.start <= _LARGEST]
    if not points:
        return b""
    cues = b"".join(struct.pack("<II4sIII", number, start, b"data", 0, 0, start) for number, start in points)
    labels = (chunk(b"labl", struct.pack("<I", number) + _text(titles[number - 1])) for number, _ in points)
    return chunk(b"cue ", struct.pack("<I", len(points)) + cues) + _list(b"adtl", labels)


def tag_chunk(tags: FileTags) -> bytes:
    """The tags as a `LIST INFO` chunk, in UTF-8. The chunk `id3 ` repeats them and adds the cover."""
    album = tags.album
    texts = {
        b"INAM": tags.title,
        b"IPRD": album.title,
        b"IART": tags.authors,
        b"IGNR": album.genre,
        b"ICMT": album.comment,
        b"ICRD": album.year,
        b"ILNG": iso639(album.language),
        b"ITRK": "" if tags.piece is None else f"{tags.piece.number}/{tags.piece.total}",
    }
    return _list(b"INFO", (chunk(name, _text(text)) for name, text in texts.items() if one_line(text)))


def _list(kind: bytes, chunks: Iterable[bytes]) -> bytes:
    return chunk(b"LIST", kind + b"".join(chunks))


def _text(text: str) -> bytes:
    return one_line(text).encode() + b"\0"
