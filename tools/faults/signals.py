"""Ctrl-C, SIGTERM and a closed terminal, at a random moment of a random command."""

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tools.faults.building import Result, Running, Site, left_behind, members
from tools.faults.verdicts import Undisturbed, Verdict, aftermath, fresh_site, plain_words

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
AT_ONCE = 2.0  # most seconds until a command ends
_MOMENTS = 12
_OURS = re.compile(r"[/\\]audiobook[/\\](?!__(?:init|main)__\.py)")  # a traceback with a line of this package
_BARE = re.compile(
    "Could not import runpy module|Fatal Python error: init_import_site"
)  # exit codes of Python before our code runs
_TWICE = 0.2  # share of the builds that get the signal repeatedly

Command = Callable[[Site], list[str]]


def _say(site: Site) -> list[str]:
    voice = "flute" if site.engine == "tone" else "en-us"
    words = ("say", "So it goes, wave after wave. " * 150, "--engine", site.engine, "--voice", voice)
    return [sys.executable, "-m", "audiobook", *words, "--output", str(site.output)]


def _script(site: Site) -> list[str]:
    written = site.output.with_suffix(".script.txt")
    return [sys.executable, "-m", "audiobook", "script", str(site.book), "--output", str(written)]


def _cast(site: Site) -> list[str]:
    return [sys.executable, "-m", "audiobook", "cast", str(site.book), "--engine", site.engine]


COMMANDS: dict[str, Command] = {"build": Site.command, "script": _script, "cast": _cast, "say": _say}


def stopped(folder: Path, like: Undisturbed, moments: random.Random, number: signal.Signals, name: str) -> Verdict:
    """Send the signal to a command at a random moment."""
    length = like.seconds if name == "build" else _length(fresh_site(like, folder / "length"), name)
    for attempt in range(_MOMENTS):
        site = fresh_site(like, folder / str(attempt))
        at = moments.uniform(0, length)
        command = site.start(command=COMMANDS[name](site))
        command.wait_for(lambda: time.monotonic() - command.began >= at)  # noqa: B023  # used up within the turn
        asked = _send(command, number, moments)
        result = command.end()
        took = time.monotonic() - asked
        if result.code == 0 or was_too_early(result):
            continue
        complaints = [*_ended_well(result, number, took), *_left_nothing(site, command, name, like)]
        return Verdict(
            fault=f"{name} stopped by {number.name} after {at:.3f} s, in {took:.2f} s",
            code=result.code,
            complaints=tuple(complaints),
        )
    raise RuntimeError(f"every {name} was over before it could be stopped")


def _length(site: Site, name: str) -> float:
    result = site.start(command=COMMANDS[name](site)).end()
    if result.code:
        raise RuntimeError(result.err)
    return result.seconds


def _send(command: Running, number: signal.Signals, moments: random.Random) -> float:
    """Send the signal as a terminal does, to all processes, or as `kill` does, to the first. Returns the time."""
    asked = time.monotonic()
    impatient = moments.random() < _TWICE
    for _ in range(20 if impatient else 1):
        with suppress(ProcessLookupError):
            (os.kill if number is signal.SIGTERM else os.killpg)(command.pid, number)
        if impatient:
            time.sleep(moments.uniform(0, 0.05))
    return asked


def was_too_early(result: Result) -> bool:
    """Whether the signal came while Python was starting, before any code of this package."""
    is_bare = result.code < 0 or _BARE.search(result.err) is not None
    return is_bare and _OURS.search(result.err) is None


def _ended_well(result: Result, number: signal.Signals, took: float) -> Iterator[str]:
    if result.code != CODES[number]:
        yield f"it ends with {result.code}"
    if took > AT_ONCE:
        yield f"it takes {took:.2f} s"
    yield from plain_words(result)
    if result.err.count("Stopped.") != 1 or len(result.err.strip().splitlines()) != 1:
        yield f"it says {result.err.strip()!r}"


def _left_nothing(site: Site, command: Running, name: str, like: Undisturbed) -> Iterator[str]:
    if name == "build":
        yield from aftermath(site, command.pid, like)
        return
    if left_behind(command.pid):
        yield f"{len(members(command.pid))} processes live on"
    again = site.start(command=COMMANDS[name](site)).end()
    if again.code:
        yield f"the next {name} ends with {again.code}: {again.err.strip()}"
    leftover_files = [path for path in site.leftover_files() if path.suffix != ".txt"]
    if leftover_files:
        yield f"leftover files: {', '.join(path.name for path in leftover_files)}"
