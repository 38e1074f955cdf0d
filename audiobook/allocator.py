"""How the C library keeps memory that was given back: for the next sound, instead of handing it to the system at once.

glibc asks the system for every block of some size and gives it back when it is free. A sound is such a block: each copy
of each take then has its pages cleared and mapped anew, a twentieth of the CPU of a build under a hypervisor.
"""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # of glibc's malloc.h
_LARGEST = 32 << 20  # bytes; the most that glibc allows for blocks it keeps, two minutes of sound are 5 MB


def keep_freed_memory() -> None:
    """Have this process hold on to so much of it; where the C library is another, nothing changes."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGEST)
        mallopt(_TRIM_THRESHOLD, _LARGEST)
