"""One worker process, seen from its parent: the messages, what it is told and answers, its time limit, why it ended."""

import os
import pickle
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

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


_LAST_WORDS = 4_096  # bytes of a dead worker's standard error that are looked at
_LEAVE = 2.0  # seconds a worker gets to end by itself


class WorkerProcess:
    """A running worker. One thread speaks with it; any thread may kill it.

    Raises OSError where the system starts no more processes.
    """

    def __init__(self) -> None:
        self._errors = _scratch()
        self._lock = threading.Lock()
        self._due: float | None = None  # when its answer is overdue, on the monotonic clock
        self._starved = 0.0  # seconds for which it had to wait for a processor, when last looked at
        self._killed = ""  # why
        command = [sys.executable, "-P", "-m", "audiobook.synthesis.worker"]
        path = os.pathsep.join(entry for entry in sys.path if entry)  # what we can import, it can
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._calls = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)

    def send(self, message: bytes) -> None:
        """Give it a message. Where it is dead already, `receive` will say so."""
        with suppress(OSError):
            self._calls.write(message)
            self._calls.flush()

    def receive(self, seconds: float) -> bytes | None:
        """Its next message; None where it has ended, or was killed because it took longer than that."""
        with self._lock:
            self._due = time.monotonic() + seconds
        body = read_body(self._answers)
        with self._lock:
            self._due = None
        return body

    def kill_if_overdue(self, now: float, *, forgive: float = 0.0) -> None:
        """End it where it should have answered by `now`, on the monotonic clock, and `forgive` more seconds.

        What it had to wait for a processor, on a machine with much to do, is forgiven in any case.
        """
        with self._lock:
            before, self._starved = self._starved, _starved(self._process.pid)
            if self._due is not None:
                self._due += max(forgive, self._starved - before)
                if now > self._due:
                    self._end("gave no answer in time")

    def kill(self, reason: str) -> None:
        """End it, whatever it is doing."""
        with self._lock:
            self._end(reason)

    def _end(self, reason: str) -> None:
        self._killed = self._killed or reason
        self._process.kill()

    @property
    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    @property
    def killed(self) -> bool:
        """Whether somebody ended it."""
        return bool(self._killed)

    def close(self) -> str:
        """See it off; returns why it ended, for a human."""
        with suppress(OSError):
            self._calls.close()
        try:
            code = self._process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            self.kill("did not end when it was told to")
            code = self._process.wait()
        self._answers.close()
        reason = self._killed or f"ended with {_exit_words(code)}"
        said = self._last_words()
        self._errors.close()
        return f"{reason} ({said})" if said else reason

    def _last_words(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_WORDS))
        lines = self._errors.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


_SPARE: defaultdict[bytes | None, list[WorkerProcess]] = defaultdict(list)  # started ahead, by what they were sent


def start_ahead(count: int = 1, *, first: bytes | None = None) -> None:
    """Start processes that `obtained` will give away, and send them their `first` message: they are at it while whoever
    needs them loads.

    Those that nobody comes to need end with this process, or with `dismiss_spare`. Raises OSError as `WorkerProcess`.
    """
    for _ in range(count):
        _SPARE[first].append(_sent(WorkerProcess(), first))


def obtained(first: bytes | None = None) -> WorkerProcess:
    """A process that was sent that message; one started ahead, if there is one. Raises OSError likewise."""
    return _spare(first) or _sent(_spare(None) or WorkerProcess(), first)


def _spare(first: bytes | None) -> WorkerProcess | None:
    """A living one started ahead that was sent that message."""
    while True:
        try:
            process = _SPARE[first].pop()
        except IndexError:
            return None
        if process.is_alive:
            return process
        process.close()


def dismiss_spare() -> None:
    """End the processes that were started ahead, and not needed: others may be started in another environment."""
    processes = [process for own in _SPARE.values() for process in own]
    _SPARE.clear()
    for process in processes:
        process.kill("is not needed")
    for process in processes:
        process.close()


def _sent(process: WorkerProcess, message: bytes | None) -> WorkerProcess:
    if message is not None:
        process.send(message)
    return process


def _starved(pid: int) -> float:
    """Seconds for which a process was ready to run, and others ran; 0 where the system does not tell (Linux does)."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _scratch() -> IO[bytes]:
    """A file for a worker's last words; nowhere, where there is no room for them."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("r+b")


def _exit_words(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
