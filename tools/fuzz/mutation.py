"""Make a case from another: change bytes, insert words of the format, and repeat parts to find slow code."""

from collections.abc import Callable, Sequence
from random import Random

LONGEST = 120_000  # bytes of a case

Mutate = Callable[[bytes, Random], bytes]

# What breaks readers of any text: ends of lines, direction marks, halves of characters, names that are paths.
HOSTILE = tuple(
    word if isinstance(word, bytes) else word.encode("utf-8", "surrogatepass")
    for word in (
        *("\r", "\n", "\r\n", "\n\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\x1b[31m", "\x7f"),
        *("\u202e", "\u2066", "\u200f", "\u200b", "\u00ad", "\ufeff", "\ud800", "\udfff", "\U000e0001", "\u0301" * 9),
        *(
            "“",
            "”",
            "‘",
            "’",
            '"',
            "'",
            "«",
            "»",
            "—",
            "–",
            "…",
            "„",
            "「",
            "」",
            "́",
            "ﬁ",
            "ß",
            "İ",
            "ſ",
            "٣",
            "²",
            "Ⅷ",
        ),
        *("../../x", "/etc/passwd", "C:\\x", "CON", "-rf", "%s%n", "$(id)", "`id`", "=;#\\", "0", "-1", "9" * 40),
        *("1e400", "nan", "inf", "0x", "1" * 5000, "Mr. ", " said ", "he", "Chapter 1", "CHAPTER II\n\n", "***"),
        *(b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00\x00\xfe\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\x80"),
    )
)


def mutator(words: Sequence[str | bytes] = (), others: Sequence[bytes] = ()) -> Mutate:
    """A mutation that knows a format's words and may take pieces of other cases."""
    known = tuple(word.encode() if isinstance(word, str) else word for word in words)
    choices = (_changed, _cut, _doubled, _moved, _repeated, _with_word, _with_word, _spliced)

    def mutate(data: bytes, chance: Random) -> bytes:
        for _ in range(_few(chance)):
            data = chance.choice(choices)(data, chance, known or HOSTILE, others or (data,))[:LONGEST]
        return data

    return mutate


def _few(chance: Random) -> int:
    return 1 + min(int(chance.expovariate(0.7)), 8)


def stretch(data: bytes, chance: Random, longest: int = 400) -> tuple[int, int]:
    """The start and end of a random part of a case, usually a short one."""
    start = chance.randint(0, len(data))
    return start, min(len(data), start + int(2 ** chance.uniform(0, longest.bit_length())))


def _changed(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    at = chance.randrange(len(data))
    value = chance.choice((data[at] ^ 1 << chance.randrange(8), chance.randrange(256), 0, 255, 10, 32))
    return data[:at] + bytes([value]) + data[at + 1 :]


def _cut(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = stretch(data, chance)
    return data[:start] + data[end:] if chance.random() < 0.9 else data[:start]


def _doubled(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = stretch(data, chance)
    at = chance.randint(0, len(data))
    return data[:at] + data[start:end] + data[at:]


def _moved(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = stretch(data, chance)
    rest = data[:start] + data[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + data[start:end] + rest[at:]


def _repeated(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    """Repeat a part or a word many times, to find quadratic time or deep recursion."""
    start, end = stretch(data, chance, 60)
    piece = data[start:end] if chance.random() < 0.5 else chance.choice((*words, *HOSTILE))
    most = LONGEST // max(1, len(piece))
    times = min(most, int(2 ** chance.uniform(1, 14 if chance.random() < 0.2 else 8)))
    return data[:start] + piece * times + data[start:]


def _with_word(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    start, end = stretch(data, chance, 20)
    word = chance.choice(words if chance.random() < 0.7 else HOSTILE)
    return data[:start] + word + data[start if chance.random() < 0.7 else end :]


def _spliced(data: bytes, chance: Random, words: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    other = chance.choice(others)
    start, end = stretch(other, chance, 4000)
    at = chance.randint(0, len(data))
    return data[:at] + other[start:end] + data[at:]
