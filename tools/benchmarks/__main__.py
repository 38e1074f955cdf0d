"""Measure all figures of speed and scale on this machine, and compare them with limits and targets.

    python -m tools.benchmarks [BOOK.txt] [--runs N] [--naive] [--long WORDS]

Without a book, the sample story is repeated until it has 43,000 words. The limit of the machine, bare synthesis and
bare encoding, is measured in the same run. `--naive` also runs the script that a user would write with pyttsx3 and
pydub; `--long 1000000` also builds one book in which the text is repeated to that length (many minutes).
"""

import argparse
import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from audiobook.model.request import cores
from tools.benchmarks.books import write_book
from tools.benchmarks.build import Bench, Built, changed_line, changed_voice, first_sound
from tools.benchmarks.tree import Usage

_WORDS = 43_000  # words of the default book
_OFTEN = 0.1  # seconds between memory samples in a build that is not timed


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A row of the table."""

    name: str
    value: float
    must: float
    aim: float
    unit: str = "s"
    at_least: bool = False  # True: higher is better
    note: str = ""

    def __str__(self) -> str:
        reached = self._reaches(self.aim), self._reaches(self.must)
        verdict = "aim reached" if reached[0] else "reached" if reached[1] else "MISSED"
        cells = [f"{number:.2f} {self.unit}" for number in (self.value, self.must, self.aim)]
        return f"| {self.name} | {' | '.join(cells)} | {verdict} | {self.note} |"

    def _reaches(self, mark: float) -> bool:
        return self.value >= mark if self.at_least else self.value <= mark


def first_builds(bench: Bench, runs: int) -> tuple[Figure, Built]:
    """The median of first builds, relative to the limit. The limit is measured before and after each build."""
    peak = bench.looking(_OFTEN).build_anew().usage.peak
    limits, builds = [bench.limit()], list[Built]()
    for _ in range(runs):
        builds.append(bench.build_anew())
        limits.append(bench.limit())
    limit = {name: statistics.median(one[name] for one in limits) for name in limits[0]}

    def ratio_in(name: str, used: Callable[[Usage], float]) -> list[float]:
        around = [(before[name] + after[name]) / 2 for before, after in pairwise(limits)]
        return [used(built.usage) / least for built, least in zip(builds, around, strict=True)]

    ratios, in_cpu = ratio_in("wall", lambda usage: usage.wall), ratio_in("cpu", lambda usage: usage.cpu)
    wall = statistics.median(built.usage.wall for built in builds)
    note = (
        f"{wall:.1f} s for {limit['sound'] / 3600:.1f} h of sound, peak {peak / 1e6:.0f} MB; "
        f"limit {limit['synthesis']:.1f} + {limit['encoding']:.1f} s of CPU; by CPU {statistics.median(in_cpu):.2f}; "
        f"{runs} runs, {min(ratios):.2f} to {max(ratios):.2f}"
    )
    ratio = statistics.median(ratios)
    return Figure(name="first build ÷ limit", value=ratio, must=1.20, aim=1.08, unit="×", note=note), builds[-1]


def rebuilds(bench: Bench, first: Built) -> Iterator[Figure]:
    """The time of a rebuild when nothing, one line, or one voice has changed."""
    built = bench.build()
    yield Figure(name="rebuild, nothing changed", value=built.usage.wall, must=1.0, aim=0.5, note=_made(built))
    built = changed_line(bench)
    yield Figure(name="rebuild, one line changed", value=built.usage.wall, must=3.0, aim=1.5, note=_made(built))
    bench.build()
    built = changed_voice(bench)
    share = built.report["recorded"] / first.report["recorded"] * first.usage.wall
    yield Figure(
        name="rebuild, one voice changed", value=built.usage.wall, must=share + 2, aim=share + 2, note=_made(built)
    )


def _made(built: Built) -> str:
    return f"{built.report['recorded']} takes, {built.report['reels_encoded']} stretches of sound encoded"


def answers(bench: Bench) -> Iterator[Figure]:
    """The time until the command line prints something, in the second run."""
    for command, must, aim in (("--help", 0.3, 0.15), ("voices", 1.0, 0.5)):
        bench.run("audiobook", command)
        usage = bench.run("audiobook", command)
        yield Figure(name=f"audiobook {command}", value=usage.wall, must=must, aim=aim)


def naive(bench: Bench, first: Built) -> Figure:
    """The script that a user would write, for the lines of the last build. Their speakers are in the cache."""
    usage = bench.looking().run("tools.benchmarks.naive", str(bench.book))
    ratio = usage.wall / first.usage.wall
    note = f"{usage.wall:.0f} s, {usage.cpu:.0f} s of CPU, peak {usage.peak / 1e6:.0f} MB"
    return Figure(name="naive script ÷ first build", value=ratio, must=15, aim=25, unit="×", at_least=True, note=note)


def long_book(bench: Bench, first: Built, words: int) -> Iterator[Figure]:
    """Build one long book that repeats the text."""
    long = Bench(bench.folder, bench.book.with_name("long.txt"))
    write_book(long.book, words, bench.book)
    built = long.looking().build_anew()
    note = f"{long.words:,} words, {built.usage.wall:.0f} s, {built.usage.cpu:.0f} s of CPU"
    growth = (built.usage.cpu / built.report["seconds"]) / (first.usage.cpu / first.report["seconds"])
    yield Figure(name="CPU an hour of sound, long ÷ short", value=growth, must=1.05, aim=1.05, unit="×", note=note)
    growth = (built.usage.wall / built.report["seconds"]) / (first.usage.wall / first.report["seconds"])
    yield Figure(name="wall an hour of sound, long ÷ short", value=growth, must=1.05, aim=1.05, unit="×", note=note)
    yield Figure(name="peak memory, long book", value=built.usage.peak / 1e6, must=400, aim=250, unit="MB", note=note)
    yield Figure(name="first sound, long book", value=first_sound(long), must=3.0, aim=1.0)


def figures(bench: Bench, args: argparse.Namespace) -> Iterator[Figure]:
    """Each row, as soon as it is measured."""
    figure, first = first_builds(bench, args.runs)
    yield figure
    yield from rebuilds(bench, first)
    yield from answers(bench)
    yield Figure(name="first sound: a minute of it", value=first_sound(bench), must=3.0, aim=1.0)
    if args.naive:
        yield naive(bench, first)
    if args.long:
        yield from long_book(bench, first, args.long)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "book", type=Path, nargs="?", help="a plain text file (default: a generated text of 43,000 words)"
    )
    parser.add_argument("--runs", type=int, default=3, help="number of first builds")
    parser.add_argument("--naive", action="store_true", help="also run the naive script (minutes)")
    parser.add_argument(
        "--long", type=int, metavar="WORDS", help="also build a book of this length that repeats the text"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Path(folder) / "book.txt")
        if args.book:
            shutil.copyfile(args.book, bench.book)
        else:
            write_book(bench.book, _WORDS)
        print(f"{bench.words:,} words; {_machine()}\n\n| | measured | must | aim | | |\n|---|---|---|---|---|---|")
        for figure in figures(bench, args):
            print(figure, flush=True)


def _machine() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{cores()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}{load}"


if __name__ == "__main__":
    main()
