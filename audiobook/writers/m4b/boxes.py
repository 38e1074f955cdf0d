"""The boxes of an MP4 file: its index (`moov`) with one sound track, and a text track of chapter titles.

ISO 14496-12 describes the boxes, ISO 14496-14 `esds`, Apple's QuickTime File Format the chapter track and the tags.
All times are in samples: movie and tracks have the sample rate as their time scale.
"""

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from audiobook.writers.m4b.encoding import FRAME, LEAD, RATES

FRAMES_PER_CHUNK = 32  # about a second
_MOST_32 = 0xFFFF_FFFF
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000)
_ENABLED, _IN_MOVIE = 1, 2
_SOUND_TRACK, _TEXT_TRACK = 1, 2
_LC = 2  # audio object type of AAC-LC
_UTF8 = struct.pack(">I4sI", 12, b"encd", 0x100)  # behind a text sample: its text is UTF-8
_LONGEST_TEXT = 60_000  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What the index says about a track."""

    durations: Sequence[tuple[int, int]]  # count and duration in samples of consecutive entries
    sizes: Sequence[int]  # of the entries, in bytes
    chunks: Sequence[int]  # positions in the file
    per_chunk: int  # entries in a chunk; the last may have fewer

    @property
    def length(self) -> int:
        """In samples."""
        return sum(count * duration for count, duration in self.durations)


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box with this content."""
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """A box with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def file_type() -> bytes:
    """The first box of the file."""
    return box(b"ftyp", struct.pack(">4sI4s4s4s4s", b"M4B ", 0x200, b"M4B ", b"M4A ", b"mp42", b"isom"))


def movie(
    sound: Track, chapters: Track | None, *, sample_rate: int, channels: int, bitrate: int, extra: bytes
) -> bytes:
    """The index. `extra` are the boxes of the tags; `bitrate` is in bit/s; `chapters` is the track of titles."""
    heard = max(0, sound.length - LEAD)
    tracks = [_sound_track(sound, heard, sample_rate, channels, bitrate, has_chapters=chapters is not None)]
    if chapters is not None:
        tracks.append(_text_track(chapters, sample_rate))
    return box(b"moov", _movie_header(heard, sample_rate), *tracks, extra)


def text_sample(title: str) -> bytes:
    """The title of a chapter as the text track stores it."""
    text = title.encode("utf-8", "replace")[:_LONGEST_TEXT].decode("utf-8", "ignore").encode()
    return struct.pack(">H", len(text)) + text + _UTF8


def _movie_header(duration: int, sample_rate: int) -> bytes:
    # Version 1 has 64-bit times: creation, modification, time scale, duration.
    times = struct.pack(">QQIQ", 0, 0, sample_rate, duration)
    rest = struct.pack(">IHHII", 0x10000, 0x100, 0, 0, 0)  # speed 1, full volume
    return full_box(b"mvhd", 1, 0, times, rest, _MATRIX, bytes(24), struct.pack(">I", _TEXT_TRACK + 1))


def _track_header(track: int, duration: int, flags: int, volume: int) -> bytes:
    times = struct.pack(">QQIIQ", 0, 0, track, 0, duration)
    place = struct.pack(">QHHHH", 0, 0, 1, volume, 0)  # reserved, layer, alternate group, volume
    return full_box(b"tkhd", 1, flags, times, place, _MATRIX, struct.pack(">II", 0, 0))


def _media(kind: bytes, name: bytes, duration: int, sample_rate: int, header: bytes, table: bytes) -> bytes:
    times = full_box(b"mdhd", 1, 0, struct.pack(">QQIQHH", 0, 0, sample_rate, duration, _UNDETERMINED, 0))
    handler = full_box(b"hdlr", 0, 0, struct.pack(">I4s12x", 0, kind), name + b"\0")
    here = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1))
    return box(b"mdia", times, handler, box(b"minf", header, box(b"dinf", here), table))


_UNDETERMINED = (ord("u") - 0x60) << 10 | (ord("n") - 0x60) << 5 | (ord("d") - 0x60)  # a language in 3 × 5 bits


def _sound_track(
    track: Track, heard: int, sample_rate: int, channels: int, bitrate: int, *, has_chapters: bool
) -> bytes:
    # The edit list starts the track after the encoder's delay.
    edits = full_box(b"elst", 1, 0, struct.pack(">IQqHH", 1, heard, LEAD, 1, 0))
    # The delay is silence after which any frame can be decoded: one frame is enough ("roll").
    entry = _sound_entry(sample_rate, channels, bitrate)
    header = full_box(b"smhd", 0, 0, bytes(4))
    media = _media(b"soun", b"SoundHandler", track.length, sample_rate, header, _sample_table(track, entry))
    chapters = box(b"tref", box(b"chap", struct.pack(">I", _TEXT_TRACK))) if has_chapters else b""
    head = _track_header(_SOUND_TRACK, heard, _ENABLED | _IN_MOVIE, 0x100)
    return box(b"trak", head, box(b"edts", edits), chapters, media)


def _sound_entry(sample_rate: int, channels: int, bitrate: int) -> bytes:
    config = struct.pack(">H", _LC << 11 | RATES.index(sample_rate) << 7 | channels << 3)
    specific = _descriptor(5, config)
    decoder = _descriptor(4, struct.pack(">BBBHII", 0x40, 0x15, 0, 0, bitrate, bitrate), specific)
    stream = _descriptor(3, struct.pack(">HB", 0, 0), decoder, _descriptor(6, b"\2"))
    # The entry has the rate as a 16.16 number; 0 where it does not fit, because `esds` has it anyway.
    fixed = sample_rate << 16 if sample_rate < 1 << 16 else 0
    fields = struct.pack(">6xHHHIHHHHI", 1, 0, 0, 0, channels, 16, 0, 0, fixed)
    return box(b"mp4a", fields, full_box(b"esds", 0, 0, stream))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">BBBBB", tag, 0x80, 0x80, 0x80, len(content)) + content


def _text_track(track: Track, sample_rate: int) -> bytes:
    fields = struct.pack(">6xH", 1)
    style = struct.pack(">II6x8x8xHH3x6xB", 1, 1, 0, 0, 0)  # flags, justification, colours, box, font, no font name
    header = box(
        b"gmhd",
        full_box(b"gmin", 0, 0, struct.pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0)),
        box(b"text", _MATRIX),
    )
    table = _sample_table(track, box(b"text", fields, style))
    head = _track_header(_TEXT_TRACK, track.length, _IN_MOVIE, 0)
    return box(b"trak", head, _media(b"text", b"Chapters", track.length, sample_rate, header, table))


def _sample_table(track: Track, entry: bytes) -> bytes:
    parts = [
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        _table(b"stts", (struct.pack(">II", *pair) for pair in track.durations), len(track.durations)),
        _chunk_runs(track),
        full_box(b"stsz", 0, 0, struct.pack(f">II{len(track.sizes)}I", 0, len(track.sizes), *track.sizes)),
        _chunk_positions(track.chunks),
    ]
    return box(b"stbl", *parts)


def _chunk_runs(track: Track) -> bytes:
    last = len(track.sizes) % track.per_chunk
    runs = [(1, track.per_chunk, 1)] if len(track.sizes) >= track.per_chunk else []
    if last:
        runs.append((len(track.chunks), last, 1))
    return _table(b"stsc", (struct.pack(">III", *run) for run in runs), len(runs))


def _chunk_positions(positions: Sequence[int]) -> bytes:
    is_wide = bool(positions) and positions[-1] > _MOST_32
    kind, letter = (b"co64", "Q") if is_wide else (b"stco", "I")
    return full_box(kind, 0, 0, struct.pack(f">I{len(positions)}{letter}", len(positions), *positions))


def _table(kind: bytes, rows: Iterable[bytes], count: int) -> bytes:
    return full_box(kind, 0, 0, struct.pack(">I", count), *rows)


def sound_track(sizes: Sequence[int], start: int) -> Track:
    """The track of frames of these sizes, which follow each other from byte `start` of the file."""
    ends = list(accumulate(sizes, initial=start))
    return Track(
        durations=[(len(sizes), FRAME)] if sizes else [],
        sizes=sizes,
        chunks=ends[:-1:FRAMES_PER_CHUNK],
        per_chunk=FRAMES_PER_CHUNK,
    )


def title_track(lengths: Sequence[int], sizes: Sequence[int], start: int) -> Track:
    """The track of chapter titles: how long each applies, in samples, and its size in bytes."""
    return Track(
        durations=[(1, length) for length in lengths],
        sizes=sizes,
        chunks=list(accumulate(sizes, initial=start))[:-1],
        per_chunk=1,
    )
