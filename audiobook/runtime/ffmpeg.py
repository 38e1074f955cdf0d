"""The only starter of ffmpeg: finds one that can do what we need, runs it, and puts its words into the error."""

import functools
import importlib.util
import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar

from audiobook.errors import DeliveryError, MissingToolError

NEEDED_ENCODER = "libmp3lame"
TIMEOUT = 600.0  # seconds after which a silent ffmpeg counts as hung; the slowest segment takes a hundredth of it
TRIES = 3  # of what a killed ffmpeg was at
_PROBE_TIMEOUT = 20.0
_PROBE_RATE = 22_050  # Hz
_INSTALL_HINT = "install one with: pip install imageio-ffmpeg"
VARIABLE = "AUDIOBOOK_FFMPEG"  # names the ffmpeg to use

Argument = str | os.PathLike[str]  # a path object is a file; text is an option or a name that ffmpeg itself resolves
_T = TypeVar("_T")


class KilledError(DeliveryError):
    """Somebody killed an ffmpeg, or it crashed; another may well do better."""


@functools.cache
def find() -> Path:
    """The ffmpeg to use. Raises MissingToolError.

    The environment variable AUDIOBOOK_FFMPEG names one, as a path or as a program on the PATH. Without it, this is the
    ffmpeg on the PATH if it can write MP3, otherwise the one of the imageio-ffmpeg wheel.
    """
    if named := os.environ.get(VARIABLE):
        return _find_named(named)
    system = shutil.which("ffmpeg")
    if system and can_write_mp3(system):
        return Path(system)
    wheel = wheels_own()
    if wheel is not None:
        return wheel
    raise MissingToolError("no ffmpeg that can write MP3 was found", hint=_INSTALL_HINT)


def _find_named(named: str) -> Path:
    """The ffmpeg that AUDIOBOOK_FFMPEG names. No other ffmpeg takes its place. Raises MissingToolError."""
    program = shutil.which(os.path.expanduser(named))  # noqa: PTH111  # pathlib raises where there is no home folder
    if program is None:
        problem = "this is not a program that can be started"
    elif not can_write_mp3(program):
        problem = f"this ffmpeg cannot write MP3 (it needs the encoder {NEEDED_ENCODER})"
    else:
        return Path(program).absolute()
    raise MissingToolError(
        f"{VARIABLE} names {named}: {problem}",
        hint=f"set {VARIABLE} to the path of an ffmpeg, or unset it to use the one that audiobook finds itself",
    )


def wheels_own() -> Path | None:
    """The ffmpeg inside the installed imageio-ffmpeg.

    Looked up without importing the package, which would cost more than all the rest of a short build.
    """
    spec = importlib.util.find_spec("imageio_ffmpeg")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for program in sorted(Path(folder, "binaries").glob("ffmpeg-*")):
            if os.access(program, os.X_OK):
                return program
    return None


def can_write_mp3(program: str) -> bool:
    """Whether this ffmpeg makes an MP3 of samples the way we ask it to; many distributions' builds lack the encoder."""
    command = [program, "-nostdin", "-loglevel", "error", *samples_in(_PROBE_RATE)]
    command += ["-c:a", NEEDED_ENCODER, "-f", "mp3", "pipe:1"]
    try:
        done = subprocess.run(
            command, input=bytes(_PROBE_RATE), capture_output=True, timeout=_PROBE_TIMEOUT, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0 and done.stdout.startswith((b"ID3", b"\xff"))


def samples_in(sample_rate: int) -> list[str]:
    """The arguments that make an input of the mono 16-bit samples on standard input.

    A filter source (`amovie`) would save a thread, but ffmpeg before 8.1 loses nearly all samples in it.
    """
    return ["-f", "s16le", "-ac", "1", "-ar", str(sample_rate), "-i", "pipe:0"]


def version() -> str:
    """The version of the ffmpeg to use, as it states it: "7.0.2-static"."""
    said = run(["-version"])[0].decode("utf-8", "replace").split()
    return said[2] if said[:2] == ["ffmpeg", "version"] and len(said) > 2 else "of unknown version"


def fingerprint() -> str:
    """A short text that differs between two builds of ffmpeg, found without starting it."""
    program = find().resolve()
    return f"{program.name} {program.stat().st_size}"


def retried(work: Callable[[], _T]) -> _T:
    """What `work` gives, begun anew where an ffmpeg in it was killed, as the system does when memory is short.

    Raises what `work` raises; KilledError the third time.
    """
    for _ in range(TRIES - 1):
        with suppress(KilledError):
            return work()
    return work()


def run(arguments: Sequence[Argument], *, loglevel: str = "error", timeout: float = TIMEOUT) -> tuple[bytes, str]:
    """Run ffmpeg to its end; returns (stdout, stderr). Raises DeliveryError where it fails or hangs."""
    return retried(lambda: _ran(arguments, loglevel, timeout))


def _ran(arguments: Sequence[Argument], loglevel: str, timeout: float) -> tuple[bytes, str]:
    try:
        done = subprocess.run(
            _command(arguments, loglevel), stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _hung(timeout) from error
    talk = done.stderr.decode("utf-8", "replace")
    _check(done.returncode, talk)
    return done.stdout, talk


def pipe(arguments: Sequence[Argument], chunks: Iterable[bytes], *, timeout: float = TIMEOUT) -> bytes:
    """What ffmpeg writes to its standard output when fed with `chunks` on its standard input.

    Its output is read meanwhile, so that neither side ever waits for the other, and no disk can be too full for it.
    Should this process be killed, ffmpeg sees its input end and ends too. Raises DeliveryError where it fails or hangs,
    KilledError where it was killed, and whatever `chunks` raises.
    """
    with _started(arguments, timeout) as process:
        output, talk = _Gathering(process.stdout), _Gathering(process.stderr)
        _feed(process, chunks)
    _check(process.returncode, talk.whole().decode("utf-8", "replace"))
    return output.whole()


def stream(arguments: Sequence[Argument], size: int) -> Iterator[bytes]:
    """What ffmpeg writes to its standard output, in pieces of `size` bytes; the last may be shorter.

    Ends ffmpeg where the reader stops early. Raises DeliveryError where it fails.
    """
    command = _command(arguments)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    talk = _Gathering(process.stderr)
    try:
        while process.stdout is not None and (entry := process.stdout.read(size)):
            yield entry
        process.wait()
    finally:
        process.kill()  # harmless where it has ended; needed where the reader stopped
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    _check(process.returncode, talk.whole().decode("utf-8", "replace"))


class _Gathering(threading.Thread):
    """Reads a pipe to its end, so that whoever writes into it never waits."""

    def __init__(self, pipe: IO[bytes] | None) -> None:
        super().__init__(name="gathering", daemon=True)
        self._pipe = pipe
        self._data = b""
        self.start()

    def run(self) -> None:
        """Read."""
        if self._pipe is not None:  # never: it was asked for
            with self._pipe as pipe:
                self._data = pipe.read()

    def whole(self) -> bytes:
        """All that was written; waits for the end of it."""
        self.join()
        return self._data


@contextmanager
def _started(arguments: Sequence[Argument], timeout: float) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        _command(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    overdue = threading.Event()

    def give_up() -> None:
        overdue.set()
        process.kill()

    watchdog = threading.Timer(timeout, give_up)
    watchdog.daemon = True
    watchdog.start()
    try:
        yield process
        process.wait()
    finally:
        watchdog.cancel()
        process.kill()  # harmless where it has ended; needed where `chunks` raised
        process.wait()
    if overdue.is_set():
        raise _hung(timeout)


def _feed(process: "subprocess.Popen[bytes]", chunks: Iterable[bytes]) -> None:
    stdin = process.stdin
    if stdin is None:  # never: it was asked for
        return
    try:
        for chunk in chunks:
            try:
                stdin.write(chunk)
            except BrokenPipeError:
                break  # it died; its exit code and last words say why
    finally:
        _close(stdin)


def _close(stdin: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        stdin.close()


def _command(arguments: Sequence[Argument], loglevel: str = "error") -> list[str]:
    return [
        str(find()),
        "-hide_banner",
        "-nostdin",
        "-loglevel",
        loglevel,
        *(_argument(argument) for argument in arguments),
    ]


def _argument(argument: Argument) -> str:
    """Mark a path as a file: else ffmpeg takes `Dune: Messiah/x.mp3` for a URL and `-x.mp3` for an option."""
    return argument if isinstance(argument, str) else f"file:{os.fspath(argument)}"


def _check(code: int | None, talk: str) -> None:
    if code is not None and code < 0:
        raise KilledError(
            f"ffmpeg was ended by {_signal_name(-code)}: {last_line(talk)}",
            hint="the machine may be short of memory: build again with fewer --jobs; nothing finished is made twice",
        )
    if code:
        raise DeliveryError(f"ffmpeg failed ({code}): {last_line(talk)}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _hung(timeout: float) -> DeliveryError:
    return DeliveryError(f"ffmpeg ({find()}) did not finish within {timeout:g} s and was stopped", hint="try again")


def last_line(talk: str) -> str:
    """The last thing a program said, which is mostly the reason it stopped."""
    lines = [line.strip() for line in talk.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
