"""The M4B writer."""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.writers.album import ChapterSpan, FileTags, chapter_spans
from audiobook.writers.contract import Writer
from audiobook.writers.m4b.boxes import file_type, movie, sound_track, text_sample, title_track
from audiobook.writers.m4b.encoding import (
    ADTS_HEADER,
    FRAME,
    LEAD,
    bare_frames,
    check,
    decode,
    encode,
    frame_sizes,
    segment_key,
)
from audiobook.writers.m4b.tags import user_data
from audiobook.writers.verify import chapter_faults, expected_tags, list_file, matches_duration, raise_first, tag_faults

_DATA_HEADER = 16  # bytes of the header of the sound, with a 64-bit size
_PIECE = 8 << 20  # bytes that are moved or read at a time
_LISTED_BYTES = 1_000  # ffmpeg cuts titles off at 1,024 bytes


class JoinedM4b:
    """A file that is being written: the sound, and at the end the index, for which the sound is moved back.

    The index stands before the sound, so that a player on the network can start at once.
    """

    def __init__(self, file: BinaryIO, encoding: Encoding, _tags: FileTags) -> None:
        self._file = file
        self._encoding = encoding
        self._sizes: list[int] = []  # of the frames, in bytes
        self._head = file_type()
        file.write(self._head + bytes(_DATA_HEADER))

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the frames of the next segment. Raises DeliveryError if they are damaged."""
        sizes = frame_sizes(data)
        if len(sizes) * FRAME != segment.samples:
            raise DeliveryError(f"a segment has {len(sizes)} frames instead of {segment.samples // FRAME}")
        self._file.write(b"".join(bare_frames(data, sizes)))
        self._sizes += [size - ADTS_HEADER for size in sizes]

    def finish(self, tags: FileTags) -> None:
        """Write the titles of the chapters behind the sound, and the index before it."""
        titles = [text_sample(span.title) for span in chapter_spans(tags.marks, self._encoding.sample_rate)]
        self._file.write(b"".join(titles))
        index = self._index(tags, [len(title) for title in titles], 0)
        # Positions are 32 or 64 bits wide, which depends on the length of the index.
        index = self._index(tags, [len(title) for title in titles], len(index))
        index = self._index(tags, [len(title) for title in titles], len(index))
        _make_room(self._file, len(self._head), len(index))
        content = sum(self._sizes) + sum(map(len, titles))
        self._file.seek(len(self._head))
        self._file.write(index + (1).to_bytes(4, "big") + b"mdat" + (_DATA_HEADER + content).to_bytes(8, "big"))

    def _index(self, tags: FileTags, title_sizes: Sequence[int], moved: int) -> bytes:
        """The index of a file whose sound is moved back by this number of bytes."""
        sample_rate, channels = self._encoding.sample_rate, self._encoding.channels
        start = len(self._head) + _DATA_HEADER + moved
        sound = sound_track(self._sizes, start)
        lengths = [mark.end - mark.start for mark in tags.marks]
        chapters = title_track(lengths, title_sizes, start + sum(self._sizes)) if lengths else None
        heard = max(0, sound.length - LEAD)
        bitrate = sum(self._sizes) * 8 * sample_rate // max(1, sound.length)
        extra = user_data(tags, chapter_spans(tags.marks, sample_rate), heard)
        return movie(sound, chapters, sample_rate=sample_rate, channels=channels, bitrate=bitrate, extra=extra)


def _make_room(file: BinaryIO, start: int, room: int) -> None:
    """Move everything from byte `start` to the end of the file back by `room` bytes."""
    at = file.seek(0, 2)
    while at > start:
        size = min(_PIECE, at - start)
        at -= size
        file.seek(at)
        piece = file.read(size)
        file.seek(at + room)
        file.write(piece)


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg finds these tags, chapters and frames in the file."""
    samples = sum(part.samples for part in segments)
    listed = list_file(path, "mov")
    spans = chapter_spans(tags.marks, encoding.sample_rate)
    raise_first(_faults(listed.seconds, (samples - LEAD) / encoding.sample_rate), path)
    raise_first(tag_faults(listed.tags, expected_tags(tags)), path)
    raise_first(chapter_faults(_whole_titles(listed.chapters, spans), spans), path)
    raise_first(_find_damage(path, segments), path)


def _faults(seconds: float | None, expected: float) -> Iterator[str]:
    if seconds is None:
        yield "it has no duration"
    elif not matches_duration(seconds, expected):
        yield f"it lasts {seconds:.2f} s instead of {expected:.2f} s"


def _whole_titles(chapters: Sequence[Mapping[str, str]], spans: Sequence[ChapterSpan]) -> list[Mapping[str, str]]:
    """The listed chapters with the titles completed that ffmpeg cuts off."""
    whole = list[Mapping[str, str]]()
    for chapter, span in zip_longest(chapters, spans[: len(chapters)]):
        title = chapter.get("title", "")
        is_cut = len(title.encode()) >= _LISTED_BYTES and span is not None and span.title.startswith(title)
        whole.append({**chapter, "title": span.title} if is_cut else chapter)
    return whole


def _find_damage(path: Path, segments: Sequence[EncodedSegment]) -> Iterator[str]:
    """Differences between the frames that ffmpeg finds through the index and those of the segments."""
    source: list[ffmpeg.Argument] = ["-ignore_editlist", "1", "-f", "mov", "-i", path, "-map", "0:a"]
    frames = _frames_of(ffmpeg.stream([*source, "-c", "copy", "-f", "adts", "pipe:1"], _PIECE))
    nothing = memoryview(b"")
    for number, segment in enumerate(segments, 1):
        crc = 0
        for _ in range(segment.samples // FRAME):
            crc = zlib.crc32(next(frames, nothing), crc)
        if crc != segment.crc:
            yield f"segment {number} has other frames"
            return
    if next(frames, None) is not None:
        yield "there is more sound in it"


def _frames_of(pieces: Iterator[bytes]) -> Iterator[memoryview]:
    """The frames of an ADTS stream that comes in pieces."""
    held = b""
    for piece in pieces:
        data = held + piece
        whole = _whole_frames(data)
        yield from bare_frames(data, frame_sizes(data[:whole]))
        held = data[whole:]
    if held:
        raise DeliveryError("the AAC frames end in the middle of one")


def _whole_frames(data: bytes) -> int:
    """How many bytes of an ADTS stream are whole frames."""
    at = 0
    while at + ADTS_HEADER <= len(data):
        size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if size < ADTS_HEADER or at + size > len(data):
            break
        at += size
    return at


WRITER = Writer(
    name="m4b",
    is_lossless=False,
    lead=LEAD,
    most_added=LEAD + FRAME,
    check=check,
    segment_key=segment_key,
    encode=encode,
    decode=decode,
    join=JoinedM4b,
    verify=verify,
)
