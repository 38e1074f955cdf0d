"""The WAV writer."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime.cache import key_of
from audiobook.writers.album import FileTags, chapter_spans, one_line
from audiobook.writers.channels import both_channels, first_channel
from audiobook.writers.contract import Encoded, Writer
from audiobook.writers.id3 import file_tag
from audiobook.writers.verify import complete_titles, find_faults, list_file, raise_first
from audiobook.writers.wav.chunks import HEAD_BYTES, chapter_chunks, chunk, head, tag_chunk

RECIPE = 2  # increase when the same samples give other data

_LISTED_BYTES = 500  # ffmpeg cuts labels off a little after this

RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000)


def check_pcm(encoding: Encoding) -> None:
    """Raises UsageError unless the sample rate and the channels are supported. FLAC uses this check, too."""
    if encoding.channels not in {1, 2}:
        raise UsageError(f"the sound can have 1 or 2 channels, not {encoding.channels}")
    if encoding.sample_rate not in RATES:
        raise UsageError(
            f"the sample rate cannot be {encoding.sample_rate} Hz", hint=f"choose one of {', '.join(map(str, RATES))}"
        )


def segment_key(key: str, encoding: Encoding) -> str:
    """The cache key of a segment. It omits the channels, because segments are cached as mono samples."""
    return key_of("wav", RECIPE, key, encoding.sample_rate)


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """The unchanged samples, with their CRC-32."""
    check_pcm(encoding)
    data = b"".join(pcm)
    samples = len(data) // SAMPLE_BYTES
    return Encoded(data=data, samples=samples, sound=samples, crc=zlib.crc32(data))


def decode(data: bytes, _encoding: Encoding) -> bytes:
    """The unchanged samples."""
    return data


def sound_bytes(samples: int, encoding: Encoding) -> int:
    """The size of a number of samples, in bytes."""
    return samples * encoding.channels * SAMPLE_BYTES


class JoinedWav:
    """A file that is being written: a header of fixed length, the samples, and then chapters and tags."""

    def __init__(self, file: BinaryIO, encoding: Encoding, _tags: FileTags) -> None:
        self._file = file
        self._encoding = encoding
        self._sound_bytes = 0
        file.write(bytes(HEAD_BYTES))

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next samples. Raises DeliveryError if their number differs from the segment's."""
        if len(data) != segment.samples * SAMPLE_BYTES:
            raise DeliveryError(f"a segment has {len(data)} bytes instead of {segment.samples * SAMPLE_BYTES}")
        self._file.write(data if self._encoding.channels == 1 else both_channels(data))
        self._sound_bytes += len(data) * self._encoding.channels

    def finish(self, tags: FileTags) -> None:
        """Write chapters and tags after the samples, and the header, which states all sizes."""
        encoding = self._encoding
        # No chapters in the ID3 tag: ffmpeg would list them in addition to the cue points.
        id3 = chunk(b"id3 ", file_tag(replace(tags, marks=()), encoding.sample_rate))
        tail = chapter_chunks(tags.marks, encoding.sample_rate) + tag_chunk(tags) + id3
        self._file.write(tail)
        self._file.seek(0)
        self._file.write(head(encoding.channels, encoding.sample_rate, self._sound_bytes, len(tail)))


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg lists these tags and this length, and the samples equal the segments'."""
    samples = sum(part.samples for part in segments)
    listed = list_file(path, "wav")
    spans = chapter_spans(tags.marks, encoding.sample_rate)
    chapters = list(complete_titles(listed.chapters, spans, _LISTED_BYTES))
    # ffmpeg 4.2 does not read cue points, and reads tags only from `LIST INFO`, which has no narrator.
    expected = tags if chapters else replace(tags, marks=())
    found = replace(listed, tags={"composer": one_line(tags.narrators), **listed.tags}, chapters=chapters)
    raise_first(find_faults(found, expected, samples, encoding.sample_rate), path)
    raise_first(_find_damage(path, segments, encoding), path)


def _find_damage(path: Path, segments: Sequence[EncodedSegment], encoding: Encoding) -> Iterator[str]:
    with path.open("rb") as file:
        file.seek(HEAD_BYTES)
        for number, segment in enumerate(segments, 1):
            data = file.read(sound_bytes(segment.samples, encoding))
            if zlib.crc32(data if encoding.channels == 1 else first_channel(data)) != segment.crc:
                yield f"segment {number} has other samples"


WRITER = Writer(
    name="wav",
    is_lossless=True,
    check=check_pcm,
    segment_key=segment_key,
    encode=encode,
    decode=decode,
    join=JoinedWav,
    verify=verify,
    sound_bytes=sound_bytes,
)
