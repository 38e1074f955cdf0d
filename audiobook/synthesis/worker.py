"""The program of a worker process: it reads calls from standard input and writes results to standard output.

Nothing that an engine or a library prints reaches these pipes. The worker ends when its standard input ends, even in
the middle of a call. So it ends whenever its parent does, for whatever reason.
"""

import ctypes
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any, BinaryIO

from audiobook.errors import EngineError
from audiobook.model.cue import Cue, Sound
from audiobook.runtime import process_tuning
from audiobook.runtime.cache import draft_in
from audiobook.synthesis.take_key import make_meta
from audiobook.synthesis.trimming import trim_silence
from audiobook.synthesis.validation import check_samples
from audiobook.synthesis.worker_process import RemoteError, pack_message, read_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A take that is written but not yet cached. Only the parent process adds it to the cache."""

    path: str
    samples: int
    sample_rate: int  # Hz

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.samples / self.sample_rate


def record_draft(speak: Callable[[Cue], Sound], workspace: str, cue: Cue) -> Draft:
    """Speak a cue, check its samples, trim it, and write it to the parent's workspace.

    Raises the errors of `speak`, EngineError and DeliveryError.
    """
    sound = trim_silence(speak(cue))
    fault = check_samples(sound, cue)  # the parent checks the duration, because it knows the voice's pace
    if fault is not None:
        raise EngineError(fault)
    path = draft_in(workspace, sound.pcm, make_meta(sound), read_once=True)
    return Draft(path=path, samples=sound.samples, sample_rate=sound.sample_rate)


READY = "ready"  # the first message: imports are done, calls are accepted
_PR_SET_PDEATHSIG = 1  # of Linux's prctl


def main() -> None:
    """Answer calls until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of the terminal; the parent decides
    _end_with_parent()
    process_tuning.keep_freed_memory()
    calls, answers = _private_pipes()
    queue: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(calls, queue), daemon=True).start()
    answers.write(pack_message(READY))
    while True:
        answers.write(_answer(queue.get()))


def _end_with_parent() -> None:
    """End this process with its parent. On Linux the kernel does this, even if an engine blocks all our threads.

    The parent is the thread that started this process; it lives until this process has ended.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Move the pipes to descriptors that print does not use."""
    calls, answers = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # Windows only

        for handle in (calls, answers):
            msvcrt.setmode(handle, os.O_BINARY)
    return os.fdopen(calls, "rb"), os.fdopen(answers, "wb", buffering=0)


def _receive(calls: BinaryIO, queue: "SimpleQueue[bytes]") -> None:
    while (body := read_body(calls)) is not None:
        queue.put(body)
    os._exit(0)


def _answer(body: bytes) -> bytes:
    """Make a call. The answer is (True, its result) or (False, its exception)."""
    try:
        call, args, options = pickle.loads(body)  # noqa: S301  # from our own parent
        return pack_message((True, call(*args, **options)))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # any exception is an answer
        return pack_message((False, RemoteError(_make_portable(error), error)))


def _make_portable(error: BaseException) -> Exception:
    """The error, or a RuntimeError with its text if it cannot be pickled or would end the parent."""
    summary = RuntimeError(f"{type(error).__name__}: {error}")
    if not isinstance(error, Exception):
        return summary
    try:
        copy: Any = pickle.loads(pickle.dumps(error))  # noqa: S301  # just made
    except Exception:  # noqa: BLE001  # pickling runs the error's own code
        copy = None
    return error if type(copy) is type(error) else summary


if __name__ == "__main__":
    main()
