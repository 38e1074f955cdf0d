"""Check a build after a fault: finished work is not repeated, no files or processes are left, and the result equals
that of an undisturbed build.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audiobook.runtime.cache import VERSION
from tools.faults.building import Result, Site, left_behind, made_book

INTERNAL = ("Traceback", "Exception ignored", "this is a bug")  # must not be in messages to a user


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result of one fault."""

    fault: str  # description of the fault, with its time
    code: int  # exit code of the build; negative: the signal that ended it
    complaints: tuple[str, ...] = ()  # problems; empty: survived


@dataclass(frozen=True, slots=True, kw_only=True)
class Undisturbed:
    """A build without a fault, for comparison."""

    site: Site
    seconds: float  # its duration
    cues: int
    sound: bytes | None  # hash of its file; None if the engine is not deterministic


def undisturbed(folder: Path, engine: str, chapters: int = 3, paragraphs: int = 12) -> Undisturbed:
    """Build a book for the first time, twice, since the first build on a machine also warms its file cache."""
    for name in ("first", "second"):
        site = Site(folder / name, engine)
        made_book(site.book, chapters, paragraphs)
        result = site.build()
        if result.code:
            raise RuntimeError(result.err)
    report = result.report
    return Undisturbed(
        site=site,
        seconds=result.seconds,
        cues=report["recorded"] + report["reused"],
        sound=site.output.read_bytes() if engine == "tone" else None,
    )


def fresh_site(like: Undisturbed, folder: Path) -> Site:
    """The same book in a new folder, with nothing in its cache."""
    site = Site(folder, like.site.engine)
    shutil.copy(like.site.book, site.book)
    return site


def aftermath(site: Site, session: int, like: Undisturbed) -> Iterator[str]:
    """Build again after a fault; returns all problems."""
    if living := left_behind(session):
        yield f"{len(living)} processes live on"
    kept = site.takes()
    again = site.build()
    yield from _resumed(site, again, kept, like)
    if leftover_files := site.leftover_files():
        yield f"leftover files: {', '.join(path.name for path in leftover_files)}"
    if again.code == 0:
        yield from _same_sound(site, like)
    shutil.rmtree(site.folder)


def _resumed(site: Site, again: Result, kept: dict[str, tuple[int, int]], like: Undisturbed) -> Iterator[str]:
    if again.code:
        yield f"the next build ends with {again.code}: {again.err.strip()}"
        return
    now = site.takes()
    if remade := [key for key, status in kept.items() if now.get(key) != status]:
        yield f"{len(remade)} finished takes were spoken again"
    report = again.report
    if report["recorded"] > len(now) - len(kept):
        yield f"{report['recorded']} cues were spoken for {len(now) - len(kept)} takes"
    if report["recorded"] + report["reused"] != like.cues or report["gaps"]:
        yield f"it has {report['recorded'] + report['reused']} cues instead of {like.cues}, gaps: {report['gaps']}"


def _same_sound(site: Site, like: Undisturbed) -> Iterator[str]:
    """Whether the file is the undisturbed build's, and the one that a new build makes of the same takes."""
    sound = site.output.read_bytes()
    if like.sound not in {None, sound}:
        yield "the sound is not the undisturbed build's"
    if like.sound is None:
        other = fresh_site(like, site.folder / "again")
        shutil.copytree(site.cache / VERSION / "takes", other.cache / VERSION / "takes")
        result = other.build()
        if result.code or result.report["recorded"]:
            yield f"a build of the same takes ends with {result.code} and speaks {result.out}"
        elif other.output.read_bytes() != sound:
            yield "the sound is not what an undisturbed build makes of the same takes"


def plain_words(result: Result) -> Iterator[str]:
    """Whether a failed build has a clear message."""
    for word in INTERNAL:
        if word in result.err:
            yield f"its words: {result.err.strip()[-300:]}"
            return
    if result.code and not result.err.strip():
        yield "it says nothing"
