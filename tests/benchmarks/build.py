"""How fast and how flat a build is, on this machine and on any book.

    python -m tests.benchmarks.build BOOK [--times N] [--runs N] [--naive]

Prints, for one book: the physical limit, a first build, a rebuild with nothing changed, one with a word changed, one
with a minor voice changed, and how long the command line takes to answer. `--times 10` also builds the book ten times
over, to show that memory stays flat. `--naive` also runs the script a user would write with pyttsx3 and pydub.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook.edition import Order
from audiobook.production.castings import casting_of
from audiobook.script import NARRATOR
from tests.benchmarks.tree import Usage, measured

SUFFIXES = (".txt", ".md")  # books that a word can be changed in


@dataclass(frozen=True, slots=True)
class Bench:
    """A scratch folder with a book and a cache of its own."""

    folder: Path
    book: Path

    def run(self, *command: str) -> Usage:
        """Run a command of ours, or a module of these benchmarks; stops where it fails."""
        environment = {**os.environ, "AUDIOBOOK_CACHE": str(self.cache)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's modules are compiled once
        usage = measured([sys.executable, "-m", *command], environment)
        if usage.code:
            sys.exit(f"{' '.join(command)} left with {usage.code}:\n{usage.output}")
        return usage

    @property
    def cache(self) -> Path:
        """The shelf of this bench."""
        return self.folder / "cache"

    def build(self) -> tuple[Usage, dict[str, object]]:
        """Build the book; what it took and what it reports."""
        usage = self.run("audiobook", "build", str(self.book), "--json", "--quiet")
        report: dict[str, object] = json.loads(usage.output)
        return usage, report


def show(what: str, usage: Usage, more: str = "") -> None:
    print(
        f"{what:<34} wall {usage.wall:7.2f} s  CPU {usage.cpu:7.2f} s  peak {usage.peak / 1e6:6.0f} MB  {more}",
        flush=True,
    )


def first_build(bench: Bench, runs: int) -> None:
    """A build from nothing, several times over; and how far that is from the limit measured in between."""
    cores = Order(book=bench.book).jobs
    best: list[float] = []
    for _ in range(runs):
        shutil.rmtree(bench.cache, ignore_errors=True)
        usage, report = bench.build()
        limit = json.loads(bench.run("tests.benchmarks.limit", str(bench.book), "--json").output)
        bare = (limit["synthesis"] + limit["encoding"]) / cores
        best.append(usage.wall / bare)
        show("first build", usage, f"{report['recorded']} takes, {report['reels_encoded']} reels")
        print(
            f"{'  limit':<34} wall {bare:7.2f} s  "
            f"synthesis {limit['synthesis']:.2f} s + encoding {limit['encoding']:.2f} s CPU on {cores} cores; "
            f"{limit['sound']:.0f} s of speech; first build = {usage.wall / bare:.2f} × limit",
            flush=True,
        )
    print(f"first build ÷ limit, median of {runs}: {sorted(best)[len(best) // 2]:.2f}", flush=True)


def rebuilds(bench: Bench) -> None:
    """What a rebuild costs, when nothing, a word, or a voice has changed."""
    usage, report = bench.build()
    show("nothing changed", usage, f"{report['recorded']} takes")
    changed_word(bench)
    changed_voice(bench)


def changed_word(bench: Bench) -> None:
    """One word in the middle of the book becomes another."""
    if bench.book.suffix not in SUFFIXES:
        return
    text = bench.book.read_text(encoding="utf-8")
    at = text.find(" the ", len(text) // 2)
    bench.book.write_text(f"{text[:at]} that {text[at + 5 :]}", encoding="utf-8")
    usage, report = bench.build()
    show("one word changed", usage, f"{report['recorded']} takes, {report['reels_encoded']} reels")
    bench.book.write_text(text, encoding="utf-8")


def changed_voice(bench: Bench) -> None:
    """A minor character (the last of those with five lines or more) gets another voice."""
    os.environ["AUDIOBOOK_CACHE"] = str(bench.cache)
    rows = [
        r for r in casting_of(Order(book=bench.book)).rows if r.lines >= 5 and r.name not in (NARRATOR, "(unknown)")
    ]
    if not rows:
        return
    minor = rows[-1]
    voices = bench.book.with_suffix(".voices.toml")
    pitch = 70 if minor.voice.pitch != 70 else 60
    voices.write_text(
        f"[speakers.{json.dumps(minor.name)}]\nvoice = {json.dumps(minor.voice.name)}\npitch = {pitch}\n",
        encoding="utf-8",
    )
    usage, report = bench.build()
    show(
        "one minor voice changed",
        usage,
        f"{report['recorded']} takes of {minor.lines} lines, {report['reels_encoded']} reels",
    )
    voices.unlink()


def answers(bench: Bench) -> None:
    """How long the command line takes to say something."""
    for command in (("--help",), ("build", "--help"), ("voices",)):
        show(" ".join(("audiobook", *command)), bench.run("audiobook", *command))


def longer(bench: Bench, times: int) -> None:
    """The same book several times over, chapter after chapter."""
    text = bench.book.read_text(encoding="utf-8")
    long_book = bench.book.with_name(f"{bench.book.stem}-{times}.txt")
    long_book.write_text("\n\n".join([text] * times), encoding="utf-8")
    shutil.rmtree(bench.cache, ignore_errors=True)
    usage, report = Bench(bench.folder, long_book).build()
    show(f"first build, the book {times} times", usage, f"{report['seconds']} s of sound")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--runs", type=int, default=1, help="how many first builds")
    parser.add_argument("--times", type=int, help="also build the book so many times over")
    parser.add_argument("--naive", action="store_true", help="also run the naive script (minutes)")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Path(folder) / args.book.name)
        shutil.copyfile(args.book, bench.book)
        first_build(bench, args.runs)
        rebuilds(bench)
        answers(bench)
        if args.naive:
            usage = bench.run("tests.benchmarks.naive", str(bench.book))
            show("naive script", usage, usage.output.strip().splitlines()[-1])
        if args.times:
            longer(bench, args.times)


if __name__ == "__main__":
    main()
