"""Concurrent builds with the same cache or output, and input files that change during a build."""

import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from audiobook.runtime.cache import VERSION
from tools.faults.building import Running, Site, made_book, members
from tools.faults.places import refusal, site_on, success
from tools.faults.verdicts import Undisturbed, Verdict, aftermath

_MANY = 10


def twice_at_once(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Two builds of the same book into the same file: the second waits, and then has nothing to speak."""
    site = site_on(like, folder)
    first = site.start()
    wanted = moments.randint(0, like.cues // 3)
    first.wait_for(lambda: len(site.takes()) >= wanted)
    second = site.start()
    results = first.end(), second.end()
    complaints = [complaint for result in results for complaint in success(result)]
    if not complaints and sum(result.report["recorded"] for result in results) > len(site.takes()):
        complaints.append("takes were spoken twice")
    complaints += [*_right(site.output, like), *aftermath(site, second.pid, like)]
    return Verdict(fault="two builds of one file", code=results[1].code, complaints=tuple(complaints))


def at_once_elsewhere(folder: Path, like: Undisturbed, _moments: random.Random) -> Verdict:
    """Two builds of the same book into two files, and one of another book, with the same cache."""
    site = site_on(like, folder)
    other = made_book(site.folder / "other.txt", 2, 20)
    commands = [site.command(), _into(site, "second.mp3"), [*_into(site, "other.mp3")]]
    commands[2][commands[2].index(str(site.book))] = str(other)
    results = [build.end() for build in [site.start(command=command) for command in commands]]
    complaints = [complaint for result in results for complaint in success(result)]
    complaints += [*_right(site.output, like), *_right(site.folder / "second.mp3", like)]
    alone = Site(folder / "alone", like.site.engine)
    shutil.copy(other, alone.book)
    alone.build("--title", "other")
    again = site.start(command=[*commands[2], "--title", "other"]).end()
    if like.sound is not None and (folder / "other.mp3").read_bytes() != alone.output.read_bytes():
        complaints.append(f"the other book is not what it is when it is built alone ({again.code})")
    build = site.start()
    build.end()
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault="three builds on one cache", code=results[0].code, complaints=tuple(complaints))


def many_at_once(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Ten builds at once, of one file or of ten."""
    site = site_on(like, folder)
    one = moments.random() < 0.5
    files = [site.output if one else site.folder / f"{number}.mp3" for number in range(_MANY)]
    builds = [site.start(command=_into(site, str(file))) for file in files]
    results = [build.end(600) for build in builds]
    complaints = [complaint for result in results for complaint in success(result)]
    complaints += [complaint for file in files for complaint in _right(file, like)]
    if one and not complaints and sum(result.report["recorded"] for result in results) > len(site.takes()):
        complaints.append("takes were spoken twice")
    complaints += aftermath(site, builds[-1].pid, like)
    return Verdict(fault=f"{_MANY} builds of {1 if one else _MANY} files", code=max(r.code for r in results),
                   complaints=tuple(complaints))  # fmt: skip


def asleep(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """A build is suspended (Ctrl-Z) while others build and prune: its unfinished files are kept."""
    site = site_on(like, folder)
    sleeper = site.start()
    wanted = moments.randint(1, like.cues // 2)
    sleeper.wait_for(lambda: len(site.takes()) >= wanted)
    _signal(sleeper, signal.SIGSTOP)
    drafts = set(site.cache.glob(f"{VERSION}/drafts/*/*"))
    other = site.start(command=_into(site, "other.mp3")).end()
    pruned = site.start(command=[sys.executable, "-m", "audiobook", "cache", "--prune", "all"]).end()
    complaints = [*success(other), *success(pruned)]
    if gone := [path.name for path in drafts if not path.exists()]:
        complaints.append(f"{len(gone)} drafts of a living build were swept away")
    _signal(sleeper, signal.SIGCONT)
    result = sleeper.end()
    complaints += [*success(result), *_right(site.output, like), *aftermath(site, sleeper.pid, like)]
    return Verdict(fault=f"asleep after {wanted} takes", code=result.code, complaints=tuple(complaints))


def killed_in_company(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """Of two builds into one file, the first is killed: the second continues at once."""
    site = site_on(like, folder)
    first = site.start()
    wanted = moments.randint(1, like.cues // 2)
    first.wait_for(lambda: len(site.takes()) >= wanted)
    second = site.start()
    first.process.kill()
    first.end()
    result = second.end()
    complaints = [*success(result), *_right(site.output, like), *aftermath(site, second.pid, like)]
    return Verdict(fault=f"the first killed after {wanted} takes", code=result.code, complaints=tuple(complaints))


@dataclass(frozen=True, slots=True)
class _Change:
    """A file that is changed during a build."""

    fault: str
    file: str  # in the site's folder
    before: bytes | None  # None: the file is missing
    after: Callable[[bytes], bytes]


_CHANGES = (
    _Change(
        "the book rewritten", "book.txt", None, lambda text: text.replace(b"Oona", b"Una").replace(b"sea", b"storm")
    ),
    _Change("the book cut off", "book.txt", None, lambda text: text[: len(text) // 2]),
    _Change(
        "voices.toml changed", "book.voices.toml", b"[narrator]\nrate = 150\n", lambda _: b"[narrator]\nrate = 190\n"
    ),
    _Change("voices.toml broken", "book.voices.toml", b"[narrator]\nrate = 150\n", lambda _: b"[narrator\n"),
)


def changed_under_it(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The book or the voices file is changed during the build: the result has one version or the other."""
    change = moments.choice(_CHANGES)
    site = site_on(like, folder / "site")
    file = site.folder / change.file
    if change.before is not None:
        file.write_bytes(change.before)
    versions = [*_versions(site, folder, change)]
    build = site.start()
    wanted = moments.randint(0, like.cues // 2)
    build.wait_for(lambda: len(site.takes()) >= wanted)
    file.write_bytes(change.after(file.read_bytes()))
    result = build.end()
    complaints = [*success(result)] if b"broken" not in change.fault.encode() or result.code != 4 else []
    if result.code == 0 and like.sound is not None and site.output.read_bytes() not in versions:
        complaints.append("the sound is neither that of the older version nor that of the newer")
    file.unlink()
    shutil.copy(like.site.book, site.book)
    shutil.rmtree(site.cache, ignore_errors=True)
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"{change.fault} after {wanted} takes", code=result.code, complaints=tuple(complaints))


def _versions(site: Site, folder: Path, change: _Change) -> Iterator[bytes]:
    """The results of undisturbed builds with the old and with the new version."""
    for name, of in (("before", lambda content: content), ("after", change.after)):
        other = Site(folder / name, site.engine)
        shutil.copytree(site.folder, other.folder, dirs_exist_ok=True)
        file = other.folder / change.file
        file.write_bytes(of(file.read_bytes()))
        if other.build().code == 0:
            yield other.output.read_bytes()
        shutil.rmtree(other.folder)


def output_taken_away(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The output folder is deleted, or the file in it replaced, during the build: the build delivers its own file."""
    site = site_on(like, folder)
    replaced = moments.random() < 0.5
    build = site.start()
    wanted = moments.randint(0, like.cues // 2)
    build.wait_for(lambda: len(site.takes()) >= wanted)
    if replaced:
        site.output.write_bytes(b"something else")
    else:
        shutil.rmtree(site.output.parent)
    result = build.end()
    complaints = [*success(result), *_right(site.output, like), *aftermath(site, build.pid, like)]
    fault = "the output replaced" if replaced else "the output folder deleted"
    return Verdict(fault=f"{fault} after {wanted} takes", code=result.code, complaints=tuple(complaints))


def book_taken_away(folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    """The book is deleted during the build: it is built from what was read, or reported as missing."""
    site = site_on(like, folder)
    build = site.start()
    wanted = moments.randint(0, like.cues // 2)
    build.wait_for(lambda: len(site.takes()) >= wanted)
    site.book.unlink()
    result = build.end()
    complaints = [*success(result), *_right(site.output, like)] if result.code == 0 else [*refusal(site, result, 3)]
    shutil.copy(like.site.book, site.book)
    complaints += aftermath(site, build.pid, like)
    return Verdict(fault=f"the book deleted after {wanted} takes", code=result.code, complaints=tuple(complaints))


def _into(site: Site, output: str) -> list[str]:
    command = site.command()
    command[command.index(str(site.output))] = str(site.folder / output)
    return command


def _right(file: Path, like: Undisturbed) -> Iterator[str]:
    if like.sound is not None and (not file.exists() or file.read_bytes() != like.sound):
        yield f"the sound of {file.name} is not the undisturbed build's"


def _signal(build: Running, number: signal.Signals) -> None:
    for pid in members(build.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, number)
