"""The M4B writer."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.writers.album import FileTags, chapter_spans
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
    join_frames,
    segment_key,
)
from audiobook.writers.m4b.tags import user_data
from audiobook.writers.verify import complete_titles, find_changed_segments, find_faults, list_file, raise_first

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
        sizes, index, moved = [len(title) for title in titles], b"", -1
        while len(index) != moved:  # positions take 32 or 64 bits, which may depend on the length of the index
            moved = len(index)
            index = self._index(tags, sizes, moved)
        _make_room(self._file, len(self._head), len(index))
        content = sum(self._sizes) + sum(sizes)
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
    samples = sum(part.samples for part in segments) - LEAD
    listed = list_file(path, "mov")
    spans = chapter_spans(tags.marks, encoding.sample_rate)
    found = replace(listed, chapters=list(complete_titles(listed.chapters, spans, _LISTED_BYTES)))
    raise_first(find_faults(found, tags, samples, encoding.sample_rate, has_ends=True), path)
    source: list[ffmpeg.Argument] = ["-ignore_editlist", "1", "-f", "mov", "-i", path, "-map", "0:a"]
    frames = join_frames(ffmpeg.stream([*source, "-c", "copy", "-f", "adts", "pipe:1"], _PIECE))
    raise_first(find_changed_segments(segments, frames, FRAME, "frames"), path)


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
