"""The program a worker process runs: calls come in on standard input, answers go out on standard output.

Nothing that an engine or a library prints can reach the pipes. The worker ends when its standard input does, even in
the middle of a call: that is how it learns that its parent is gone, however that came about.
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
from audiobook.synthesis.take_meta import meta_of
from audiobook.synthesis.trimming import trimmed
from audiobook.synthesis.validation import complaint_of_samples
from audiobook.synthesis.worker_process import RemoteError, packed, read_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A take that is written but not yet in the cache: only the parent process puts it there."""

    path: str
    frames: int
    rate: int  # Hz

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.rate


def perform(speak: Callable[[Cue], Sound], workspace: str, cue: Cue) -> Draft:
    """Speak a cue, check its samples, trim it, write it out on the parent's workspace.

    Raises what `speak` does, EngineError, DeliveryError.
    """
    sound = trimmed(speak(cue))
    wrong = complaint_of_samples(sound, cue)  # of its length the parent judges, who knows the pace of the voice
    if wrong is not None:
        raise EngineError(wrong)
    path = draft_in(workspace, sound.pcm, meta_of(sound), read_once=True)
    return Draft(path=path, frames=sound.frames, rate=sound.rate)


READY = "ready"  # the first message: imports are done, calls may come
_PR_SET_PDEATHSIG = 1  # of Linux's prctl


def main() -> None:
    """Answer calls until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    _end_with_parent()
    process_tuning.keep_freed_memory()
    calls, answers = _private_pipes()
    waiting: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_receive, args=(calls, waiting), daemon=True).start()
    answers.write(packed(READY))
    while True:
        answers.write(_answer(waiting.get()))


def _end_with_parent() -> None:
    """On Linux the system sees to it, also where an engine lets no other thread of ours run to see the pipe end.

    The parent is the thread that started us, and that one stays until it has seen us off.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _private_pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes, moved to where no print finds them."""
    calls, answers = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  # Windows only

        for handle in (calls, answers):
            msvcrt.setmode(handle, os.O_BINARY)
    return os.fdopen(calls, "rb"), os.fdopen(answers, "wb", buffering=0)


def _receive(calls: BinaryIO, waiting: "SimpleQueue[bytes]") -> None:
    while (body := read_body(calls)) is not None:
        waiting.put(body)
    os._exit(0)


def _answer(body: bytes) -> bytes:
    """(True, what the call returned) or (False, what it raised)."""
    try:
        call, args, options = pickle.loads(body)  # noqa: S301  # from our own parent
        return packed((True, call(*args, **options)))
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever a call raises is its answer
        return packed((False, RemoteError(_portable(error), error)))


def _portable(error: BaseException) -> Exception:
    """The error, or its words where it does not survive the way or would end the parent."""
    words = RuntimeError(f"{type(error).__name__}: {error}")
    if not isinstance(error, Exception):
        return words
    try:
        copy: Any = pickle.loads(pickle.dumps(error))  # noqa: S301  # just made
    except Exception:  # noqa: BLE001  # pickling runs the error's own code
        copy = None
    return error if type(copy) is type(error) else words


if __name__ == "__main__":
    main()
