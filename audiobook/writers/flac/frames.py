"""FLAC frames: cut out of ffmpeg's output, and renumbered so that segments can be joined (RFC 9639).

A joined stream has a variable block size: each frame's header says which sample it begins with. Only headers and
checksums change; the compressed sound stays as it is.
"""

import functools
import struct
from collections.abc import Iterator

_SYNC = b"\xff\xf8"  # of a frame of a stream with a fixed block size
_VARIABLE = b"\xff\xf9"
_OGG_HEAD = 27  # bytes of a page before its table of segments
_LENGTH = struct.Struct(">I")


def frames_in_ogg(data: bytes) -> Iterator[bytes]:
    """The FLAC frames in an Ogg file. Raises ValueError where it is none."""
    at, packet = 0, b""
    while at < len(data):
        if data[at : at + 4] != b"OggS" or len(data) < at + _OGG_HEAD:
            raise ValueError("no page of Ogg where one must begin")
        count = data[at + _OGG_HEAD - 1]
        laces = data[at + _OGG_HEAD : at + _OGG_HEAD + count]
        at += _OGG_HEAD + count
        for lace in laces:
            packet += data[at : at + lace]
            at += lace
            if lace < 255:
                if packet.startswith(_SYNC):  # else one of the headers
                    yield packet
                packet = b""
    if packet or at != len(data):
        raise ValueError("the Ogg file is cut off")


def pack(frames: list[bytes]) -> bytes:
    """Frames as they are cached: each behind its length."""
    return b"".join(part for frame in frames for part in (_LENGTH.pack(len(frame)), frame))


def unpack(data: bytes) -> Iterator[bytes]:
    """The frames of a cached segment. Raises ValueError where it is none."""
    at = 0
    while at < len(data):
        (size,) = _LENGTH.unpack_from(data, at)
        at += _LENGTH.size
        if at + size > len(data):
            raise ValueError("a FLAC frame is cut off")
        yield data[at : at + size]
        at += size


def block_size(frame: bytes) -> int:
    """Samples in a frame, of each channel. Raises ValueError for a reserved size."""
    code = frame[2] >> 4
    if code == 1:
        return 192
    if 2 <= code <= 5:
        return 144 << code
    if code >= 8:
        return 1 << code
    if code == 0:
        raise ValueError("a FLAC frame has a reserved block size")
    end = 4 + _coded_length(frame[4])
    return frame[end] + 1 if code == 6 else int.from_bytes(frame[end : end + 2], "big") + 1


def renumber(frame: bytes, sample: int) -> bytes:
    """The frame as one that begins with that sample of a stream with a variable block size."""
    after = 4 + _coded_length(frame[4])
    end = after + (0, 0, 0, 0, 0, 0, 1, 2)[frame[2] >> 4 & 7] * (frame[2] >> 4 < 8) + _rate_bytes(frame[2] & 15)
    bare = _VARIABLE + frame[2:4] + _code_number(sample) + frame[after:end]
    head = bare + bytes((crc8(bare),))
    rest = len(frame) - end - 1 - 2
    old = int.from_bytes(frame[-2:], "big")
    # A CRC is linear: the change of the header, moved on over the rest, is the change of the checksum.
    new = old ^ _advance(crc16(frame[: end + 1]) ^ crc16(head), rest)
    return head + frame[end + 1 : -2] + new.to_bytes(2, "big")


def _rate_bytes(code: int) -> int:
    return 1 if code == 12 else 2 if code in (13, 14) else 0


def _coded_length(first: int) -> int:
    """Bytes of a number in FLAC's extension of UTF-8, by its first byte."""
    if first < 0x80:
        return 1
    length = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= length <= 7:
        raise ValueError("a FLAC frame has no number")
    return length


def _code_number(number: int) -> bytes:
    """A number of up to 36 bits in FLAC's extension of UTF-8."""
    if number < 0x80:
        return bytes((number,))
    length = next(n for n in range(2, 8) if number < 1 << (5 * n + 1 if n < 7 else 36))
    tail = [0x80 | number >> 6 * place & 0x3F for place in range(length - 2, -1, -1)]
    first = (0xFF00 >> length & 0xFF) | (number >> 6 * (length - 1))
    return bytes((first, *tail))


@functools.cache
def _table(polynomial: int, bits: int) -> tuple[int, ...]:
    top, mask = 1 << (bits - 1), (1 << bits) - 1
    table = []
    for byte in range(256):
        value = byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
        table.append(value)
    return tuple(table)


def crc8(data: bytes) -> int:
    """FLAC's CRC-8 (polynomial x⁸ + x² + x + 1)."""
    table, value = _table(0x07, 8), 0
    for byte in data:
        value = table[value ^ byte]
    return value


def crc16(data: bytes) -> int:
    """FLAC's CRC-16 (polynomial x¹⁶ + x¹⁵ + x² + 1)."""
    table, value = _table(0x8005, 16), 0
    for byte in data:
        value = (value << 8 & 0xFFFF) ^ table[value >> 8 ^ byte]
    return value


@functools.cache
def _zero_bytes(power: int) -> tuple[int, ...]:
    """What each bit of a CRC-16 becomes over 2 ** `power` zero bytes."""
    if power == 0:
        table = _table(0x8005, 16)
        return tuple(((1 << bit) << 8 & 0xFFFF) ^ table[(1 << bit) >> 8] for bit in range(16))
    half = _zero_bytes(power - 1)
    return tuple(_apply(half, value) for value in half)


def _apply(columns: tuple[int, ...], value: int) -> int:
    found = 0
    for bit, column in enumerate(columns):
        if value >> bit & 1:
            found ^= column
    return found


def _advance(crc: int, count: int) -> int:
    """A CRC-16 over so many more zero bytes."""
    power = 0
    while count:
        if count & 1:
            crc = _apply(_zero_bytes(power), crc)
        count >>= 1
        power += 1
    return crc
