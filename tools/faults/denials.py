"""Missing permissions, obstructing files, and file systems without some features."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from audiobook.runtime.cache import VERSION
from tools.faults.building import Result, Running, Site
from tools.faults.places import altered, disk, powerless, refusal, site_on, success
from tools.faults.verdicts import Undisturbed, Verdict, aftermath

_ROOM = 1 << 28  # bytes

# Code that each process runs first, to simulate file systems without these features.
_NO_LOCKS = """
import errno, fcntl
def refuse(*_): raise OSError(errno.ENOLCK, "no locks available")
fcntl.flock = fcntl.lockf = refuse
"""
_NO_FSYNC = """
import errno, os
def refuse(*_): raise OSError(errno.EINVAL, "invalid argument")
os.fsync = refuse
"""
_NO_PERMISSIONS = """
import errno, os
def refuse(*_, **__): raise OSError(errno.EPERM, "operation not permitted")
os.chmod = refuse
"""
_NO_LINKS = """
import errno, os
def refuse(*_, **__): raise OSError(errno.EPERM, "operation not permitted")
os.link = os.symlink = refuse
"""
LACKS = {"locks": _NO_LOCKS, "fsync": _NO_FSYNC, "permissions": _NO_PERMISSIONS, "links": _NO_LINKS}

# A system clock that is wrong and that jumps while the process runs.
_CLOCK = """
import random, time
real, off = time.time, {off}
time.time = lambda: real() + off + {leap} * random.choice((-1, 0, 1))
"""


def missing_part_of(folder: Path, like: Undisturbed, _moments: random.Random, what: str) -> Verdict:
    """The file system lacks locks, fsync, permissions or links: builds work without them."""
    surroundings = altered(folder / "system", LACKS[what])
    return _got_over(folder, like, f"file systems without {what}", surroundings)


def wrong_clock(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The clock is years off, and jumps by hours."""
    off, leap = moments.choice((-1, 1)) * moments.uniform(0, 3e8), moments.choice((0, 3_600, 90_000))
    surroundings = altered(folder / "system", _CLOCK.format(off=off, leap=leap))
    return _got_over(folder, like, f"a clock {off:.0f} s off that leaps by {leap} s", surroundings)


def _got_over(folder: Path, like: Undisturbed, fault: str, surroundings: dict[str, str]) -> Verdict:
    site = replace(site_on(like, folder / "site"), environment=surroundings)
    build, result = _built(site)
    complaints = (*success(result), *aftermath(site, build.pid, like))
    return Verdict(fault=fault, code=result.code, complaints=complaints)


def unreadable_book(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The book has no read permission."""
    return _denied(folder, like, lambda site: site.book, 0, (3, "cannot be read: permission denied", "book.txt"))


def unwritable_output(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The output folder has no write permission."""
    return _denied(folder, like, lambda site: site.output.parent, 0o500, (8, "cannot write here: permission denied"))


def unwritable_cache(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The cache folder is empty and has no write permission."""
    return _denied(folder, like, lambda site: site.cache, 0o500, (8, "cache folder cannot be written: permission"))


def _denied(
    folder: Path, like: Undisturbed, place: Callable[[Site], Path], mode: int, words: tuple[int, str, *tuple[str, ...]]
) -> Verdict:
    site = site_on(like, folder)
    site.cache.mkdir()
    allowed = place(site).stat().st_mode
    place(site).chmod(mode)
    build = site.start(command=powerless(site.command()))
    result = build.end()
    complaints = [*refusal(site, result, *words)]
    if site.takes():
        complaints.append("it spoke before it looked")
    place(site).chmod(allowed)
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"no permission: {words[1]}", code=result.code, complaints=tuple(complaints))


def unreadable_takes(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Some takes have no read permission, as if another user had made them: they are made again."""
    site = site_on(like, folder)
    site.build()
    for path in moments.sample(sorted(site.cache.glob("v*/takes/*/*")), 5):
        path.chmod(0)
    _forget_segments(site)
    build = site.start(command=powerless(site.command()))
    result = build.end()
    complaints = [*success(result)]
    if result.code == 0 and result.report["recorded"] > 5:
        complaints.append(f"{result.report['recorded']} cues were spoken for 5 takes")
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="5 takes that may not be read", code=result.code, complaints=tuple(complaints))


def folder_for_output(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """A folder has the name of the output file, from the start or shortly before delivery."""
    site = site_on(like, folder)
    build = site.start()
    build.wait_for(site.takes)
    site.output.mkdir()
    result = build.end()
    complaints = [*(c for c in refusal(site, result, 8, str(site.output)) if "final" not in c)]
    second = site.build()
    complaints += [c for c in refusal(site, second, 8, "this is a folder, not a file") if "final" not in c]
    site.output.rmdir()
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a folder under the output's name", code=result.code, complaints=tuple(complaints))


def protected_output(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The existing output is write-protected: it is not replaced."""
    site = site_on(like, folder)
    site.output.write_bytes(b"precious")
    site.output.chmod(0o444)
    build = site.start(command=powerless(site.command()))
    result = build.end()
    complaints = [*(c for c in refusal(site, result, 8, "write-protected", str(site.output)) if "final" not in c)]
    if site.output.read_bytes() != b"precious":
        complaints.append("it was written over")
    site.output.chmod(0o644)
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a write-protected output", code=result.code, complaints=tuple(complaints))


def linked_output(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The output is a link to a file on another disk, existing or not: the link is kept, and the file is replaced."""
    with disk(folder / "disk", size=_ROOM) as other:
        site = site_on(like, folder / "site")
        real = other.root / "real.mp3"
        if moments.random() < 0.5:
            real.write_bytes(b"an older one")
        site.output.symlink_to(real)
        build, result = _built(site)
        complaints = [*success(result), *_replaced(site, real, like)]
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a link for output", code=result.code, complaints=tuple(complaints))


def _replaced(site: Site, real: Path, like: Undisturbed) -> Iterator[str]:
    if not site.output.is_symlink():
        yield "the link is gone"
    if like.sound not in {None, real.read_bytes() if real.exists() else b""}:
        yield "the file at the end of the link is not what was built"
    if left := [path.name for path in real.parent.iterdir() if path != real]:
        yield f"leftover files: {', '.join(left)}"


def circular_output(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The output is a link to itself."""
    site = site_on(like, folder)
    site.output.symlink_to(site.output.name)
    build, result = _built(site)
    complaints = [*refusal(site, result, 8, "links", str(site.output))]
    site.output.unlink()
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a link to itself for output", code=result.code, complaints=tuple(complaints))


def output_in_use(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """A player has the older file open: it can read that file to its end."""
    site = site_on(like, folder)
    older = b"older" * 100_000
    site.output.write_bytes(older)
    with site.output.open("rb") as player:
        begun = player.read(1000)
        build, result = _built(site)
        complaints = [*success(result)]
        if begun + player.read() != older:
            complaints.append("the player's file changed under it")
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="an output that a player has open", code=result.code, complaints=tuple(complaints))


def chapters_onto_a_disk(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The folder of chapter files is on another disk than its parent folder."""
    with disk(folder / "disk", size=_ROOM) as other:
        site = site_on(like, folder / "site")
        command = [*site.command("--per-chapter")]
        command[command.index(str(site.output))] = str(other.root)
        build = site.start(command=command)
        result = build.end()
        complaints = [*success(result)]
        names = sorted(path.name for path in other.root.iterdir())
        if len(names) < 3 or any(not name.endswith((".mp3", ".m3u8")) for name in names):
            complaints.append(f"there is {names}")
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a file a chapter onto a disk's root", code=result.code, complaints=tuple(complaints))


def odd_cache(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The cache folder has a name with spaces or of other scripts, is very long or relative, or is on another disk."""
    name = moments.choice(("a b\tc", "Книги 📚 “x”", "n" * 255, "/".join(["deep" * 50] * 15), "-rf", "a'b\"c$(d)"))
    site = site_on(like, folder)
    real = site.folder / name
    real.mkdir(parents=True)
    site.cache.symlink_to(real)
    relative = moments.random() < 0.5
    odd = replace(site, environment={"AUDIOBOOK_CACHE": name if relative else str(real)})
    build, result = _built(odd)
    complaints = (*success(result), *aftermath(odd, build.pid, like))
    return Verdict(fault=f"a cache called {name[:20]!r}, relative: {relative}", code=result.code, complaints=complaints)


def cache_elsewhere(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """Cache, output and temporary files are on separate disks."""
    with (
        disk(folder / "first", size=_ROOM) as cache,
        disk(folder / "second", size=_ROOM) as output,
        disk(folder / "third", size=_ROOM) as temporary,
    ):
        site = site_on(like, folder / "site", cache=cache.root, output=output.root, temporary=temporary.root)
        build, result = _built(site)
        complaints = (*success(result), *aftermath(site, build.pid, like))
    return Verdict(fault="three disks", code=result.code, complaints=complaints)


def file_for_cache(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """A file has the name of the cache folder or of a folder in it."""
    inside = moments.choice(
        (".", *(f"{VERSION}{inside}" for inside in ("", "/takes", "/drafts", "/segments", "/scripts")))
    )
    site = site_on(like, folder)
    (site.cache / inside).parent.mkdir(parents=True, exist_ok=True)
    (site.cache / inside).write_bytes(b"in the way")
    build, result = _built(site)
    complaints = [*refusal(site, result, 8, "cache folder cannot be written", str(site.cache))]
    (site.cache / inside).unlink()
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"a file for {inside} of the cache", code=result.code, complaints=tuple(complaints))


def _forget_segments(site: Site) -> None:
    shutil.rmtree(site.cache / VERSION / "segments")
    site.output.unlink(missing_ok=True)


def _built(site: Site) -> tuple[Running, Result]:
    build = site.start()
    return build, build.end()


lacking_each = {what: partial(missing_part_of, what=what) for what in LACKS}
