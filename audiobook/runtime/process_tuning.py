"""How this process uses memory and cores: freed memory is kept, and threads run in long turns.

glibc asks the system for every block of some size and gives it back when it is free. A sound is such a block: each copy
of each take then has its pages cleared and mapped anew, a twentieth of the CPU of a build under a hypervisor.

There are more at work than there are cores: some speak, some encode. In the few milliseconds that Linux gives each
before it is the next one's turn, each finds in its core's cache what another was at. In longer turns the same work
takes three hundredths less of the CPU; nobody has more or less of it than before. And nobody needs threads besides
those that a build has counted.
"""

import ctypes
import os
import platform
import struct
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
_LARGEST = 32 << 20  # bytes; the most that glibc allows for blocks it keeps, two minutes of sound are 5 MB


def keep_freed_memory() -> None:
    """Have this process hold on to so much of it; where the C library is another, nothing changes."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGEST)
        mallopt(_TRIM_THRESHOLD, _LARGEST)


TURN = 50_000_000  # nanoseconds; Linux allows a tenth of a millisecond to 100
ATTRIBUTES = struct.Struct("<IIQiIQQQ")  # Linux's `sched_attr`: size, policy, flags, nice, priority, turn, two more

_CALLS = {"x86_64": 314, "aarch64": 274}  # of machines, the number of `sched_setattr`: C libraries have no name for it
_BLAS_THREADS = "OPENBLAS_NUM_THREADS"  # read when numpy is loaded


def start_no_blas_threads() -> None:
    """Have numpy, in this process and those it starts from now on, make do with the threads that are there.

    Its OpenBLAS starts one for every further core as soon as it is loaded, and each looks out for work for a tenth of a
    second. What somebody asked for stays.
    """
    os.environ.setdefault(_BLAS_THREADS, "1")


def take_long_turns() -> None:
    """Let the calling thread, and all that it starts from now on, go on for longer once they have a core.

    Only Linux can be asked, and heeds it from 6.12 on; elsewhere, and where somebody chose how we are scheduled,
    nothing changes.
    """
    is_ours = sys.platform == "linux" and sys.maxsize > 2**32  # a 32-bit process has other numbers
    number = _CALLS.get(platform.machine()) if is_ours else None
    if number is None or os.sched_getscheduler(0) != os.SCHED_OTHER:
        return
    niceness = os.getpriority(os.PRIO_PROCESS, 0)
    wish = ATTRIBUTES.pack(ATTRIBUTES.size, os.SCHED_OTHER, 0, niceness, 0, TURN, 0, 0)
    ctypes.CDLL(None).syscall(number, 0, wish, 0)
