"""An encoded segment, as writers make and join it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A segment as it is cached: in whatever form the writer joins."""

    data: bytes = field(repr=False)
    frames: int  # samples that a decoder gives for it: its share of the finished sound
    sound: int  # samples that were encoded
    crc: int = 0  # a checksum that joining uses, if the format has one
