"""The layout of MP3 frames: their length in bytes and samples, and their boundaries in a stream.

ISO/IEC 11172-3 (MPEG-1) and 13818-3 (MPEG-2, "low sampling frequencies"), layer III.
"""

from dataclasses import dataclass, replace

from audiobook.errors import UsageError
from audiobook.model.request import Encoding

DECODER_DELAY = 529  # samples of delay of every layer III decoder
ENCODER_DELAY = 576  # samples that LAME adds before the sound, at every sample rate
LEAD = (
    ENCODER_DELAY + DECODER_DELAY
)  # samples that a decoder emits before the sound; players that read the LAME tag skip them

_ALIKE = 64  # frames that are checked at once
_LENGTH_BITS = 12  # size of the field with the number of spectrum bits of a granule
_MPEG1_BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_BITRATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MPEG1_RATES = (44100, 48000, 32000)  # in the order of their index in a header
_MPEG2_RATES = (22050, 24000, 16000)


@dataclass(frozen=True, slots=True)
class Layout:
    """The properties that all frames of an encoding share."""

    encoding: Encoding
    mpeg1: bool
    header: bytes  # of an unpadded frame without checksum
    samples: int  # in a frame
    size: int  # bytes of an unpadded frame
    side_info: int  # bytes after the header
    reach: int  # most bytes of earlier frames that a frame may use (bit reservoir)

    @property
    def overhead(self) -> int:
        """Bytes of a frame that do not hold sound."""
        return len(self.header) + self.side_info


def layout(encoding: Encoding) -> Layout:
    """The layout of an encoding's frames. Raises UsageError if MP3 does not support the rate, bit rate or channels."""
    if encoding.channels not in (1, 2):
        raise UsageError(f"an MP3 here has 1 or 2 channels, not {encoding.channels}")
    mpeg1 = encoding.sample_rate in _MPEG1_RATES
    rates = _MPEG1_RATES if mpeg1 else _MPEG2_RATES
    if encoding.sample_rate not in rates:
        allowed = ", ".join(map(str, sorted(_MPEG1_RATES + _MPEG2_RATES)))
        raise UsageError(
            f"an MP3 cannot have a sample rate of {encoding.sample_rate} Hz", hint=f"choose one of {allowed}"
        )
    bitrates = _MPEG1_BITRATES if mpeg1 else _MPEG2_BITRATES
    if encoding.bitrate not in bitrates:
        raise UsageError(
            f"an MP3 at {encoding.sample_rate} Hz cannot have {encoding.bitrate} kbit/s",
            hint=f"choose one of {', '.join(map(str, bitrates))}",
        )
    mono = encoding.channels == 1
    version = 0xFB if mpeg1 else 0xF3  # sync, version, layer III, no checksum
    indices = (bitrates.index(encoding.bitrate) + 1) << 4 | rates.index(encoding.sample_rate) << 2
    samples = 1152 if mpeg1 else 576
    return Layout(
        encoding=encoding,
        mpeg1=mpeg1,
        header=bytes((0xFF, version, indices, 0xC0 if mono else 0x40)),
        samples=samples,
        size=samples // 8 * encoding.bitrate * 1000 // encoding.sample_rate,
        side_info=(17 if mono else 32) if mpeg1 else (9 if mono else 17),
        reach=511 if mpeg1 else 255,
    )


def next_larger_frame(form: Layout, room: int) -> tuple[bytes, int]:
    """The header and size of a frame with at least `room` bytes, at the lowest sufficient bit rate."""
    for bitrate in _MPEG1_BITRATES if form.mpeg1 else _MPEG2_BITRATES:
        other = layout(replace(form.encoding, bitrate=bitrate))
        if bitrate >= form.encoding.bitrate and other.size >= room:
            return other.header, other.size
    raise ValueError(f"no MP3 frame has {room} bytes")


def is_silent(data: bytes, at: int, form: Layout) -> bool:
    """Whether the frame at this offset has no spectrum: the length of each of its granules is zero."""
    mono = form.encoding.channels == 1
    first, step, parts = (18 if mono else 20, 59, 2) if form.mpeg1 else (9 if mono else 10, 63, 1)  # bits
    end = at + form.overhead
    bits = int.from_bytes(data[end - form.side_info : end], "big")
    left = 8 * form.side_info - first - _LENGTH_BITS
    lengths = (bits >> left - step * part for part in range(parts * form.encoding.channels))
    return end <= len(data) and not any(length & (1 << _LENGTH_BITS) - 1 for length in lengths)


def frame_offsets(data: bytes, layout: Layout) -> list[int]:
    """The offsets at which frames begin, and the end of the last. Raises ValueError unless `data` is whole frames.

    Most consecutive frames have the same length, so they are checked in groups.
    """
    offsets: list[int] = []
    at, end = 0, len(data)
    while at < end:
        # Bit 1 of the third byte is the padding bit; bit 0 is private and ignored.
        size = layout.size + (data[at + 2] >> 1 & 1) if end - at >= layout.size else 0
        first, second, third = (data[at + byte : at + byte + _ALIKE * size : size or 1] for byte in range(3))
        alike = len(third) - len(third.lstrip(third[:1]))
        is_sound = size and first[:alike].strip(b"\xff") == second[:alike].strip(layout.header[1:2]) == b""
        if not is_sound or third[0] & 0xFC != layout.header[2]:
            raise ValueError(f"no MP3 frame of this encoding at byte {at}")
        offsets += range(at, at + alike * size, size)
        at += alike * size
    if at != end:
        raise ValueError("the last MP3 frame is cut off")
    return [*offsets, at]
