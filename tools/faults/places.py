"""Set up small, full or write-protected disks, and systems without some features."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tools.faults.building import Result, Site
from tools.faults.verdicts import Undisturbed, plain_words

# Capabilities that let root ignore file permissions; they are dropped.
_POWERS = "-dac_override,-dac_read_search"


class ImpossibleHereError(Exception):
    """This machine cannot simulate the fault."""


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system in memory."""

    root: Path

    def change(self, **options: object) -> None:
        """Mount it again with other options, such as `size` in bytes, or `ro`."""
        _mount("-o", ",".join(("remount", *_worded(options))), str(self.root))

    def fill(self) -> None:
        """Fill the disk completely."""
        with (self.root / "filling").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(1 << 16)):
                pass
        with (self.root / "filling").open("ab", buffering=0) as file, suppress(OSError):
            while file.write(b"0"):
                pass


@contextmanager
def disk(root: Path, **options: object) -> Iterator[Disk]:
    """Mount a disk with such options (tmpfs). Raises ImpossibleHereError."""
    root.mkdir(parents=True)
    _mount("-t", "tmpfs", "-o", ",".join(_worded(options)), "tmpfs", str(root))
    try:
        yield Disk(root)
    finally:
        subprocess.run(["umount", "--lazy", str(root)], check=True)


def _worded(options: dict[str, object]) -> list[str]:
    return [name if value is True else f"{name}={value}" for name, value in options.items()]


def _mount(*arguments: str) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        raise ImpossibleHereError("only root may mount")
    if shutil.which("mount") is None:
        raise ImpossibleHereError("there is no mount here")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ImpossibleHereError(f"mount: {done.stderr.strip()}")


def site_on(like: Undisturbed, folder: Path, **places: Path) -> Site:
    """The book in a new folder, whose `cache`, `output` or `temporary` folders are elsewhere."""
    folder.mkdir(parents=True)
    for name, place in places.items():
        place.mkdir(exist_ok=True)
        (folder / name).symlink_to(place)
    site = Site(folder, like.site.engine)
    shutil.copy(like.site.book, site.book)
    return site


def powerless(command: list[str]) -> list[str]:
    """Run the command without root's ability to ignore file permissions. Raises ImpossibleHereError."""
    if os.geteuid() != 0:
        return command
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise ImpossibleHereError("root ignores permissions, and there is no setpriv here")
    return [setpriv, f"--bounding-set={_POWERS}", f"--inh-caps={_POWERS}", *command]


def altered(folder: Path, code: str) -> dict[str, str]:
    """An environment in which every Python process runs this code first."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    return {"PYTHONPATH": os.pathsep.join((str(folder), *filter(None, sys.path)))}


def size_of(folder: Path) -> int:
    """The size of all files in bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def refusal(site: Site, result: Result, code: int, *words: str) -> Iterator[str]:
    """Problems, unless a build ended with this code and a message with these words, and delivered nothing."""
    yield from plain_words(result)
    if result.code != code:
        yield f"it ended with {result.code} instead of {code}: {result.err.strip()[-300:]}"
    for word in words:
        if word not in result.err:
            yield f"it does not say {word!r}: {result.err.strip()[-300:]}"
    if site.output.exists():
        yield "something stands under the final name"


def success(result: Result) -> Iterator[str]:
    """Problems, unless the build succeeded."""
    yield from plain_words(result)
    if result.code:
        yield f"it ended with {result.code}: {result.err.strip()[-300:]}"
