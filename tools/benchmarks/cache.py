"""Measure the cost of a large cache in CPU and wall seconds: `python -m tools.benchmarks.cache --takes 200000`."""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from audiobook.runtime.cache import Cache

_SOUND = bytes(1_000)
_FINDS = 10_000


def main() -> None:
    """Fill caches of two sizes and print the cost of each operation."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.cache", description=__doc__)
    parser.add_argument("--takes", type=int, default=200_000)
    asked = parser.parse_args()
    for count in (asked.takes // 10, asked.takes):
        with tempfile.TemporaryDirectory() as folder:
            _measure(Cache(Path(folder)), count)


def _measure(cache: Cache, count: int) -> None:
    drawn = random.Random(1)
    keys = [f"{drawn.getrandbits(160):040x}" for _ in range(count)]
    print(f"\n{count:,} takes                         CPU    wall")
    _timed("filled", lambda: [cache.save("takes", key, _SOUND, {"frames": 500, "rate": 22_050}) for key in keys])
    some = drawn.sample(keys, _FINDS)
    _timed(f"{_FINDS:,} found", lambda: [cache.peek("takes", key) for key in some])
    _timed(f"{_FINDS:,} not found", lambda: [cache.peek("takes", key[::-1]) for key in some])
    _timed("swept, as each build does", cache.sweep)
    _timed("counted: audiobook cache", cache.usage)
    size = cache.usage()["takes"].size
    _timed("--prune 30d, nothing to go", lambda: cache.prune(older_than=30))
    _timed("--prune to half the size", lambda: cache.prune(to_size=size // 2))
    _timed("--prune all", lambda: cache.prune(everything=True))


def _timed(what: str, work: Callable[[], object]) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    print(f"  {what:<32} {time.process_time() - cpu:6.2f}  {time.perf_counter() - wall:6.2f}", flush=True)


if __name__ == "__main__":
    main()
