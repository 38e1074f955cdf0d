"""Ctrl-C and its like, at moments when Python alone would not end, or not in our words."""

import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

BEGIN = """
import ctypes, os, signal, sys, time
from audiobook.cli import signals
signals.GRACE_SECONDS = 0.2
signals.install_handlers()
"""
UNWIND = """
from audiobook.cli import boundary
signals.raise_on_signal(lambda: False)
try:
    {}
except BaseException as error:
    boundary._handle_error(error)
"""
READY = "os.write(1, b'ready')"


def stop(program: str, *numbers: signal.Signals) -> tuple[int, str, float]:
    """Send a program the signals once it says `ready`; gives its exit code, what it said and how long that took."""
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(5) == b"ready"
        began = time.monotonic()
        for number in numbers:
            process.send_signal(number)
        _, said = process.communicate(timeout=20)
    return process.returncode, said.decode(), time.monotonic() - began


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=str
)
@pytest.mark.parametrize("program", [f"{READY}; time.sleep(60)", UNWIND.format(f"{READY}; time.sleep(60)")])
def test_a_signal_ends_it_in_one_sentence(program: str, number: signal.Signals, code: int) -> None:
    ended, said, took = stop(program, number)
    assert ended == code
    assert said.startswith("Stopped.")
    assert said.count("\n") == 1
    assert took < 5


def test_many_signals_are_as_good_as_one() -> None:
    slow = UNWIND.format(f"try: {READY}; time.sleep(60)\n    finally: time.sleep(0.1)")
    code, said, _ = stop(slow, *[signal.SIGINT, signal.SIGTERM, signal.SIGHUP] * 5)
    assert code in {130, 143, 129}
    assert said.count("Stopped.") == said.count("\n") == 1


@pytest.mark.parametrize(
    "deaf",
    [
        f"ctypes.CFUNCTYPE(None)(lambda: ({READY}, time.sleep(60)))()\n    time.sleep(60)",
        f"try: {READY}; time.sleep(60)\n    except BaseException: time.sleep(60)",
        f"lock = (ctypes.c_char * 64)(); {READY}\n    for _ in 'ab': ctypes.CDLL(None).pthread_mutex_lock(lock)",
    ],
    ids=["in a callback from C", "caught by other code", "deep in C"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="a lock of glibc's")
def test_whoever_swallows_the_stop_does_not_keep_the_program_alive(deaf: str) -> None:
    code, said, took = stop(UNWIND.format(deaf), signal.SIGINT)
    assert code == 130
    assert said.startswith("Stopped.")
    assert said.count("\n") == 1
    assert took < 5


def test_an_error_on_the_way_out_is_a_part_of_ending() -> None:
    code, said, _ = stop(UNWIND.format(f"try: {READY}; time.sleep(60)\n    finally: 1 / 0"), signal.SIGTERM)
    assert code == 143
    assert "ZeroDivision" not in said


def test_a_signal_that_is_to_be_ignored_is_ignored() -> None:
    ignoring = (
        "signal.signal(signal.SIGHUP, signal.SIG_IGN); " + f"signals.install_handlers(); {READY}; time.sleep(0.5)"
    )
    code, said, _ = stop(ignoring, signal.SIGHUP)
    assert (code, said) == (0, "")
