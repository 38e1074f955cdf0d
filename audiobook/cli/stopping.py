"""Ctrl-C, SIGTERM and a terminal that is closed: whatever the program is at, it ends in a moment, in one sentence.

A signal raises `Stopped` in the main thread, which unwinds everything, so that workers end and half-made files go. That
may fail: the main thread may be deep in a library that answers nobody, or the exception may be caught by somebody it
was not meant for. So a thread that the system wakes at once sees to it that the program ends in time. Nothing is lost
by that either: whatever is finished is on the shelf already, and the workers end with their parent.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from audiobook.errors import EXIT_STOPPED

GRACE = 1.0  # seconds that unwinding may take
_FAREWELL = "Stopped. Everything finished so far is kept: run the same command again to go on.\n"
_SHOW_CURSOR = "\x1b[?25h\n"  # a progress bar that is not taken down leaves it hidden
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # the last is unknown to Windows


class Stopped(BaseException):
    """The program was told to end.

    Not a KeyboardInterrupt: typer would swallow that, and with it what we have to say.
    """


class _State:
    """What signals find, whenever they come."""

    unwinding = False  # whether somebody waits for `Stopped`
    asked = 0  # the signal that asked us to end; 0: none has
    stopping = False  # whether the main thread knows
    is_quiet: Callable[[], bool] = staticmethod(lambda: False)
    farewell = threading.Lock()  # taken for good by whoever says it


def listen() -> None:
    """From now on a signal ends the program at once, with our words and exit code; later see `unwind`.

    A signal that whoever started us wants to be ignored, as `nohup` does, stays ignored.
    """
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    ear, bell = os.pipe()
    if sys.platform != "win32":
        os.set_blocking(bell, False)
    signal.set_wakeup_fd(bell, warn_on_full_buffer=False)  # rung by the system itself, whatever Python is at
    threading.Thread(target=_make_sure, args=(ear,), name="stopping", daemon=True).start()


def unwind(is_quiet: Callable[[], bool]) -> None:
    """From now on a signal raises `Stopped`, and whoever catches it calls `leave`.

    `is_quiet` tells whether the user wants to hear nothing.
    """
    _State.is_quiet = staticmethod(is_quiet)
    _State.unwinding = True
    sys.unraisablehook = _unraisable


def was_asked() -> bool:
    """Whether a signal has come: then whatever else happens is a part of ending."""
    return bool(_State.asked)


def leave() -> NoReturn:
    """Say farewell and end, with the exit code that shells give to a program which a signal has ended."""
    _say_farewell()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(EXIT_STOPPED + _State.asked)


def _say_farewell() -> None:
    if _State.farewell.acquire(blocking=False) and not _State.is_quiet():
        with suppress(OSError):  # the terminal may be gone
            os.write(2, _FAREWELL.encode())


def _stop(number: int, _frame: FrameType | None) -> None:
    if _State.stopping:  # once is enough: tidying up must not be interrupted
        return
    _State.stopping = True
    _State.asked = _State.asked or number
    if not _State.unwinding:
        leave()
    raise Stopped


def _make_sure(ear: int) -> None:
    """End the program where unwinding does not, in time. Nothing here may wait for anybody."""
    _State.asked = os.read(ear, 1)[0]
    time.sleep(GRACE)
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR.encode())
    _say_farewell()
    os._exit(EXIT_STOPPED + _State.asked)


def _unraisable(unraisable: Any) -> None:
    """Python tells of exceptions that it has to swallow, as in a callback from C; of ours there is nothing to tell."""
    if not isinstance(unraisable.exc_value, Stopped):
        sys.__unraisablehook__(unraisable)
