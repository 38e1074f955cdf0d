"""Full and read-only disks."""

import random
from contextlib import suppress
from pathlib import Path

from tools.faults.building import Result, Running, Site
from tools.faults.places import Disk, ImpossibleHereError, disk, refusal, site_on, size_of, success
from tools.faults.verdicts import Undisturbed, Verdict, aftermath

_PAGE = 4096  # bytes, the smallest disk
_ROOM = 1 << 28  # bytes, enough for everything
_FULL = "no space left on device"
_LITTLE = 0.02, 0.95  # smallest and largest share of the required space that a small disk has


def full_cache(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The disk of the cache is full, from the start or during the build."""
    share = moments.choice((0.0, moments.uniform(*_LITTLE)))
    size = max(_PAGE, int(share * _kept(like)))
    with disk(folder / "disk", size=size) as small:
        site = site_on(like, folder / "site", cache=small.root / "cache")
        build, result = _built(site)
        complaints = [*refusal(site, result, 8, f"cache folder cannot be written: {_FULL}", "cache --prune")]
        small.change(size=_ROOM)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"cache on a disk of {size} bytes", code=result.code, complaints=tuple(complaints))


def full_output(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The output folder's disk becomes full, from the start or while the file is written."""
    share = moments.choice((0.0, moments.uniform(*_LITTLE)))
    size = max(_PAGE, int(share * like.site.output.stat().st_size))
    with disk(folder / "disk", size=size) as small:
        site = site_on(like, folder / "site", output=small.root)
        build, result = _built(site)
        complaints = [*refusal(site, result, 8, f"cannot write here: {_FULL}", str(site.output), "make room")]
        small.change(size=_ROOM)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"output on a disk of {size} bytes", code=result.code, complaints=tuple(complaints))


def one_small_disk(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Cache, output and temporary files share a disk, which becomes full during the build."""
    needed = _kept(like) + like.site.output.stat().st_size
    size = int(moments.uniform(*_LITTLE) * needed)
    with disk(folder / "disk", size=size) as small:
        places = {name: small.root / name for name in ("cache", "output", "temporary")}
        site = site_on(like, folder / "site", **places)
        build, result = _built(site)
        complaints = [*refusal(site, result, 8, _FULL, "make room")]
        small.change(size=_ROOM)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"everything on a disk of {size} bytes", code=result.code, complaints=tuple(complaints))


def full_temporary(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The folder for temporary files is full: the build works without it, or reports the folder."""
    size = moments.choice((_PAGE, 4 * _PAGE, 64 * _PAGE))
    with disk(folder / "disk", size=size) as small:
        if size == _PAGE:
            small.fill()
        site = site_on(like, folder / "site", temporary=small.root)
        build, result = _built(site)
        complaints = [*success(result)] if result.code == 0 else [*refusal(site, result, 8, "temporary", "TMPDIR")]
        small.change(size=_ROOM)
        (small.root / "filling").unlink(missing_ok=True)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"temporary files on {size} bytes", code=result.code, complaints=tuple(complaints))


def no_more_files(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The cache folder's disk has space, but cannot hold more files (inodes)."""
    files = moments.randint(3, 40)
    with disk(folder / "disk", nr_inodes=files) as small:
        site = site_on(like, folder / "site", cache=small.root / "cache")
        build, result = _built(site)
        complaints = [*refusal(site, result, 8, f"cache folder cannot be written: {_FULL}")]
        small.change(nr_inodes=100_000)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"a disk for {files} files", code=result.code, complaints=tuple(complaints))


def cache_turned_read_only(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The cache folder's disk becomes read-only during the build, as when a disk fails."""
    with disk(folder / "disk", size=_ROOM) as turning:
        site = site_on(like, folder / "site", cache=turning.root / "cache")
        build = site.start()
        takes = moments.randint(0, like.cues // 3)
        build.wait_for(lambda: len(site.takes()) >= takes)
        build.wait_for(lambda: _turned_read_only(turning))
        result = build.end()
        complaints = [*refusal(site, result, 8, "cache folder cannot be written: read-only")] if result.code else []
        turning.change(rw=True)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"read-only after {takes} takes", code=result.code, complaints=tuple(complaints))


def finished_cache_read_only(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """A read-only cache that contains everything is sufficient for a build."""
    with disk(folder / "disk", size=_ROOM) as turning:
        site = site_on(like, folder / "site", cache=turning.root / "cache")
        site.build()
        site.output.unlink()
        turning.change(ro=True)
        build, result = _built(site)
        complaints = [*success(result)]
        if result.code == 0 and result.report["recorded"]:
            complaints.append(f"{result.report['recorded']} cues were spoken again")
        turning.change(rw=True)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a read-only cache with everything in it", code=result.code, complaints=tuple(complaints))


def read_only_output(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The output folder's disk is read-only."""
    with disk(folder / "disk", size=_ROOM) as turning:
        site = site_on(like, folder / "site", output=turning.root)
        turning.change(ro=True)
        build, result = _built(site)
        complaints = [*refusal(site, result, 8, "cannot write here", str(site.output))]
        if site.takes():
            complaints.append("it spoke before it looked")
        turning.change(rw=True)
        complaints += aftermath(site, build.pid, like)
    return Verdict(fault="a read-only output folder", code=result.code, complaints=tuple(complaints))


def _turned_read_only(turning: Disk) -> bool:
    """Whether this succeeded; it fails while a file is open for writing."""
    with suppress(ImpossibleHereError):
        turning.change(ro=True)
        return True
    return False


def _kept(like: Undisturbed) -> int:
    return size_of(like.site.cache)


def _built(site: Site) -> tuple[Running, Result]:
    build = site.start()
    return build, build.end()
