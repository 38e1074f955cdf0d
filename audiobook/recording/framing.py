"""Messages on a pipe: four bytes of length, then a pickle; and an error that crosses it with its traceback."""

import pickle
import struct
import traceback
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


class RemoteTracebackError(Exception):
    """The traceback of an error that was raised in another process, as text. It is that error's cause."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f'\n"""\n{self.text}"""'


class RemoteError:
    """An error on its way to another process. Unpickled, it is the error itself with a RemoteTracebackError as cause.

    Pickle drops the traceback and the cause of an exception.
    """

    def __init__(self, error: Exception, raised: BaseException) -> None:
        """`error` arrives; its traceback is that of `raised`, which may be an exception that cannot be pickled."""
        self._error = error
        self._text = "".join(traceback.format_exception(raised))

    def __reduce__(self) -> tuple[Any, ...]:
        return _arrived, (self._error, self._text)


def _arrived(error: Exception, text: str) -> Exception:
    BaseException.__setattr__(error, "__cause__", RemoteTracebackError(text))  # whatever the class makes of setattr
    return error
