"""Run a real `audiobook build` in a separate process, with its own book, cache, output and temporary folder.

Afterwards, the remains of a fault can be examined: cached takes, leftover files and processes, and the result.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PARAGRAPH = (
    '"I never saw a sea like the one of {number}," said Oona, and she held on to rail {number}. "Number {number}," '
    "said Bram, who counted the waves. The ferry climbed, and fell, and climbed again, wave after wave.\n\n"
)
TIMEOUT = 120.0  # seconds; limit for a small build on a busy machine
_AFTERMATH = 5.0  # seconds that processes may outlive their parent on a busy machine


def made_book(path: Path, chapters: int = 3, paragraphs: int = 12) -> Path:
    """Write a novel with five lines per paragraph, most of which occur only once."""
    told = (
        f"CHAPTER {n}\n\n" + "".join(PARAGRAPH.format(number=n * 1000 + k) for k in range(paragraphs))
        for n in range(1, chapters + 1)
    )
    path.write_text("\n\n".join(told), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of a command."""

    code: int  # negative: the number of the signal that ended it
    out: str
    err: str
    seconds: float

    @property
    def report(self) -> dict[str, Any]:
        """The output of `--json`."""
        told: dict[str, Any] = json.loads(self.out)
        return told


@dataclass(slots=True)
class Running:
    """A running command in its own session, so that all its processes can be found."""

    process: "subprocess.Popen[str]"
    began: float = field(default_factory=time.monotonic)

    @property
    def pid(self) -> int:
        """The id of its first process, and of its session."""
        return self.process.pid

    def end(self, seconds: float = TIMEOUT) -> Result:
        """Wait for its end. Raises TimeoutExpired."""
        out, err = self.process.communicate(timeout=seconds)
        return Result(code=self.process.returncode, out=out, err=err, seconds=time.monotonic() - self.began)

    def wait_for(self, condition: Callable[[], object], seconds: float = TIMEOUT) -> bool:
        """Wait for a condition; False if the command ended first, or at a timeout."""
        until = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None or time.monotonic() > until:
                return False
            time.sleep(0.002)
        return True

    def end_all(self) -> None:
        """Kill all its remaining processes."""
        for pid in members(self.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with a book and all files of its build."""

    folder: Path
    engine: str = "tone"
    environment: Mapping[str, str] = field(default_factory=dict)  # beside what is set here anyway

    def __post_init__(self) -> None:
        for folder in (self.folder, self.output.parent, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def book(self) -> Path:
        """The book, in a folder of its own."""
        return self.folder / "book.txt"

    @property
    def cache(self) -> Path:
        """The cache's folder."""
        return self.folder / "cache"

    @property
    def output(self) -> Path:
        """The MP3, alone in its folder."""
        return self.folder / "output" / "book.mp3"

    @property
    def temporary(self) -> Path:
        """The folder for temporary files of the build."""
        return self.folder / "temporary"

    def command(self, *options: str) -> list[str]:
        """The build's command line."""
        wanted = ("--engine", self.engine, "--output", str(self.output), "--jobs", "2", "--json")
        return [sys.executable, "-m", "audiobook", "build", str(self.book), *wanted, *options]

    def start(self, *options: str, command: list[str] | None = None) -> Running:
        """Start a build, or another command with the same folders."""
        _hear_signals()
        surroundings = {"AUDIOBOOK_CACHE": str(self.cache), "TMPDIR": str(self.temporary)}
        process = subprocess.Popen(
            command or self.command(*options),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            cwd=self.folder,
            env={**os.environ, **surroundings, **self.environment},
        )
        return Running(process)

    def build(self, *options: str) -> Result:
        """Build to the end."""
        return self.start(*options).end()

    def takes(self) -> dict[str, tuple[int, int]]:
        """Every cached take: key → (inode, time of change in ns), which change when it is made again."""
        found = {}
        for path in self.cache.glob("v*/takes/*/*"):
            with suppress(FileNotFoundError):
                status = path.stat()
                found[path.name] = (status.st_ino, status.st_mtime_ns)
        return found

    def leftover_files(self) -> list[Path]:
        """Leftover files: drafts in the cache and beside the output, and temporary files."""
        beside = [path for path in self.output.parent.iterdir() if path != self.output]
        return [*self.cache.glob("v*/drafts/*"), *beside, *self.temporary.iterdir()]


def _hear_signals() -> None:
    """Restore the default handling of Ctrl-C, which background processes of a shell ignore."""
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def members(session: int) -> list[int]:
    """The running processes of a session (Linux: /proc)."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            state, _parent, _group, of = path.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state not in "ZX":
                found.append(int(path.parent.name))
    return found


def running(session: int, program: str) -> list[int]:
    """The session's processes that run a program whose name begins like that, or a Python module of that name."""
    return [pid for pid in members(session) if _runs(pid, program)]


def _runs(pid: int, program: str) -> bool:
    try:
        first, *rest = Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")
    except OSError:
        return False
    return Path(first).name.startswith(program) or ["-m", program] in [rest[at : at + 2] for at in range(3)]


def left_behind(session: int, seconds: float = _AFTERMATH) -> list[int]:
    """The processes that outlive their session's first by more than `seconds`."""
    until = time.monotonic() + seconds
    while (found := members(session)) and time.monotonic() < until:
        time.sleep(0.01)
    return found
