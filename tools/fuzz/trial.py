"""Run one case with limits: only declared errors, bounded time and memory, and no files outside one folder."""

import hashlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

SECONDS = 2.0  # of CPU time for a case …
SECONDS_A_BYTE = 2.0 / 100_000  # … and for each of its bytes
MOST_MEMORY = 500 << 20  # bytes resident
_ADDRESSES = 4 << 30  # bytes of address space, the hard limit
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_TOUCHING = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.link", "os.truncate", "os.chmod"}
_NEVER = {"os.system", "os.exec", "socket.connect", "socket.getaddrinfo", "urllib.Request"}

Run = Callable[[bytes, Path], None]


class HangError(BaseException):
    """The case exceeded its time. Not an Exception, so that no parser catches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A case that broke a limit or an invariant."""

    kind: str  # "ValueError", "hang", "memory", "file"
    where: str  # the innermost line of this project
    story: str  # the traceback, or what was measured
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """A file name. The same finding of another case has the same prefix."""
        place = hashlib.blake2b(f"{self.kind}{self.where}".encode(), digest_size=4).hexdigest()
        return f"{self.kind}-{place}-{hashlib.blake2b(self.data, digest_size=4).hexdigest()}"


class Trial:
    """Runs cases one after the other in this process."""

    def __init__(
        self, run: Run, declared: tuple[type[Exception], ...], *, patience: float = 1.0, memory: int = MOST_MEMORY
    ) -> None:
        """With `patience` times the usual seconds, and so many bytes of memory, for a case."""
        self._run, self._declared, self._patience, self._memory = run, declared, patience, memory
        self._watching = False
        self._touched: list[str] = []
        self.folder = Path(tempfile.mkdtemp(prefix="audiobook-fuzz-"))
        tempfile.tempdir = str(self.folder)
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, resource.getrlimit(resource.RLIMIT_AS)[1]))
        signal.signal(signal.SIGPROF, _give_up)
        sys.addaudithook(self._audit)

    def close(self) -> None:
        """Remove the folder."""
        tempfile.tempdir = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def of(self, data: bytes) -> Finding | None:
        """Run a case; returns a finding, or None."""
        self._touched.clear()
        _forget_peak()
        seconds = (SECONDS + SECONDS_A_BYTE * len(data)) * self._patience
        found = self._guarded(data, seconds)
        if not found and self._touched:
            found = Finding(kind="file", where=self._touched[0], story="\n".join(self._touched), data=data)
        peak = _peak()
        if not found and peak > self._memory:
            found = Finding(kind="memory", where="", story=f"{peak >> 20} MB resident", data=data)
        return found

    def _guarded(self, data: bytes, seconds: float) -> Finding | None:
        try:
            with self._watched(seconds):
                self._run(data, self.folder)
        except self._declared:
            return None
        except HangError as error:
            story = f"more than {seconds:.1f} s of CPU for {len(data)} bytes\n{_story(error)}"
            return Finding(kind="hang", where=_innermost(error), story=story, data=data)
        except Exception as error:  # noqa: BLE001  # which is the finding
            return Finding(kind=type(error).__name__, where=_innermost(error), story=_story(error), data=data)
        return None

    @contextmanager
    def _watched(self, seconds: float) -> Iterator[None]:
        self._watching = True
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            self._watching = False

    def _audit(self, event: str, args: tuple[object, ...]) -> None:
        if not self._watching:
            return
        if event in _NEVER or (event == "open" and _writes(args)) or event in _TOUCHING:
            path = args[0] if args else ""
            named = os.fsdecode(path) if isinstance(path, str | bytes) else str(path)
            if isinstance(path, int) or (event not in _NEVER and self._is_ours(named)):
                return
            self._touched.append(f"{event} {named}")

    def _is_ours(self, path: str) -> bool:
        return path == os.devnull or Path(os.path.normpath(Path(path).absolute())).is_relative_to(self.folder)


def _writes(args: tuple[object, ...]) -> bool:
    flags = args[2] if len(args) > 2 else 0
    return isinstance(flags, int) and bool(flags & _WRITING)


def _give_up(number: int, frame: FrameType | None) -> None:
    raise HangError


def _story(error: BaseException) -> str:
    lines = "".join(traceback.format_exception(error)).splitlines()
    return "\n".join(lines if len(lines) <= 80 else [*lines[:30], "…", *lines[-50:]])


def _innermost(error: BaseException) -> str:
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "/audiobook/" in f.filename]
    frames = frames or traceback.extract_tb(error.__traceback__)[-1:]
    return f"{Path(frames[-1].filename).name}:{frames[-1].name}" if frames else ""


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """The peak of resident memory since the last reset, in bytes."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
