"""The CRC-16 of LAME's tag (polynomial x¹⁶ + x¹⁵ + x² + 1, reflected, from 0), of stretches and of them joined."""

_POLYNOMIAL = 0xA001

# x to the power of 32767 leaves 1 when divided by the polynomial. So stretches of 32767 bits (or bytes) may be added up
# (by exclusive or) before dividing once, which numpy does at memory speed: 0.02 s for 100 MB, not 15 s.
_PERIOD = 32767
_BITS = (1 << _PERIOD) - 1

_ONE, _X = 0x8000, 0x4000  # as polynomials


def _table() -> tuple[int, ...]:
    values = []
    for byte in range(256):
        value = byte
        for _ in range(8):
            value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
        values.append(value)
    return tuple(values)


_TABLE = _table()


def crc16(data: bytes | bytearray, crc: int = 0) -> int:
    """The checksum of `data` after what gave `crc`."""
    for byte in data:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    return crc


def music_crc(data: bytes) -> int:
    """The same for much data, at memory speed. Its first bit is the lowest; zeros before it do nothing."""
    import numpy as np  # noqa: PLC0415  # heavy, and not needed where every print is kept

    stretches = np.frombuffer(data.rjust(-(-len(data) // _PERIOD) * _PERIOD, b"\0"), np.uint8).reshape(-1, _PERIOD)
    folded = int.from_bytes(np.bitwise_xor.reduce(stretches, axis=0).tobytes(), "little")
    rest = 0
    while folded:
        rest ^= folded & _BITS
        folded >>= _PERIOD
    return _crc_of_bits(rest << 1, _PERIOD + 1)


def _crc_of_bits(bits: int, size: int) -> int:
    """The checksum of so many bits, a whole number of bytes and the first bit the lowest.

    The polynomial's square has the squares of its parts, and so on: for every q that is a power of two, x to the power
    of 16 q leaves what x¹⁵ᑫ + x²ᑫ + 1 does. So the first q bits may be added to those that are q, 14 q and 16 q behind.
    """
    step = 1 << (size // 17).bit_length() - 1 if size >= 17 else 0
    while step >= 8:
        mask = (1 << step) - 1
        while size >= 17 * step:
            first = bits & mask
            bits = bits >> step ^ first ^ first << 13 * step ^ first << 15 * step
            size -= step
        step >>= 1
    return crc16(bits.to_bytes(size // 8, "little"))


def joined_crc(first: int, second: int, size: int) -> int:
    """The checksum of two stretches, of theirs; the second is `size` bytes long.

    What stands before `size` bytes is multiplied by x to the power of eight times that, as in zlib's `crc32_combine`.
    """
    power, left, factor = _X, 8 * size % _PERIOD, _ONE
    while left:
        if left & 1:
            factor = _times(factor, power)
        power = _times(power, power)
        left >>= 1
    return _times(first, factor) ^ second


def _times(one: int, other: int) -> int:
    """The product of two polynomials, divided by ours; reflected, the highest bit is that of x to the power of 0."""
    product = 0
    for at in range(16):
        if one & _ONE >> at:
            product ^= other
        other = other >> 1 ^ (_POLYNOMIAL if other & 1 else 0)
    return product
