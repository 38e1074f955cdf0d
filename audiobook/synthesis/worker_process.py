"""One worker process, from the parent's side: messages, time limits, and the reason why it ended."""

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


def pack_message(message: Any) -> bytes:
    """Pickle a message, with its length in front, for the pipe."""
    body = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(body)) + body


def read_body(pipe: BinaryIO) -> bytes | None:
    """Read the next message, still pickled; None if the pipe has ended, even in the middle of a message."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length)
    return body if len(body) == length else None


class RemoteTracebackError(Exception):
    """The traceback of an error that was raised in another process, as text; set as the cause of that error."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def __str__(self) -> str:
        return f'\n"""\n{self.text}"""'


class RemoteError:
    """Transports an error to another process. Unpickling gives the error itself, with a RemoteTracebackError as cause.

    Pickle would drop the traceback and the cause.
    """

    def __init__(self, error: Exception, raised: BaseException) -> None:
        """`error` is sent; the traceback is that of `raised`, which need not be picklable."""
        self._error = error
        self._text = "".join(traceback.format_exception(raised))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore_error, (self._error, self._text)


def _restore_error(error: Exception, text: str) -> Exception:
    BaseException.__setattr__(
        error, "__cause__", RemoteTracebackError(text)
    )  # works even if the class overrides __setattr__
    return error


_STDERR_TAIL = 4_096  # bytes; how much of a dead worker's standard error is read
_EXIT_TIMEOUT = 2.0  # seconds in which a worker should end by itself


class WorkerProcess:
    """A running worker process. One thread communicates with it; any thread may kill it.

    Raises OSError if the system cannot start more processes.
    """

    def __init__(self) -> None:
        self._stderr = _open_stderr_file()
        self._lock = threading.Lock()
        self._deadline: float | None = None  # deadline for its answer, on the monotonic clock
        self._cpu_wait = 0.0  # seconds for which it has waited for a CPU, at the last check
        self._kill_reason = ""  # the reason, if we killed it
        command = [sys.executable, "-P", "-m", "audiobook.synthesis.worker"]
        path = os.pathsep.join(entry for entry in sys.path if entry)  # it can import what we can import
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._calls = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)

    def send(self, message: bytes) -> None:
        """Send a message. If the process is dead, `receive` will report it."""
        with suppress(OSError):
            self._calls.write(message)
            self._calls.flush()

    def receive(self, seconds: float) -> bytes | None:
        """Wait for the next message; None if the process has ended, or was killed because of the time limit."""
        with self._lock:
            self._deadline = time.monotonic() + seconds
        body = read_body(self._answers)
        with self._lock:
            self._deadline = None
        return body

    def kill_if_overdue(self, now: float, *, extension: float = 0.0) -> None:
        """Kill the process if its answer is late, after adding `extension` seconds to its time limit.

        Time during which the process waited for a CPU on a busy machine is always added. `now` is on the monotonic
        clock.
        """
        with self._lock:
            before, self._cpu_wait = self._cpu_wait, _cpu_wait(self._process.pid)
            if self._deadline is not None:
                self._deadline += max(extension, self._cpu_wait - before)
                if now > self._deadline:
                    self._kill("gave no answer in time")

    def kill(self, reason: str) -> None:
        """Kill the process."""
        with self._lock:
            self._kill(reason)

    def _kill(self, reason: str) -> None:
        self._kill_reason = self._kill_reason or reason
        self._process.kill()

    @property
    def is_alive(self) -> bool:
        """Whether the process is running."""
        return self._process.poll() is None

    @property
    def killed(self) -> bool:
        """Whether we killed the process."""
        return bool(self._kill_reason)

    def close(self) -> str:
        """Wait for the process to end; returns the reason in words."""
        with suppress(OSError):
            self._calls.close()
        try:
            code = self._process.wait(_EXIT_TIMEOUT)
        except subprocess.TimeoutExpired:
            self.kill("did not end when it was told to")
            code = self._process.wait()
        self._answers.close()
        reason = self._kill_reason or f"ended with {_describe_exit(code)}"
        output = self._read_stderr()
        self._stderr.close()
        return f"{reason} ({output})" if output else reason

    def _read_stderr(self) -> str:
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - _STDERR_TAIL))
        lines = self._stderr.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


_SPARE: defaultdict[bytes | None, list[WorkerProcess]] = defaultdict(
    list
)  # started ahead, by the setup message they got


def start_spare_processes(count: int = 1, *, setup: bytes | None = None) -> None:
    """Start processes that `get_process` will return, and send them a setup message, which they handle meanwhile.

    Processes that are not used end with this process or with `stop_spare_processes`. Raises OSError as `WorkerProcess`
    does.
    """
    for _ in range(count):
        _SPARE[setup].append(_send(WorkerProcess(), setup))


def get_process(setup: bytes | None = None) -> WorkerProcess:
    """A process that got this setup message: one started ahead, or a new one.

    Raises OSError as `WorkerProcess` does.
    """
    return _pop_spare(setup) or _send(_pop_spare(None) or WorkerProcess(), setup)


def _pop_spare(setup: bytes | None) -> WorkerProcess | None:
    """A running process that was started ahead with this setup message."""
    while True:
        try:
            process = _SPARE[setup].pop()
        except IndexError:
            return None
        if process.is_alive:
            return process
        process.close()


def stop_spare_processes() -> None:
    """End the processes that were started ahead and not used, since later ones may need another environment."""
    processes = [process for own in _SPARE.values() for process in own]
    _SPARE.clear()
    for process in processes:
        process.kill("is not needed")
    for process in processes:
        process.close()


def _send(process: WorkerProcess, message: bytes | None) -> WorkerProcess:
    if message is not None:
        process.send(message)
    return process


def _cpu_wait(pid: int) -> float:
    """Seconds for which a process was ready to run but had no CPU (Linux only, elsewhere 0)."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _open_stderr_file() -> IO[bytes]:
    """A temporary file for a worker's standard error; the null device if none can be created."""
    try:
        return tempfile.TemporaryFile()
    except OSError:
        return Path(os.devnull).open("r+b")


def _describe_exit(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
