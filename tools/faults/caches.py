"""Delete, prune or damage the cache during a build or between builds."""

import os
import random
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from audiobook.runtime.cache import VERSION
from tools.faults.building import Site
from tools.faults.places import site_on, success
from tools.faults.verdicts import Undisturbed, Verdict, aftermath

KINDS = ("takes", "segments", "levels", "scripts", "covers", "results")
_LEAST = 28  # bytes of the header of a cache record
_OFTEN = 0.03  # seconds between repeated deletions
_SPENT = (
    "finished work is gone from the cache folder"  # allowed exit codes of a build whose cache is deleted repeatedly
)


def deleted(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The whole cache folder is deleted in the middle of a build."""
    return _struck(folder, like, moments, "the cache deleted", _delete)


def pruned(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """`audiobook cache --prune all` runs during a build."""

    def prune(site: Site) -> None:
        site.start(command=[sys.executable, "-m", "audiobook", "cache", "--prune", "all"]).end()

    return _struck(folder, like, moments, "all pruned", prune)


def deleted_pieces(folder: Path, like: Undisturbed, moments: random.Random, kind: str) -> Verdict:
    """Finished work of one kind is deleted in the middle of a build."""

    def delete(site: Site) -> None:
        shutil.rmtree(site.cache / VERSION / kind, ignore_errors=True)

    return _struck(folder, like, moments, f"all {kind} deleted", delete)


def _struck(
    folder: Path, like: Undisturbed, moments: random.Random, fault: str, strike: Callable[[Site], object]
) -> Verdict:
    site = site_on(like, folder)
    at = moments.uniform(0.1, like.seconds)
    build = site.start()
    build.wait_for(lambda: time.monotonic() - build.began >= at)
    strike(site)
    result = build.end()
    complaints = (*success(result), *_sounds_right(site, like), *aftermath(site, build.pid, like))
    return Verdict(fault=f"{fault} after {at:.2f} s", code=result.code, complaints=complaints)


def under_fire(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """The cache folder is deleted repeatedly during the build, which may give up with a clear message."""
    site = site_on(like, folder)
    build = site.start()
    with _again_and_again(lambda: _delete(site)):
        result = build.end()
    allowed = result.code == 8 and (_SPENT in result.err or "cache folder cannot be written" in result.err)
    lost = result.code == 6 and _SPENT in result.err
    complaints = [] if allowed or lost else [*success(result)]
    if result.code == 0:
        complaints += _sounds_right(site, like)
    elif site.output.exists():
        complaints.append("something stands under the final name")
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="the cache deleted all the time", code=result.code, complaints=tuple(complaints))


def damaged(folder: Path, like: Undisturbed, moments: random.Random, kind: str) -> Verdict:
    """Records of one kind are damaged between two builds: each is a miss and is made again."""
    site = site_on(like, folder)
    site.build()
    pieces = sorted((site.cache / VERSION / kind).glob("*/*"))
    hit = moments.sample(pieces, min(len(pieces), moments.randint(1, 6)))
    ways = [_damage(path, moments) for path in hit]
    if kind != "results":
        site.output.unlink()
    if kind in {"takes", "levels"}:
        shutil.rmtree(site.cache / VERSION / "segments")
    before = site.takes()
    build = site.start()
    result = build.end()
    complaints = [*success(result), *_sounds_right(site, like)]
    if result.code == 0 and kind == "takes":
        remade = {key for key, status in site.takes().items() if before.get(key) != status}
        if not remade <= {path.name for path in hit}:  # the calibration take of a voice is not read again
            complaints.append(f"{len(remade)} takes were made again for {len(hit)}")
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"{kind} {', '.join(ways)}", code=result.code, complaints=tuple(complaints))


def of_another_version(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Takes of another version of the program are stored beside ours, and in place of some."""
    site = site_on(like, folder)
    site.build()
    for path in moments.sample(sorted(site.cache.glob(f"{VERSION}/takes/*/*")), 5):
        path.write_bytes(path.read_bytes().replace(b"fullcst1", b"fullcst2"))
    shutil.copytree(site.cache / VERSION, site.cache / "v0")
    shutil.copytree(site.cache / VERSION, site.cache / "v99")
    shutil.rmtree(site.cache / VERSION / "segments")
    site.output.unlink()
    build = site.start()
    result = build.end()
    complaints = [*success(result), *_sounds_right(site, like)]
    if result.code == 0 and result.report["recorded"] > 5:
        complaints.append(f"{result.report['recorded']} cues were spoken for 5 takes")
    for other in ("v0", "v99"):
        shutil.rmtree(site.cache / other)
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="5 takes of another version", code=result.code, complaints=tuple(complaints))


def odd_dates(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """All files have dates between 1970 and 2100, as after clock errors or a copy: this has no effect."""
    site = site_on(like, folder)
    site.build()
    for path in site.cache.rglob("*"):
        os.utime(path, (moments.uniform(0, 4.1e9),) * 2)
    shutil.rmtree(site.cache / VERSION / "segments")
    build = site.start()
    result = build.end()
    complaints = [*success(result), *_sounds_right(site, like)]
    if result.code == 0 and result.report["recorded"]:
        complaints.append(f"{result.report['recorded']} cues were spoken again")
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="dates from 1970 to 2100", code=result.code, complaints=tuple(complaints))


def _damage(path: Path, moments: random.Random) -> str:
    """Damage a record; returns a description."""
    content = bytearray(path.read_bytes())
    way = moments.choice(("flipped", "sound flipped", "emptied", "cut", "lengthened", "garbage", "zeroed"))
    if way == "flipped":
        at = moments.randrange(len(content))
        content[at] ^= 1 << moments.randrange(8)
    elif way == "sound flipped":
        at = moments.randrange(min(_LEAST + 60, len(content) - 1), len(content))
        content[at] ^= 1 << moments.randrange(8)
    elif way == "emptied":
        content.clear()
    elif way == "cut":
        del content[moments.randrange(len(content)) :]
    elif way == "lengthened":
        content += moments.randbytes(moments.randint(1, 5_000))
    elif way == "garbage":
        content = bytearray(moments.randbytes(len(content)))
    else:
        content = bytearray(len(content))
    status = path.stat()
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))  # as a disk does: the file date does not change
    return way


def _sounds_right(site: Site, like: Undisturbed) -> Iterator[str]:
    if like.sound is not None and (not site.output.exists() or site.output.read_bytes() != like.sound):
        yield "the sound is not the undisturbed build's"


def _delete(site: Site) -> None:
    shutil.rmtree(site.cache, ignore_errors=True)


@contextmanager
def _again_and_again(strike: Callable[[], object]) -> Iterator[None]:
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(_OFTEN):
            with suppress(OSError):
                strike()

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


damaged_each = {kind: partial(damaged, kind=kind) for kind in KINDS}
deleted_each = {kind: partial(deleted_pieces, kind=kind) for kind in KINDS}
