"""The Opus writer."""

import base64
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import SAMPLE_BYTES
from audiobook.model.request import Encoding
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import key_of
from audiobook.writers.album import FileTags
from audiobook.writers.contract import Encoded, Writer
from audiobook.writers.flac.metadata import picture
from audiobook.writers.lossy import count_frames, decode_with_ffmpeg, encode_with_ffmpeg
from audiobook.writers.opus.pages import BEGINS, ENDS, lacing_of, packet_pages, page, read_packets
from audiobook.writers.verify import find_changed_segments, find_faults, list_file, raise_first
from audiobook.writers.vorbis_comments import MOST_CHAPTERS, vorbis_comments

RECIPE = 1  # increase when the same samples give other packets

# On espeak-ng's speech, the highest complexity keeps the asked bit rate, and noise 1 dB lower than complexity 5 does.
_CODER = ("-compression_level", "10", "-application", "audio", "-frame_duration", "20", "-vbr", "on")
_RATE = 24_000  # Hz; half of the clock, so the lead is a whole number. Decoders give 48 kHz, whatever was encoded
_CLOCK = 48_000  # Hz, of all positions in a stream
_PACKETS_A_SECOND = 50
_STEP = _RATE // _PACKETS_A_SECOND  # samples of a packet
_SKIP = 312  # samples at 48 kHz that the encoder looks ahead; players skip them at the start of the file
_LEAD = _SKIP * _RATE // _CLOCK  # samples before the sound of a segment
_BITRATES = (6, 256)  # kbit/s per channel
_PAGE_PACKETS = 50  # a second, so that players seek to the second
_MOST_LACING = 255
_HEADERS = 2  # packets before the sound
_PIECE = 1 << 20


def check(encoding: Encoding) -> None:
    """Raises UsageError unless Opus has the sample rate, the channels and the bit rate."""
    if encoding.channels not in {1, 2}:
        raise UsageError(f"the sound can have 1 or 2 channels, not {encoding.channels}")
    if encoding.sample_rate != _RATE:
        raise UsageError(
            f"Opus is not written at {encoding.sample_rate} Hz", hint=f"leave the rate out: it is {_RATE} Hz"
        )
    least, most = _BITRATES[0] * encoding.channels, _BITRATES[1] * encoding.channels
    if not least <= encoding.bitrate <= most:
        raise UsageError(
            f"Opus has no bit rate of {encoding.bitrate} kbit/s", hint=f"choose one from {least} to {most}"
        )


def segment_key(key: str, encoding: Encoding) -> str:
    """The cache key of an encoded segment: a hash of its samples, encoding, recipe and encoder."""
    return key_of("opus", RECIPE, key, encoding.bitrate, encoding.sample_rate, encoding.channels, ffmpeg.fingerprint())


def encode(pcm: Iterable[bytes], encoding: Encoding) -> Encoded:
    """Encode samples as an Ogg stream; packets that only hold the silence after the sound are dropped.

    The checksum is that of `_checksum`. Raises UsageError, DeliveryError, and whatever the iterable raises.
    """
    check(encoding)
    sound = b"".join(pcm)
    wanted = count_frames(sound, lead=_LEAD, frame=_STEP)
    form = ("-c:a", "libopus", "-b:a", f"{encoding.bitrate}k", *_CODER, "-threads", "1", "-map_metadata", "-1")
    padding = bytes(2 * _STEP * SAMPLE_BYTES)  # the encoder may end with the last sample that is heard
    data = encode_with_ffmpeg([sound, padding], encoding, [*form, "-f", "opus"])
    packets = _packets(data)
    if len(packets) < wanted:
        raise DeliveryError(f"the encoder wrote {len(packets)} Opus packets instead of {wanted}")
    packets = packets[:wanted]
    return Encoded(
        data=_stream(packets, encoding),
        samples=wanted * _STEP,
        sound=len(sound) // SAMPLE_BYTES,
        crc=_checksum(packets),
    )


def decode(data: bytes, encoding: Encoding) -> bytes:
    """Decode a segment to mono samples, with its lead. Raises DeliveryError."""
    return decode_with_ffmpeg(data, encoding, "ogg")


def _packets(data: bytes) -> list[bytes]:
    """The packets of the sound. Raises DeliveryError if the stream is damaged."""
    try:
        return list(read_packets(data))[_HEADERS:]
    except ValueError as error:
        raise DeliveryError(f"the Opus packets are damaged: {error}") from error


def _checksum(packets: Iterable[bytes]) -> int:
    """The CRC-32 of the packets' sizes and Adler sums, which ffmpeg lists of a file (`-f framecrc`)."""
    crc = 0
    for packet in packets:
        crc = zlib.crc32(struct.pack("<II", len(packet), zlib.adler32(packet, 0)), crc)
    return crc


def _head(encoding: Encoding, skip: int) -> bytes:
    return struct.pack("<8sBBHIhB", b"OpusHead", 1, encoding.channels, skip, encoding.sample_rate, 0, 0)


def _stream(packets: Sequence[bytes], encoding: Encoding) -> bytes:
    """A complete stream of these packets, which plays them all."""
    pages = [page(lacing_of(19), _head(encoding, 0), number=0, position=0, flags=BEGINS)]
    pages += packet_pages(b"OpusTags" + struct.pack("<II", 0, 0), 1)
    writer = _Pages(len(pages))
    pages += [whole for packet in packets for whole in writer.add(packet)]
    return b"".join((*pages, writer.finish()))


class _Pages:
    """Collects packets into pages of a second. The last page is held back, because it is marked."""

    def __init__(self, number: int) -> None:
        self._number = number  # of the next page
        self._position = 0  # samples at 48 kHz up to the end of the packets
        self._lacing = bytearray()
        self._body: list[bytes] = []

    def add(self, packet: bytes) -> Iterator[bytes]:
        """Add a packet; gives a page if one is complete."""
        lacing = lacing_of(len(packet))
        if len(self._body) == _PAGE_PACKETS or len(self._lacing) + len(lacing) > _MOST_LACING:
            yield self._page(0)
        self._lacing += lacing
        self._body.append(packet)
        self._position += _CLOCK // _PACKETS_A_SECOND

    def finish(self) -> bytes:
        """The last page."""
        return self._page(ENDS)

    def _page(self, flags: int) -> bytes:
        made = page(
            bytes(self._lacing), b"".join(self._body), number=self._number, position=self._position, flags=flags
        )
        self._number += 1
        self._lacing.clear()
        self._body.clear()
        return made


class JoinedOpus:
    """A file that is being written: header, comments in a reserved space, and the packets of all segments."""

    def __init__(self, file: BinaryIO, encoding: Encoding, tags: FileTags) -> None:
        self._file = file
        self._encoding = encoding
        head = self._headers(tags)
        self._room = len(b"".join(head))
        self._pages = _Pages(len(head))
        file.write(bytes(self._room))

    def add(self, data: bytes, segment: EncodedSegment) -> None:
        """Write the next segment. Raises DeliveryError if it is damaged."""
        packets = _packets(data)
        expected = segment.samples // _STEP
        if len(packets) != expected:
            raise DeliveryError(f"a segment has {len(packets)} packets instead of {expected}")
        for packet in packets:
            for whole in self._pages.add(packet):
                self._file.write(whole)

    def finish(self, tags: FileTags) -> None:
        """Write the last page, and the headers."""
        self._file.write(self._pages.finish())
        head = b"".join(self._headers(tags))
        if len(head) != self._room:
            raise ValueError("the tags do not fit into the reserved space")
        self._file.seek(0)
        self._file.write(head)

    def _headers(self, tags: FileTags) -> list[bytes]:
        skip = _head(self._encoding, _SKIP)
        first = page(lacing_of(len(skip)), skip, number=0, position=0, flags=BEGINS)
        cover = tags.album.cover
        more = [] if cover is None else [b"METADATA_BLOCK_PICTURE=" + base64.b64encode(picture(cover))]
        return [first, *packet_pages(b"OpusTags" + vorbis_comments(tags, self._encoding.sample_rate, more), 1)]


def verify(path: Path, tags: FileTags, segments: Sequence[EncodedSegment], encoding: Encoding) -> None:
    """Raises DeliveryError unless ffmpeg finds these tags, chapters and packets in the file."""
    samples = sum(part.samples for part in segments) - _LEAD
    raise_first(find_faults(list_file(path, "ogg", tags_in="0:s:0"), tags, samples, encoding.sample_rate), path)
    source: list[ffmpeg.Argument] = ["-f", "ogg", "-i", path, "-map", "0:a"]
    sums = _sums_of(ffmpeg.stream([*source, "-c", "copy", "-f", "framecrc", "-"], _PIECE))
    raise_first(find_changed_segments(segments, sums, _STEP, "packets"), path)


def _sums_of(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Size and Adler sum of each packet, from ffmpeg's list: stream, two times, duration, size, sum."""
    held = b""
    for piece in pieces:
        *lines, held = (held + piece).split(b"\n")
        for line in lines:
            if line and not line.startswith(b"#"):
                size, adler = line.split(b",")[4:6]
                yield struct.pack("<II", int(size), int(adler, 16))


WRITER = Writer(
    name="opus",
    is_lossless=False,
    default_sample_rate=_RATE,
    default_bitrate=32,
    lead=_LEAD,
    most_added=_LEAD + _STEP,
    most_chapters=MOST_CHAPTERS,
    check=check,
    segment_key=segment_key,
    encode=encode,
    decode=decode,
    join=JoinedOpus,
    verify=verify,
)
