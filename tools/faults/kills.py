"""Kill a build, a worker or an ffmpeg process, as the kernel does when memory is short."""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

from tools.faults.building import Result, Running, running
from tools.faults.verdicts import Undisturbed, Verdict, aftermath, fresh_site, plain_words

WORKER, FFMPEG = "audiobook.synthesis.worker", "ffmpeg"
_MOMENTS = (
    8  # attempts until a random moment falls into a build, because some builds are faster than the undisturbed one
)
_HELD = 0.03  # maximum seconds between finding an ffmpeg process and killing it


def killed_build(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Kill a build at a random moment, and build again."""
    for attempt in range(_MOMENTS):
        site = fresh_site(like, folder / str(attempt))
        at = moments.uniform(0, like.seconds)
        build = site.start()
        if not build.wait_for(lambda: time.monotonic() - build.began >= at):  # noqa: B023  # used up within the turn
            build.end()
            continue
        build.process.kill()
        result = build.end()
        complaints = tuple(aftermath(site, build.pid, like))
        return Verdict(fault=f"the build killed after {at:.3f} s", code=result.code, complaints=complaints)
    raise RuntimeError("every build was over before it could be killed")


def killed_helper(folder: Path, like: Undisturbed, moments: random.Random, program: str) -> Verdict:
    """Kill a worker or an ffmpeg process at a random moment: the build must succeed with a complete result."""
    for attempt in range(_MOMENTS):
        site = fresh_site(like, folder / str(attempt))
        at = moments.uniform(0, like.seconds)
        build = site.start()
        build.wait_for(lambda: time.monotonic() - build.began >= at)  # noqa: B023  # used up within the turn
        hit = _killed_one(build, program, moments)
        result = build.end()
        if hit:
            complaints = (*_survived(result), *aftermath(site, build.pid, like))
            return Verdict(fault=f"{program} killed after {at:.3f} s", code=result.code, complaints=complaints)
    raise RuntimeError(f"no {program} was ever there to be killed")


def _killed_one(build: Running, program: str, moments: random.Random) -> bool:
    """Kill the first process of a program that is found; False if none was found."""
    found: list[int] = []

    def seen() -> bool:
        found[:] = running(build.pid, program)
        return bool(found)

    if not build.wait_for(seen):
        return False
    if program == FFMPEG:
        time.sleep(moments.uniform(0, _HELD))
    with suppress(ProcessLookupError):
        os.kill(moments.choice(found), signal.SIGKILL)
        return True
    return False


def _survived(result: Result) -> list[str]:
    complaints = list(plain_words(result))
    if result.code:
        complaints.append(f"the build ended with {result.code}: {result.err.strip()[-300:]}")
    return complaints
