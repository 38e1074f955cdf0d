"""Ctrl-C, SIGTERM and SIGHUP: the program ends within about a second, with one sentence and a shell's exit code.

A signal raises `Stopped` in the main thread. The exception unwinds the stack, so that workers are ended and partial
files are removed. Unwinding can fail: the main thread may be blocked inside a C library, or other code may catch the
exception. So a watchdog thread, which the signal wakes through a pipe, ends the process after `GRACE_SECONDS`. No
finished work is lost: it is in the cache already, and workers exit when their parent does.
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

GRACE_SECONDS = 1.0  # how long unwinding may take
_FAREWELL = "Stopped. Everything finished so far is kept: run the same command again to go on.\n"
_SHOW_CURSOR = "\x1b[?25h\n"  # a progress bar that is not closed leaves the cursor hidden
_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Stopped(BaseException):
    """A signal asked the program to end.

    It is not a KeyboardInterrupt, because typer catches that and prints a message of its own.
    """


class _State:
    """State that the signal handler and the watchdog thread read."""

    raise_stopped = False  # whether a signal raises `Stopped`; before that it exits at once
    received = 0  # the number of the signal that came first; 0: none has come
    is_stopping = False  # whether the handler has run in the main thread
    is_quiet: Callable[[], bool] = staticmethod(lambda: False)
    farewell = threading.Lock()  # acquired once, by the thread that prints the farewell


def install_handlers() -> None:
    """Make every stop signal end the program at once, with the farewell and the exit code.

    A signal that is ignored already, as under `nohup`, stays ignored. Call `raise_on_signal` later to unwind instead.
    """
    numbers = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _handle)
    receiver, sender = os.pipe()
    if sys.platform != "win32":
        os.set_blocking(sender, False)
    signal.set_wakeup_fd(sender, warn_on_full_buffer=False)  # written in C, even while the main thread is blocked
    threading.Thread(target=_watch, args=(receiver,), name="signal watchdog", daemon=True).start()


def raise_on_signal(is_quiet: Callable[[], bool]) -> None:
    """From now on a signal raises `Stopped`; the code that catches it must call `exit_after_signal`.

    `is_quiet` tells whether --quiet is given; then no farewell is printed.
    """
    _State.is_quiet = staticmethod(is_quiet)
    _State.raise_stopped = True
    sys.unraisablehook = _report_unraisable


def was_received() -> bool:
    """Whether a signal has come. Any error after it belongs to the shutdown."""
    return bool(_State.received)


def exit_after_signal() -> NoReturn:
    """Print the farewell and exit with 128 plus the signal's number, as shells do."""
    _print_farewell()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(EXIT_STOPPED + _State.received)


def _print_farewell() -> None:
    if _State.farewell.acquire(blocking=False) and not _State.is_quiet():
        with suppress(OSError):  # the terminal may be closed
            os.write(2, _FAREWELL.encode())


def _handle(number: int, _frame: FrameType | None) -> None:
    if _State.is_stopping:  # a second signal must not interrupt the cleanup
        return
    _State.is_stopping = True
    _State.received = _State.received or number
    if not _State.raise_stopped:
        exit_after_signal()
    raise Stopped


def _watch(receiver: int) -> None:
    """Wait for a signal, then end the process if unwinding has not. It must not wait for any lock."""
    _State.received = os.read(receiver, 1)[0]
    time.sleep(GRACE_SECONDS)
    with suppress(OSError):
        if os.isatty(2):
            os.write(2, _SHOW_CURSOR.encode())
    _print_farewell()
    os._exit(EXIT_STOPPED + _State.received)


def _report_unraisable(unraisable: Any) -> None:
    """Ignore a `Stopped` that Python cannot raise, as in a callback from C; report any other exception as usual."""
    if not isinstance(unraisable.exc_value, Stopped):
        sys.__unraisablehook__(unraisable)
