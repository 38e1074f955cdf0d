"""The MP3 writer."""

from typing import BinaryIO

from audiobook.model.clip import EncodedSegment
from audiobook.model.request import Encoding
from audiobook.writers.album import FileTags
from audiobook.writers.contract import Writer
from audiobook.writers.id3 import file_tag
from audiobook.writers.lossy import decode_with_ffmpeg
from audiobook.writers.mp3.encoding import encode, encoded_segment_key
from audiobook.writers.mp3.frames import LEAD, layout
from audiobook.writers.mp3.joining import Stream
from audiobook.writers.mp3.verify import verify

_LONGEST_FRAME = 1152  # samples


class JoinedMp3:
    """A file that is being written: ID3 tag, header frame, and the MP3 frames of all segments."""

    def __init__(self, file: BinaryIO, encoding: Encoding, tags: FileTags) -> None:
        self._file = file
        self._encoding = encoding
        self._form = layout(encoding)
        self._samples = 0
        self._room = len(file_tag(tags, encoding.sample_rate))
        file.write(bytes(self._room))
        self._stream = Stream(file, self._form)

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next segment."""
        self._stream.add(data, segment.crc)
        self._samples += segment.samples

    def finish(self, tags: FileTags) -> None:
        """Write the tag and the header frame."""
        tag = file_tag(tags, self._encoding.sample_rate)
        if len(tag) != self._room:
            raise ValueError("the tag does not fit into the reserved space")
        self._stream.finish(self._samples // self._form.samples)
        self._file.seek(0)
        self._file.write(tag)


def decode(data: bytes, encoding: Encoding) -> bytes:
    """Decode MP3 frames to mono samples. Raises DeliveryError."""
    return decode_with_ffmpeg(data, encoding, "mp3")


WRITER = Writer(
    name="mp3",
    is_lossless=False,
    lead=LEAD,
    most_added=LEAD + _LONGEST_FRAME,
    check=layout,
    segment_key=encoded_segment_key,
    encode=encode,
    decode=decode,
    join=JoinedMp3,
    verify=verify,
)
