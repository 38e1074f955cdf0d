"""The FLAC writer."""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import key_of
from audiobook.writers.album import FileTags
from audiobook.writers.channels import both_channels
from audiobook.writers.contract import Encoded, Writer
from audiobook.writers.flac.frames import find_frames, move_frames, read_form
from audiobook.writers.flac.metadata import (
    HEAD_BYTES,
    MD5_AT,
    StreamInfo,
    sound_start,
    tag_blocks,
)
from audiobook.writers.verify import find_faults, list_file, raise_first
from audiobook.writers.vorbis_comments import MOST_CHAPTERS
from audiobook.writers.wav.writer import check_pcm

RECIPE = 2  # increase when the same samples give other data
EFFORT = 5  # of ffmpeg's encoder, 0 to 12: 8 makes a file 1.5 % smaller in twice the time

_BLOCK_SECONDS = 0.1  # a frame has the largest power of two of samples below this
_SHORTEST_BLOCK = 16  # samples; only the last frame of a file may be shorter
_PIECE = 1 << 20  # bytes of sound that are decoded at a time


def segment_key(key: str, encoding: Encoding) -> str:
    """The cache key of a segment. It omits the encoder's version, because every version gives the same sound."""
    return key_of("flac", RECIPE, key, encoding.sample_rate, encoding.channels)


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """Encode samples as a complete FLAC file, with the CRC-32 of the decoded sound."""
    check_pcm(encoding)
    mono = b"".join(pcm)
    sound = mono if encoding.channels == 1 else both_channels(mono)
    samples = len(mono) // SAMPLE_BYTES
    block = _block_size(samples, encoding.sample_rate)
    frames = _encode_frames(sound, block, encoding) if samples else b""
    head = StreamInfo(
        sample_rate=encoding.sample_rate,
        channels=encoding.channels,
        samples=samples,
        shortest_block=block,
        longest_block=block,
        md5=hashlib.md5(sound, usedforsecurity=False).digest(),
    ).head(is_last=True)
    _offsets(head + frames, samples)  # raises if the segment cannot be joined later
    return Encoded(data=head + frames, samples=samples, sound=samples, crc=zlib.crc32(sound))


def decode(data: bytes, _encoding: Encoding) -> bytes:
    """Decode a segment to mono samples. Raises DeliveryError."""
    return ffmpeg.pipe(["-f", "flac", "-i", "pipe:0", "-f", "s16le", "-ac", "1", "pipe:1"], [data])


def _block_size(samples: int, sample_rate: int) -> int:
    """The number of samples in a frame. It is chosen so that the last frame is long enough to be inside a file."""
    block = 1 << int(sample_rate * _BLOCK_SECONDS).bit_length() - 1
    while samples >= _SHORTEST_BLOCK and 0 < samples % block < _SHORTEST_BLOCK:
        block -= 1
    return block


def _encode_frames(sound: bytes, block: int, encoding: Encoding) -> bytes:
    arguments = ["-f", "s16le", "-ac", str(encoding.channels), "-ar", str(encoding.sample_rate), "-i", "pipe:0"]
    arguments += ["-c:a", "flac", "-compression_level", str(EFFORT), "-frame_size", str(block), "-threads", "1"]
    if encoding.channels == 2:
        arguments += ["-ch_mode", "left_side"]  # the channels are equal; every frame has the same header then
    data = ffmpeg.pipe([*arguments, "-map_metadata", "-1", "-f", "flac", "pipe:1"], [sound])
    try:
        return data[sound_start(data) :]
    except ValueError as error:
        raise DeliveryError(f"the encoder wrote invalid FLAC: {error}") from error


def _offsets(data: bytes, samples: int) -> list[int]:
    """The offsets of the frames of a segment. Raises DeliveryError if they cannot be found."""
    if not samples:
        return [HEAD_BYTES]
    try:
        form = read_form(data, HEAD_BYTES, _block_of(data))
        return find_frames(data, HEAD_BYTES, form, samples)
    except ValueError as error:
        raise DeliveryError(f"the encoder wrote invalid FLAC: {error}") from error


def _block_of(data: bytes) -> int:
    """Samples of each frame of a segment except the last, from its header."""
    return int.from_bytes(data[8:10], "big")


class JoinedFlac:
    """A file that is being written: header, tags in a reserved space, and the renumbered frames of all segments."""

    def __init__(self, file: BinaryIO, encoding: Encoding, tags: FileTags) -> None:
        self._file = file
        self._encoding = encoding
        self._samples = 0
        self._blocks: set[int] = set()  # lengths of all frames except the last, in samples
        self._sizes: set[int] = set()  # of all frames, in bytes
        self._last_block = 0
        self._room = len(tag_blocks(tags, encoding))
        file.write(bytes(HEAD_BYTES + self._room))

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next segment. Raises DeliveryError if it is damaged."""
        offsets, samples = _offsets(data, segment.samples), segment.samples
        if not samples:
            return
        form = read_form(data, HEAD_BYTES, _block_of(data))
        frames = move_frames(data, offsets, form, samples, self._samples)
        self._file.write(b"".join(frames))
        self._samples += samples
        self._sizes.update(map(len, frames))
        blocks = [form.block] * (len(frames) > 1) + [samples - (len(frames) - 1) * form.block]
        self._blocks.update(filter(None, (self._last_block, *blocks[:-1])))
        self._last_block = blocks[-1]

    def finish(self, tags: FileTags) -> None:
        """Write the header and the tags."""
        blocks = tag_blocks(tags, self._encoding)
        if len(blocks) != self._room:
            raise ValueError("the tags do not fit into the reserved space")
        lengths = self._blocks or {max(self._last_block, _SHORTEST_BLOCK)}
        head = StreamInfo(
            sample_rate=self._encoding.sample_rate,
            channels=self._encoding.channels,
            samples=self._samples,
            shortest_block=min(lengths),
            longest_block=max(*lengths, self._last_block),
            smallest_frame=min(self._sizes, default=0),
            largest_frame=max(self._sizes, default=0),
        ).head(is_last=False)
        self._file.seek(0)
        self._file.write(head + blocks)


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg lists these tags and decodes exactly the samples of the segments.

    The MD5 of the decoded samples is then written to the header of the file.
    """
    samples = sum(part.samples for part in segments)
    raise_first(find_faults(list_file(path, "flac"), tags, samples, encoding.sample_rate), path)
    md5 = hashlib.md5(usedforsecurity=False)
    pieces = ffmpeg.stream(["-f", "flac", "-i", path, "-f", "s16le", "pipe:1"], _PIECE)
    raise_first(_find_damage(pieces, segments, encoding.channels * SAMPLE_BYTES, md5.update), path)
    with path.open("r+b") as file:
        file.seek(MD5_AT)
        file.write(md5.digest())


def _find_damage(
    pieces: Iterator[bytes], segments: Sequence[EncodedSegment], sample_bytes: int, note: Callable[[memoryview], None]
) -> Iterator[str]:
    """Differences between the decoded sound and the segments. All decoded sound is passed to `note`."""
    views, nothing = (memoryview(piece) for piece in pieces), memoryview(b"")
    held = nothing
    for number, segment in enumerate(segments, 1):
        left, crc = segment.samples * sample_bytes, 0
        while left and (held or (held := next(views, nothing))):
            part, held = held[:left], held[left:]
            crc = zlib.crc32(part, crc)
            note(part)
            left -= len(part)
        if left or crc != segment.crc:
            yield f"segment {number} has other samples"
    if held or next(views, nothing):
        yield "there is more sound in it"


WRITER = Writer(
    name="flac",
    is_lossless=True,
    most_chapters=MOST_CHAPTERS,
    check=check_pcm,
    segment_key=segment_key,
    encode=encode,
    decode=decode,
    join=JoinedFlac,
    verify=verify,
)
