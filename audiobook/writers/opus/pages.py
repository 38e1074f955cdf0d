"""Read and write the pages of an Ogg stream (RFC 3533)."""

import struct
import zlib
from collections.abc import Iterator

BEGINS, ENDS, _CONTINUES = 2, 4, 1  # flags of a page
_HEAD = struct.Struct("<4sBBqIIIB")
_MOST_LACING = 255  # lacing values of a page; each stands for up to 255 bytes
_NO_PACKET_ENDS = -1  # instead of a position
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_SERIAL = 1  # of the only stream


def page(lacing: bytes, body: bytes, *, number: int, position: int, flags: int = 0) -> bytes:
    """A page. `position` is the number of samples at 48 kHz up to its end."""
    head = _HEAD.pack(b"OggS", 0, flags, position, _SERIAL, number, 0, len(lacing)) + lacing
    crc = _crc(head + body)
    return head[:22] + struct.pack("<I", crc) + head[26:] + body


def lacing_of(size: int) -> bytes:
    """The lacing values of a packet."""
    return b"\xff" * (size // 255) + bytes((size % 255,))


def packet_pages(packet: bytes, number: int) -> list[bytes]:
    """The pages of a large header packet, which has pages of its own; `number` is that of the first."""
    lacing, pages, at = lacing_of(len(packet)), list[bytes](), 0
    for start in range(0, len(lacing), _MOST_LACING):
        part = lacing[start : start + _MOST_LACING]
        is_last = start + _MOST_LACING >= len(lacing)
        body = packet[at : at + sum(part)]
        at += sum(part)
        position = 0 if is_last else _NO_PACKET_ENDS
        flags = _CONTINUES if start else 0
        pages.append(page(part, body, number=number + len(pages), position=position, flags=flags))
    return pages


def read_packets(data: bytes) -> Iterator[bytes]:
    """The packets of a stream. Raises ValueError if it is damaged or ends inside a packet."""
    at, held = 0, b""
    while at < len(data):
        if len(data) < at + _HEAD.size or data[at : at + 4] != b"OggS":
            raise ValueError(f"no Ogg page at byte {at}")
        count = data[at + _HEAD.size - 1]
        start = at + _HEAD.size + count
        size = 0
        for value in data[at + _HEAD.size : start]:
            size += value
            if value < 255:
                yield held + data[start : start + size]
                held, start, size = b"", start + size, 0
        held += data[start : start + size]
        at = start + size
    if held or at != len(data):
        raise ValueError("the Ogg stream ends inside a packet")


def _crc(data: bytes) -> int:
    """The checksum of a page: CRC-32 with zlib's polynomial, but with the bits in the other order and no inversion."""
    reflected = zlib.crc32(data.translate(_REVERSED), 0xFFFF_FFFF) ^ 0xFFFF_FFFF
    return int.from_bytes(reflected.to_bytes(4, "little").translate(_REVERSED), "big")
