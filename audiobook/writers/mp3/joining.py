"""Join the MP3 frames of segments into one stream after an `Info` header frame, without encoding again."""

import struct
from typing import BinaryIO

from audiobook.writers.mp3.checksums import combine_crcs, crc16
from audiobook.writers.mp3.frames import DECODER_DELAY, ENCODER_DELAY, Layout, next_larger_frame

_FLAGS = 0b1111  # frames, bytes, table of contents and quality follow
_QUALITY = 50  # 0 to 100, as LAME states it; players at most display it
_ENCODER = b"LAME3.100"  # name of the encoder; players use the delay below only if it is present
_CBR = 1  # revision 0, constant bit rate
_MONO, _STEREO = 0, 1  # in LAME's stereo mode bits
_TAG_BYTES = 36  # of LAME's extension
_XING_BYTES = 120


class Stream:
    """A header frame and the parts of the sound, written at the current position of a file.

    The header frame states the exact length, a seek table, and the samples of delay to skip. The file must be seekable,
    because the header is written last.
    """

    def __init__(self, file: BinaryIO, form: Layout) -> None:
        self._file = file
        self._form = form
        self._start = file.tell()
        self._crc = 0
        self.size = header_bytes(form)  # bytes, so far
        file.write(bytes(self.size))

    def add(self, part: bytes, crc: int) -> None:
        """Write the next part; `crc` is its CRC-16 (see `checksums`)."""
        self._file.write(part)
        self._crc = combine_crcs(self._crc, crc, len(part))
        self.size += len(part)

    def finish(self, frames: int) -> None:
        """Write the header; `frames` is the total number of MP3 frames added."""
        end = self._file.tell()
        self._file.seek(self._start)
        self._file.write(header_frame(self._form, frames, self.size, self._crc))
        self._file.seek(end)


def header_bytes(form: Layout) -> int:
    """The length of the header frame."""
    return len(_silent_frame(form))


def header_frame(form: Layout, frames: int, size: int, music_crc: int) -> bytes:
    """An `Info` frame for `frames` MP3 frames of `size` bytes, this frame included; `crc` is the CRC of their sound.

    The layout is LAME's "MP3 Info Tag rev 1". Players that do not know it decode silence.
    """
    frame = bytearray(_silent_frame(form))
    table = _table_of_contents(len(frame), size)
    at = 4 + form.side_info
    frame[at : at + _XING_BYTES] = struct.pack(">4sIII100sI", b"Info", _FLAGS, frames, size, table, _QUALITY)
    at += _XING_BYTES
    frame[at : at + _TAG_BYTES - 2] = _lame_tag(form, size, music_crc)
    at += _TAG_BYTES - 2
    frame[at : at + 2] = struct.pack(">H", crc16(frame[:at]))
    return bytes(frame)


def _silent_frame(form: Layout) -> bytes:
    """An empty frame large enough for the header: at the bit rate of the segments, or the next sufficient one."""
    header, size = next_larger_frame(form, 4 + form.side_info + _XING_BYTES + _TAG_BYTES)
    return header + bytes(size - len(header))


def _table_of_contents(head: int, size: int) -> bytes:
    """For each hundredth of the duration, the byte position in 256ths of the size."""
    return bytes(min(255, (head + (size - head) * percent // 100) * 256 // size) for percent in range(100))


def _lame_tag(form: Layout, size: int, music_crc: int) -> bytes:
    # The padding is the decoder's delay: a player that uses both plays exactly the sound after the lead.
    delays = (ENCODER_DELAY << 12 | DECODER_DELAY).to_bytes(3, "big")
    misc = (_MONO if form.encoding.channels == 1 else _STEREO) << 2
    bitrate = min(form.encoding.bitrate, 255)
    return struct.pack(
        ">9sBBIHHBB3sBBHIH",
        *(_ENCODER, _CBR, 0, 0, 0, 0, 0, bitrate),  # no lowpass, peak or replay gain stated, no flags
        *(delays, misc, 0, 0, size, music_crc),
    )
