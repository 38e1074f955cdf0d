"""Messages on a pipe: four bytes of length, then a pickle."""

import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<I")


def packed(message: Any) -> bytes:
    """The message as it goes through the pipe."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def read_body(pipe: BinaryIO) -> bytes | None:
    """The next message, still pickled; None where the pipe has ended, in the middle of a message too."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    return body if len(body) == length else None
