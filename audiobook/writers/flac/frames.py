"""Find FLAC frames (RFC 9639, section 9) and move them to another position in a stream.

An encoder numbers the frames of a segment from 0, and all but the last have the same length. A joined stream contains
frames of other lengths, so each header must state the number of its first sample instead ("variable block size"). The
header's CRC-8 and the frame's CRC-16 are updated; the compressed sound is not changed.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FIXED, _VARIABLE = b"\xff\xf8", b"\xff\xf9"  # sync code and blocking strategy
_PERIOD = 32_767  # x to this power is 1, modulo the polynomial of the CRC-16
_CRC16, _CRC8 = 0x8005, 0x07  # x¹⁶ + x¹⁵ + x² + 1, and x⁸ + x² + x + 1
_RATE_BYTES = {12: 1, 13: 2, 14: 2}  # at the end of a header, by the code of its sample rate
_BLOCKS = {192: 1} | {576 << n: 2 + n for n in range(4)} | {256 << n: 8 + n for n in range(8)}  # samples → code


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameForm:
    """The properties that all frames of a segment share."""

    block: int  # samples of each frame but the last
    rate_code: int
    channels_and_bits: int  # the fourth byte of a header
    rate_bytes: bytes  # at the end of a header

    def ending(self, samples: int) -> bytes:
        """The header bytes between the frame number and the CRC-8, for a frame of so many samples."""
        code = self._code(samples)
        length = (samples - 1).to_bytes(code - 5, "big") if code in {6, 7} else b""
        return length + self.rate_bytes

    def beginning(self, sync: bytes, samples: int) -> bytes:
        """The first four bytes of a header, for a frame of so many samples."""
        return sync + bytes((self._code(samples) << 4 | self.rate_code, self.channels_and_bits))

    @staticmethod
    def _code(samples: int) -> int:
        return _BLOCKS.get(samples) or (6 if samples <= 256 else 7)


def read_form(data: bytes, start: int, block: int) -> FrameForm:
    """Read the form of a segment's frames from its first frame. Raises ValueError if there is none."""
    if data[start : start + 2] != _FIXED or data[start + 4 : start + 5] != b"\0":
        raise ValueError("this is not the first FLAC frame")
    rate_code = data[start + 2] & 0x0F
    block_code = data[start + 2] >> 4
    at = start + 5 + {6: 1, 7: 2}.get(block_code, 0)
    return FrameForm(
        block=block,
        rate_code=rate_code,
        channels_and_bits=data[start + 3],
        rate_bytes=data[at : at + _RATE_BYTES.get(rate_code, 0)],
    )


def find_frames(data: bytes, start: int, form: FrameForm, samples: int) -> list[int]:
    """The offsets at which the frames of a segment begin, and the end of the last. Raises ValueError if one is missing.

    FLAC frames do not state their length. But all 7 to 13 bytes of each header are known beforehand, so the next header
    can be searched for.
    """
    headers, _ = _headers(_FIXED, range(-(-samples // form.block)), form, samples)
    offsets: list[int] = []
    at = start
    for header in headers:
        at = data.find(header, at)
        if at < 0 or (not offsets and at != start):
            raise ValueError(f"FLAC frame {len(offsets)} is missing")
        offsets.append(at)
        at += len(header)
    return [*offsets, len(data)]


def move_frames(data: bytes, offsets: Sequence[int], form: FrameForm, samples: int, first_sample: int) -> list[bytes]:
    """Renumber the frames of a segment that follows `first_sample` samples."""
    import numpy as np  # noqa: PLC0415  # slow to import, and only needed for joining

    count = len(offsets) - 1
    old, old_crcs = _headers(_FIXED, range(count), form, samples)
    new, new_crcs = _headers(_VARIABLE, range(first_sample, first_sample + samples, form.block), form, samples)
    starts = np.array(offsets[:-1]) + [len(header) for header in old]
    ends = np.array(offsets[1:]) - 2
    octets = np.frombuffer(data, np.uint8).astype(np.int64)
    crcs = octets[ends] << 8 | octets[ends + 1]
    # A CRC is linear: a new header changes it by the CRC of the difference, shifted by the bytes after the header.
    crcs ^= _times(old_crcs ^ new_crcs, _powers()[(ends - starts) * 8 % _PERIOD])
    view = memoryview(data)
    return [
        b"".join((header, view[start:end], crc.to_bytes(2, "big")))
        for header, start, end, crc in zip(new, starts.tolist(), ends.tolist(), crcs.tolist(), strict=True)
    ]


def _headers(sync: bytes, numbers: range, form: FrameForm, samples: int) -> tuple[list[bytes], "NDArray[np.int64]"]:
    """The headers of a segment's frames with these numbers, and the CRC-16 of each."""
    import numpy as np  # noqa: PLC0415  # slow to import

    last = samples - (len(numbers) - 1) * form.block
    headers: list[bytes] = []
    crcs = []
    for own, length in ((numbers[:-1], form.block), (numbers[-1:], last)):
        for group in _group_by_length(own):
            made = _header_table(form.beginning(sync, length), group, form.ending(length))
            crcs.append(_crc(made, _CRC16, 16))
            headers += [row.tobytes() for row in made]
    return headers, np.concatenate(crcs)


def _group_by_length(numbers: range) -> list[range]:
    """Split the numbers into groups whose encoded forms have the same length."""
    groups, at = [], 0
    for size in range(1, 8):
        limit = 1 << (7 if size == 1 else 5 * size + 1)
        end = len(range(numbers.start, min(numbers.stop, limit), numbers.step)) if numbers else 0
        if end > at:
            groups.append(numbers[at:end])
            at = end
    return groups


def _header_table(beginning: bytes, numbers: range, ending: bytes) -> "NDArray[np.uint8]":
    """A table with one header per row, including its CRC-8."""
    import numpy as np  # noqa: PLC0415  # slow to import

    coded = _encode_numbers(np.arange(numbers.start, numbers.stop, numbers.step, dtype=np.int64))
    rows = len(coded)
    before, after = (np.tile(np.frombuffer(part, np.uint8), (rows, 1)) for part in (beginning, ending))
    table = np.hstack([before, coded, after])
    return np.hstack([table, _crc(table, _CRC8, 8).astype(np.uint8)[:, None]])


def _encode_numbers(numbers: "NDArray[np.int64]") -> "NDArray[np.uint8]":
    """Encode numbers like UTF-8 code points, but up to 36 bits. All encoded forms must have the same length."""
    import numpy as np  # noqa: PLC0415  # slow to import

    highest = int(numbers[-1])
    size = next(size for size in range(1, 8) if highest < 1 << (7 if size == 1 else 5 * size + 1))
    if size == 1:
        return numbers.astype(np.uint8)[:, None]
    mark = 0xFF << 8 - size & 0xFF
    parts = [mark | numbers >> 6 * (size - 1)]
    parts += [0x80 | numbers >> 6 * shift & 0x3F for shift in range(size - 2, -1, -1)]
    return np.stack(parts, axis=1).astype(np.uint8)


def _crc(table: "NDArray[np.uint8]", polynomial: int, bits: int) -> "NDArray[np.int64]":
    """The CRC of each row."""
    import numpy as np  # noqa: PLC0415  # slow to import

    known = _crc_table(polynomial, bits)
    crc = np.zeros(len(table), np.int64)
    for column in table.T:
        crc = known[crc >> bits - 8 ^ column] ^ (crc << 8 & (1 << bits) - 1)
    return crc


@functools.cache
def _crc_table(polynomial: int, bits: int) -> "NDArray[np.int64]":
    """The CRC of each byte."""
    import numpy as np  # noqa: PLC0415  # slow to import

    crc = np.arange(256, dtype=np.int64) << bits - 8
    for _ in range(8):
        crc = (crc << 1 ^ (crc >> bits - 1) * polynomial) & (1 << bits) - 1
    return crc


@functools.cache
def _powers() -> "NDArray[np.int64]":
    """Each power of x, modulo the polynomial of the CRC-16."""
    import numpy as np  # noqa: PLC0415  # slow to import

    powers, power = [], 1
    for _ in range(_PERIOD):
        powers.append(power)
        power = (power << 1 ^ (power >> 15) * _CRC16) & 0xFFFF
    return np.array(powers, np.int64)


def _times(one: "NDArray[np.int64]", other: "NDArray[np.int64]") -> "NDArray[np.int64]":
    """The products of polynomials, modulo that of the CRC-16."""
    product = one & 0
    for bit in range(16):
        product ^= one * (other >> bit & 1)
        one = (one << 1 ^ (one >> 15) * _CRC16) & 0xFFFF
    return product
