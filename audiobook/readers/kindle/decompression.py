"""Decompresses the text records of Kindle books: PalmDOC, and HUFF/CDIC (Huffman codes for phrases).

Both are documented on the MobileRead wiki. Bombs end at the length that the header states.
"""

import re
import struct
from collections.abc import Callable, Sequence

from audiobook.readers.kindle.records import DamagedError, Header, Records

MOST_TEXT = 64 * 2**20  # bytes of text of one book
_NONE, _PALMDOC, _HUFF = 1, 2, 17480
_MOST_OF_RECORD = 1 << 20  # bytes that one record may hold; those of real books hold 4096
_DEEPEST = 32  # phrases inside phrases
_TOKEN = re.compile(
    rb"([\x00\x09-\x7f]+)|([\x80-\xbf].)|([\xc0-\xff]+)"
    + b"".join(b"|" + bytes([n]) + b"(" + b"." * n + b")" for n in range(1, 9)),
    re.DOTALL,
)


def read_text(records: Records, header: Header, parts: Sequence[bytes]) -> bytes:
    """The text of a book. Raises DamagedError where it cannot be decompressed, or is longer than any book."""
    if header.text_length > MOST_TEXT:
        raise DamagedError("the text is longer than any book")
    unpack = _choose(records, header)
    pieces: list[bytes] = []
    length = 0
    for part in parts:
        piece = unpack(part)
        length += len(piece)
        if len(piece) > _MOST_OF_RECORD or length > MOST_TEXT:
            raise DamagedError("a record holds more than it may")
        pieces.append(piece)
    text = b"".join(pieces)
    if len(text) < header.text_length:
        raise DamagedError("the text is shorter than its header says")
    return text[: header.text_length]


def _choose(records: Records, header: Header) -> Callable[[bytes], bytes]:
    if header.compression == _NONE:
        return bytes
    if header.compression == _PALMDOC:
        return unpack_palmdoc
    if header.compression == _HUFF:
        numbers = range(header.first + header.huff, header.first + header.huff + min(header.huff_count, 10_000))
        return _Huffman([records[n] for n in numbers]).unpack
    raise DamagedError(f"the compression {header.compression} is unknown")


def unpack_palmdoc(data: bytes) -> bytes:
    """The text of a record in PalmDOC: bytes as they are, a space before a letter, or a repetition of text above."""
    out = bytearray()
    for found in _TOKEN.finditer(data):
        kind = found.lastindex
        if kind == 2:
            _repeat(out, found[2])
        elif kind == 3:
            for byte in found[3]:
                out += bytes((32, byte ^ 0x80))
        elif kind:
            out += found[kind]
    return bytes(out)


def _repeat(out: bytearray, pair: bytes) -> None:
    code = (pair[0] << 8 | pair[1]) & 0x3FFF
    distance, length = code >> 3, (code & 7) + 3
    if not 0 < distance <= len(out):
        raise DamagedError("a repetition begins before the text")
    start = len(out) - distance
    if distance >= length:
        out += out[start : start + length]
    else:
        for n in range(length):
            out.append(out[start + n])


class _Huffman:
    """A dictionary of phrases, each with a code of up to 32 bits."""

    def __init__(self, sections: Sequence[bytes]) -> None:
        try:
            self._read_codes(sections[0])
            self._phrases: list[tuple[bytes, bool]] = []  # text, and whether it is no longer compressed
            for section in sections[1:]:
                self._read_phrases(section)
        except (IndexError, struct.error) as error:
            raise DamagedError("the dictionary of the compression is damaged") from error
        self._open: set[int] = set()

    def _read_codes(self, data: bytes) -> None:
        if data[:4] != b"HUFF":
            raise DamagedError("the codes of the compression are missing")
        short, long = struct.unpack_from(">LL", data, 8)
        self._short = [(v & 0x1F, bool(v & 0x80), v >> 8) for v in struct.unpack_from(">256L", data, short)]
        bounds = struct.unpack_from(">64L", data, long)
        self._least = [0, *(bounds[2 * n] << (31 - n) for n in range(32))]  # by length, as 32 bits
        self._most = [0, *(((bounds[2 * n + 1] + 1) << (31 - n)) - 1 for n in range(32))]

    def _read_phrases(self, data: bytes) -> None:
        if data[:4] != b"CDIC":
            raise DamagedError("the phrases of the compression are missing")
        count, bits = struct.unpack_from(">LL", data, 8)
        here = min(1 << min(bits, 24), count - len(self._phrases))
        for offset in struct.unpack_from(f">{max(here, 0)}H", data, 16):
            length = struct.unpack_from(">H", data, 16 + offset)[0]
            text = data[18 + offset : 18 + offset + (length & 0x7FFF)]
            self._phrases.append((text, bool(length & 0x8000)))

    def unpack(self, data: bytes, depth: int = 0) -> bytes:
        """The text of a record."""
        bits, left = int.from_bytes(data + bytes(8), "big"), len(data) * 8
        total = left + 64
        at, length_out = 0, 0
        out: list[bytes] = []
        while True:
            window = bits >> (total - at - 32) & 0xFFFFFFFF
            length, code = self._find_code(window)
            at += length
            if at > left:
                return b"".join(out)
            phrase = self._phrase(code, depth)
            length_out += len(phrase)
            if length_out > _MOST_OF_RECORD:
                raise DamagedError("a record holds more than it may")
            out.append(phrase)

    def _find_code(self, window: int) -> tuple[int, int]:
        """The length of the code at the beginning of 32 bits, and the number of its phrase."""
        length, is_whole, most = self._short[window >> 24]
        if not length:
            raise DamagedError("a code of the compression is unknown")
        if is_whole:
            most = ((most + 1) << (32 - length)) - 1
        else:
            while length <= 32 and window < self._least[length]:
                length += 1
            if length > 32:
                raise DamagedError("a code of the compression is unknown")
            most = self._most[length]
        return length, (most - window) >> (32 - length)

    def _phrase(self, number: int, depth: int) -> bytes:
        if not 0 <= number < len(self._phrases) or depth > _DEEPEST or number in self._open:
            raise DamagedError("a phrase of the compression is missing")
        text, is_plain = self._phrases[number]
        if not is_plain:
            self._open.add(number)
            text = self.unpack(text, depth + 1)
            self._open.discard(number)
            self._phrases[number] = (text, True)
        return text
