"""MP3 frames: how long they are in bytes and in samples, and where one ends and the next begins.

ISO/IEC 11172-3 (MPEG-1) and 13818-3 (MPEG-2, "low sampling frequencies"), layer III.
"""

from dataclasses import dataclass, replace

from audiobook.edition import Encoding
from audiobook.errors import UsageError

DECODER_DELAY = 529  # samples every layer III decoder lags behind
ENCODER_DELAY = 576  # samples LAME puts before the sound, at every rate
LEAD = ENCODER_DELAY + DECODER_DELAY  # samples a decoder puts out before the sound; players that know skip them

_MPEG1_BITRATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MPEG2_BITRATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_MPEG1_RATES = (44100, 48000, 32000)  # in the order of their index in a header
_MPEG2_RATES = (22050, 24000, 16000)


@dataclass(frozen=True, slots=True)
class Layout:
    """What all frames of an encoding have in common."""

    encoding: Encoding
    mpeg1: bool
    header: bytes  # of an unpadded frame without checksum
    samples: int  # in a frame
    size: int  # bytes of an unpadded frame
    side_info: int  # bytes after the header


def layout(encoding: Encoding) -> Layout:
    """The layout of an encoding's frames. Raises UsageError where MP3 has no such rate, bit rate or channels."""
    if encoding.channels not in (1, 2):
        raise UsageError(f"an MP3 here has 1 or 2 channels, not {encoding.channels}")
    mpeg1 = encoding.rate in _MPEG1_RATES
    rates = _MPEG1_RATES if mpeg1 else _MPEG2_RATES
    if encoding.rate not in rates:
        allowed = ", ".join(map(str, sorted(_MPEG1_RATES + _MPEG2_RATES)))
        raise UsageError(f"an MP3 cannot have a sample rate of {encoding.rate} Hz", hint=f"choose one of {allowed}")
    bitrates = _MPEG1_BITRATES if mpeg1 else _MPEG2_BITRATES
    if encoding.bitrate not in bitrates:
        raise UsageError(
            f"an MP3 at {encoding.rate} Hz cannot have {encoding.bitrate} kbit/s",
            hint=f"choose one of {', '.join(map(str, bitrates))}",
        )
    mono = encoding.channels == 1
    version = 0xFB if mpeg1 else 0xF3  # sync, version, layer III, no checksum
    indices = (bitrates.index(encoding.bitrate) + 1) << 4 | rates.index(encoding.rate) << 2
    samples = 1152 if mpeg1 else 576
    return Layout(
        encoding=encoding,
        mpeg1=mpeg1,
        header=bytes((0xFF, version, indices, 0xC0 if mono else 0x40)),
        samples=samples,
        size=samples // 8 * encoding.bitrate * 1000 // encoding.rate,
        side_info=(17 if mono else 32) if mpeg1 else (9 if mono else 17),
    )


def roomier(form: Layout, room: int) -> tuple[bytes, int]:
    """(header, size in bytes) of a frame with at least `room` bytes, at the lowest bit rate from the form's own up."""
    for bitrate in _MPEG1_BITRATES if form.mpeg1 else _MPEG2_BITRATES:
        other = layout(replace(form.encoding, bitrate=bitrate))
        if bitrate >= form.encoding.bitrate and other.size >= room:
            return other.header, other.size
    raise ValueError(f"no MP3 frame has {room} bytes")


def boundaries(data: bytes, layout: Layout) -> list[int]:
    """Where each frame begins, and where the last ends. Raises ValueError where `data` is not whole such frames."""
    offsets = [0]
    at, size, end = 0, layout.size, len(data)
    second, third = layout.header[1], layout.header[2]
    while at < end:
        # The third byte's bit 1 says that the frame is a byte longer, bit 0 is nobody's business.
        if end - at < size or data[at] != 0xFF or data[at + 1] != second or data[at + 2] & 0xFC != third:
            raise ValueError(f"no MP3 frame of this encoding at byte {at}")
        at += size + (data[at + 2] >> 1 & 1)
        offsets.append(at)
    if at != end:
        raise ValueError("the last MP3 frame is cut off")
    return offsets
