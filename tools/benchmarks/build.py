"""Build one book repeatedly, and time first builds, rebuilds, the first sound and the command line."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook.model.request import BuildRequest
from audiobook.model.script import NARRATOR
from audiobook.services.casting import cast_book
from tools.benchmarks.tree import SELDOM, Usage, measured

_PLAYER = "pw-play"  # the first that a build looks for, on Linux
_FIRST_SOUND = 60.0  # seconds of it
_TIMEOUT = 600.0  # seconds in which it must come
_LOOK = 0.01  # seconds between two looks
_WAVE_HEAD = 44  # bytes


@dataclass(frozen=True, slots=True)
class Bench:
    """A temporary folder with a book and its own cache."""

    folder: Path
    book: Path
    every: float | None = None  # seconds between memory samples; sampling slows down what is timed

    def run(self, *command: str) -> Usage:
        """Run a command of audiobook, or a module of these benchmarks; exits if it fails."""
        usage = measured([sys.executable, "-m", *command], self.environment, every=self.every)
        if usage.code:
            sys.exit(f"{' '.join(command)} left with {usage.code}:\n{usage.output}")
        return usage

    def looking(self, every: float = SELDOM) -> "Bench":
        """Run a command and sample its memory."""
        return replace(self, every=every)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a user, except for the cache."""
        environment = {**os.environ, "AUDIOBOOK_CACHE": str(self.cache)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the modules of a user are compiled only once
        return environment

    @property
    def cache(self) -> Path:
        """The cache of this bench."""
        return self.folder / f"cache-{max(self._caches, 1)}"

    @property
    def words(self) -> int:
        """The number of words of the book."""
        return len(self.book.read_text(encoding="utf-8").split())

    def build(self) -> "Built":
        """Build the book."""
        usage = self.run("audiobook", "build", str(self.book), "--json", "--quiet")
        return Built(usage=usage, report=json.loads(usage.output))

    def build_anew(self) -> "Built":
        """Build the book from nothing."""
        self.forget()
        return self.build()

    def forget(self) -> None:
        """Use a new cache from now on.

        The old cache is kept, because ext4 is slow to create files for minutes after many files were deleted.
        """
        (self.folder / f"cache-{self._caches + 1}").mkdir()

    @property
    def _caches(self) -> int:
        return len(list(self.folder.glob("cache-*")))

    def limit(self) -> dict[str, float]:
        """The limit of the machine for the last build; see `tools.benchmarks.limit`."""
        found: dict[str, float] = json.loads(self.run("tools.benchmarks.limit", str(self.book), "--json").output)
        found["cpu"] = found["synthesis"] + found["encoding"]
        found["wall"] = found["cpu"] / BuildRequest(book=self.book).jobs
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A build, with its resource usage and its report."""

    usage: Usage
    report: dict[str, int]


def changed_line(bench: Bench) -> Built:
    """A rebuild after one line in the middle of the book was changed, and back again."""
    text = bench.book.read_text(encoding="utf-8")
    at = text.find(" the ", len(text) // 2)
    bench.book.write_text(f"{text[:at]} that {text[at + 5 :]}", encoding="utf-8")
    built = bench.build()
    bench.book.write_text(text, encoding="utf-8")
    return built


def changed_voice(bench: Bench) -> Built:
    """A rebuild after a minor character (the last of those with five lines or more) got another voice."""
    os.environ["AUDIOBOOK_CACHE"] = str(bench.cache)
    rows = cast_book(BuildRequest(book=bench.book)).rows
    minor = [row for row in rows if row.lines >= 5 and row.name not in (NARRATOR, "(unknown)")][-1]
    pitch = 70 if minor.voice.pitch != 70 else 60
    voices = bench.book.with_suffix(".voices.toml")
    table = f"[speakers.{json.dumps(minor.name)}]\nvoice = {json.dumps(minor.voice.name)}\npitch = {pitch}\n"
    voices.write_text(table, encoding="utf-8")
    built = bench.build()
    voices.unlink()
    return built


def first_sound(bench: Bench) -> float:
    """Seconds from the start of `build --listen`, of a book never built before, until the first minute can be heard.

    The player is a fake that records its input and returns at once.
    """
    bench.forget()
    heard = bench.folder / "heard"
    heard.write_text("")
    player = bench.folder / _PLAYER
    player.write_text(f'#!/bin/sh\nwc -c < "$1" >> {heard}\n')
    player.chmod(0o755)
    path = f"{bench.folder}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "audiobook", "build", str(bench.book), "--listen", "--quiet"]
    begun = time.monotonic()
    process = subprocess.Popen(command, env={**bench.environment, "PATH": path}, stdout=subprocess.DEVNULL)
    try:
        while _seconds(heard) < _FIRST_SOUND and process.poll() is None and time.monotonic() < begun + _TIMEOUT:
            time.sleep(_LOOK)
        return time.monotonic() - begun
    finally:
        process.terminate()
        process.wait()


def _seconds(heard: Path) -> float:
    rate = BuildRequest(book=heard).encoding.sample_rate
    return sum(int(size) - _WAVE_HEAD for size in heard.read_text().split()) / 2 / rate
