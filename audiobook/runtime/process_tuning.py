"""How this process uses memory and cores: freed memory is kept, and threads run in long turns.

Memory: glibc returns every large block to the system as soon as it is freed. Sounds are large blocks, so the pages of
each copy of each take would be cleared and mapped again: 5 % of the CPU of a build on a virtual machine.

Cores: a build runs more threads than there are cores; some synthesize, some encode. With Linux's time slices of 3 ms,
each thread finds the core's cache filled by another. Slices of 50 ms take 3 % less CPU for the same work, and every
thread still gets the same share. numpy's BLAS threads would only add to the crowd, so none are started.
"""

import ctypes
import os
import platform
import struct
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
_LARGEST = 32 << 20  # bytes; the maximum that glibc allows; two minutes of sound are 5 MB


def keep_freed_memory() -> None:
    """Make glibc keep freed blocks of up to 32 MB. Does nothing with another C library."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGEST)
        mallopt(_TRIM_THRESHOLD, _LARGEST)


TURN = 50_000_000  # nanoseconds of a time slice; Linux allows 0.1 to 100 ms
ATTRIBUTES = struct.Struct("<IIQiIQQQ")  # Linux's `sched_attr`: size, policy, flags, nice, priority, turn, two more

_CALLS = {
    "x86_64": 314,
    "aarch64": 274,
}  # system call numbers of `sched_setattr`, for which C libraries have no function
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"  # read when numpy is loaded


def start_no_blas_threads() -> None:
    """Keep numpy from starting BLAS threads, in this process and its later children.

    OpenBLAS starts a thread per core when it is loaded, and each one polls for work for 0.1 s. A number that the user
    has set in the environment stays.
    """
    os.environ.setdefault(_BLAS_THREADS, "1")


def take_long_turns() -> None:
    """Request long time slices for the calling thread and for all threads and processes that it starts later.

    Needs Linux 6.12 or later. Does nothing elsewhere, or if the user has chosen a scheduling policy.
    """
    is_ours = sys.platform == "linux" and sys.maxsize > 2**32  # a 32-bit process has other call numbers
    number = _CALLS.get(platform.machine()) if is_ours else None
    if number is None or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    wish = ATTRIBUTES.pack(ATTRIBUTES.size, os.SCHED_OTHER, 0, niceness, 0, TURN, 0, 0)
    ctypes.CDLL(None).syscall(number, 0, wish, 0)
