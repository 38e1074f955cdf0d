"""Memory that was given back is used again, and not asked of the system anew."""

import platform
import subprocess
import sys

import pytest

SOUNDS = """
import resource
from audiobook.runtime import process_tuning as allocator
{keep}
bytes(1 << 20)
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    sound = bytes(1 << 20)
    copy = sound + b"."
    del sound, copy
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(keep: str) -> int:
    program = SOUNDS.format(keep=keep)
    return int(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library keeps memory as it sees fit")
def test_sounds_one_after_the_other_cost_few_page_faults() -> None:
    assert faults("allocator.keep_freed_memory()") < faults("") / 5
