"""Measure wall time, CPU time and peak memory of a command with all its descendants (Linux: /proc)."""

import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SELDOM = 1.0  # seconds between memory samples, each of which takes 10 ms of CPU time


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The resource usage of a command and its descendants."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: int  # bytes of the whole tree at once; pages shared between processes count once; 0 if not sampled
    code: int
    output: str


def measured(
    command: Sequence[str], environment: Mapping[str, str] | None = None, *, every: float | None = SELDOM
) -> Usage:
    """Run `command` to its end and measure its usage, with memory samples at an interval, or none."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    peaks = [0]
    watcher = threading.Thread(target=_watch, args=(process, peaks, every))
    watcher.start()
    output, _ = process.communicate()
    wall = time.monotonic() - begun
    watcher.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Usage(wall=wall, cpu=cpu, peak=peaks[0], code=process.returncode, output=output)


def _watch(process: "subprocess.Popen[str]", peaks: list[int], every: float | None) -> None:
    while every is not None and process.poll() is None:
        peaks[0] = max(peaks[0], sum(_memory(pid) for pid in _tree(process.pid)))
        time.sleep(every)


def _tree(root: int) -> list[int]:
    """The process and all its descendants, found by the parent in each stat file."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended meanwhile
        children.setdefault(parent, []).append(int(stat.parent.name))
    found, queue = [], [root]
    while queue:
        found.append(queue.pop())
        queue += children.get(found[-1], [])
    return found


def _memory(pid: int) -> int:
    """Proportional set size: a page shared by three processes counts a third in each."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
