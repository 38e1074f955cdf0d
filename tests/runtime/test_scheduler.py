"""A build's threads have long turns on their cores, whatever starts them, and no library adds threads of its own."""

import ctypes
import os
import platform
import subprocess
import sys

import pytest

from audiobook.runtime import process_tuning

GETATTR = {"x86_64": 315, "aarch64": 275}.get(platform.machine())  # the number of `sched_getattr`


def heeds_turns() -> bool:
    """Whether this is a Linux that can be asked for longer turns: since 6.12."""
    if sys.platform != "linux" or GETATTR is None:
        return False
    major, minor = platform.release().split(".")[:2]
    return (int(major), int(minor)) >= (6, 12)


needs_turns = pytest.mark.skipif(not heeds_turns(), reason="this system gives every thread the same turns")

TAKEN = """
import os, subprocess, sys
from audiobook.runtime import process_tuning as scheduler
turn, scheduler.TURN = scheduler.TURN, 0  # what is usual: whoever runs the tests may have long turns
scheduler.take_long_turns()
scheduler.TURN = turn
os.nice(3)
{action}
code = "from tests.runtime.test_scheduler import attributes; print(*attributes())"
subprocess.run([sys.executable, "-c", code], check=True)
"""


def attributes() -> tuple[int, int, int]:
    """(policy, niceness, nanoseconds of a turn) of the calling thread."""
    seen = ctypes.create_string_buffer(process_tuning.ATTRIBUTES.size)
    assert ctypes.CDLL(None).syscall(GETATTR, 0, seen, len(seen), 0) == 0
    _, policy, _, niceness, _, turn, _, _ = process_tuning.ATTRIBUTES.unpack(seen.raw)
    return policy, niceness, turn


def attributes_of_child(action: str) -> list[int]:
    """What a process has whose parent took this action."""
    program = TAKEN.format(action=action)
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    return [int(number) for number in told.split()]


@needs_turns
def test_long_turns_are_handed_down_and_a_programs_niceness_stays() -> None:
    *_, usual = attributes_of_child("")
    policy, niceness, turn = attributes_of_child("scheduler.take_long_turns()")
    assert (policy, niceness) == (os.SCHED_OTHER, min(os.nice(0) + 3, 19))
    assert turn == process_tuning.TURN > usual


@needs_turns
def test_a_way_of_scheduling_that_somebody_chose_stays() -> None:
    policy, niceness, turn = attributes_of_child(
        "os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)); scheduler.take_long_turns()"
    )
    assert (policy, niceness) == (os.SCHED_BATCH, min(os.nice(0) + 3, 19))
    assert turn < process_tuning.TURN


def test_where_nobody_can_be_asked_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", None)
    for system, machine, largest in (
        ("darwin", "arm64", 2**63 - 1),
        ("win32", "AMD64", 2**63 - 1),
        ("linux", "riscv64", 2**63 - 1),
        ("linux", "x86_64", 2**31 - 1),
    ):
        monkeypatch.setattr(sys, "platform", system)
        monkeypatch.setattr(sys, "maxsize", largest)
        monkeypatch.setattr(platform, "machine", lambda machine=machine: machine)
        process_tuning.take_long_turns()


THREADS = """
import os
from audiobook.runtime import process_tuning as scheduler
scheduler.start_no_blas_threads()
import numpy
print(os.environ["OPENBLAS_NUM_THREADS"], len(os.listdir("/proc/self/task")))
"""


def threads_with_numpy(asked: dict[str, str]) -> list[str]:
    """How many threads OpenBLAS may have, and how many there are once numpy is loaded."""
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | asked
    program = [sys.executable, "-c", THREADS]
    return subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in Linux's /proc")
def test_numpy_adds_no_threads_unless_somebody_asked_for_them() -> None:
    assert threads_with_numpy({}) == ["1", "1"]
    assert threads_with_numpy({"OPENBLAS_NUM_THREADS": "2"})[0] == "2"
