"""The only starter of ffmpeg: finds one that can do what we need, runs it, and puts its words into the error."""

import functools
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from audiobook.errors import DeliveryError, MissingToolError

NEEDED_ENCODER = "libmp3lame"
_INSTALL_HINT = "install one with: pip install imageio-ffmpeg"


@functools.cache
def find() -> Path:
    """The ffmpeg to use: one on the PATH that can write MP3, else the wheel's. Raises MissingToolError."""
    for candidate in (shutil.which("ffmpeg"), _from_wheel()):
        if candidate and _fits(candidate):
            return Path(candidate)
    raise MissingToolError("no ffmpeg that can write MP3 was found", hint=_INSTALL_HINT)


def _from_wheel() -> str | None:
    try:
        import imageio_ffmpeg  # noqa: PLC0415  # not needed where the system has one

        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return None


def _fits(program: str) -> bool:
    try:
        listing = subprocess.run(
            [program, "-hide_banner", "-encoders"], capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return NEEDED_ENCODER in listing.stdout


def start(arguments: Sequence[str | os.PathLike[str]], *, stdin: int | None = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """A running ffmpeg with its stdout and stderr piped; `finish` waits for it and checks it."""
    command = [str(find()), "-hide_banner", "-nostdin", "-loglevel", "error", *map(os.fspath, arguments)]
    return subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def run(arguments: Sequence[str | os.PathLike[str]], *, data: bytes | None = None, loglevel: str = "error") -> tuple[bytes, str]:
    """Run ffmpeg to its end with `data` on its standard input; returns (stdout, stderr). Raises DeliveryError."""
    command = [str(find()), "-hide_banner", "-nostdin", "-loglevel", loglevel, *map(os.fspath, arguments)]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    talk = done.stderr.decode("utf-8", "replace")
    if done.returncode:
        raise DeliveryError(f"ffmpeg failed ({done.returncode}): {last_line(talk)}", hint="run with --debug to see its command")
    return done.stdout, talk


def last_line(talk: str) -> str:
    """The last thing a program said, which is mostly the reason it stopped."""
    lines = [line.strip() for line in talk.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
