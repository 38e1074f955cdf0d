"""Run many cases for a CPU time, guided by coverage if atheris is installed, else random."""

import importlib
import os
import resource
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tools.fuzz.mutation import LONGEST, Mutate
from tools.fuzz.trial import Finding, Trial

MOST_OF_A_KIND = 3  # findings kept of one kind at one place
_TOLD_EVERY = 60.0  # CPU seconds


def cpu_seconds() -> float:
    """CPU time of this process and its finished children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


@dataclass(slots=True, kw_only=True)
class Tally:
    """The counts of a campaign."""

    parser: str
    seed: int
    out: Path  # the folder that findings go to
    minutes: float
    corpus: Path | None = None  # a folder in which cases that reach further are kept from campaign to campaign
    cases: int = 0
    places: Counter[str] = field(default_factory=Counter)  # kind and place → findings
    told: float = 0.0

    def count(self, finding: Finding | None) -> None:
        """Count a case, and keep what was found."""
        self.cases += 1
        if finding:
            self._keep(finding)
        if cpu_seconds() - self.told > _TOLD_EVERY:
            self.told = cpu_seconds()
            self.tell()

    def _keep(self, finding: Finding) -> None:
        place = f"{finding.kind} {finding.where}"
        self.places[place] += 1
        if self.places[place] > MOST_OF_A_KIND:
            return
        self.out.mkdir(parents=True, exist_ok=True)
        stem = self.out / f"{self.parser}-{finding.name}"
        stem.with_suffix(".case").write_bytes(finding.data)
        story = f"{self.parser}, seed {self.seed}, case {self.cases}\n{finding.story}\n"
        stem.with_suffix(".story").write_text(story, encoding="utf-8", errors="replace")
        _say(f"{self.parser}: {place}: {stem.name}")

    def tell(self) -> None:
        """Print one line of progress."""
        found = ", ".join(f"{place} ({times})" for place, times in self.places.items()) or "none"
        spent = f"{cpu_seconds() / 60:.1f} CPU-minutes, {self.cases:,} cases, seed {self.seed}"
        _say(f"{self.parser}: {spent}; findings: {found}")

    @property
    def is_over(self) -> bool:
        """Whether the time is used up."""
        return cpu_seconds() >= self.minutes * 60


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def by_chance(trial: Trial, seeds: list[bytes], mutate: Mutate, tally: Tally) -> None:
    """Mutate seeds, and cases made from seeds, until the time is used up."""
    chance = Random(tally.seed)
    data = b""
    while not tally.is_over:
        data = mutate(chance.choice(seeds) if not data or chance.random() < 0.3 else data, chance)
        tally.count(trial.of(data))


def by_coverage(trial: Trial, seeds: list[bytes], mutate: Mutate, tally: Tally) -> None:
    """Cases out of those that reached code no case had reached before (libFuzzer, by atheris). Ends the process."""
    atheris = importlib.import_module("atheris")  # which has no types, and only this way of working needs it

    corpus = tally.corpus or trial.folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds):
        (corpus / f"seed-{number:04d}").write_bytes(data)

    def one(data: bytes) -> None:
        tally.count(trial.of(data))
        if tally.is_over:
            end(trial, tally)

    def custom(data: bytes, most: int, seed: int) -> bytes:
        chance = Random(seed)
        if chance.random() < 0.2:
            return bytes(atheris.Mutate(data, most))
        return mutate(data, chance)[:most]

    options = [f"-seed={tally.seed or 1}", f"-max_len={2 * LONGEST}", "-len_control=0", "-timeout=1200", "-verbosity=0"]
    options += ["-rss_limit_mb=0", "-handle_abrt=0", "-handle_int=0", "-handle_term=0"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=custom)
    signal.signal(signal.SIGTERM, lambda *_: end(trial, tally))
    atheris.Fuzz()


def end(trial: Trial, tally: Tally) -> None:
    """Print the totals and exit at once, because libFuzzer can only end with a crash."""
    tally.tell()
    trial.close()
    sys.stdout.flush()
    os._exit(1 if tally.places else 0)
