"""python -m tools.fuzz PARSER --minutes N: that many CPU-minutes of hostile input; 1 where anything was found."""

import argparse
import contextlib
import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import Any

from tools.fuzz.campaign import Tally, by_chance, by_coverage, end
from tools.fuzz.parsers import MODULES, parser_named
from tools.fuzz.trial import Trial

_TRACING = 4.0  # how many times slower instrumented code may be


def main() -> int:
    """Run one campaign."""
    asked = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    asked.add_argument("parser", choices=sorted(MODULES))
    asked.add_argument("--minutes", type=float, default=1.0, help="of CPU time")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=Path("fuzz-findings"), help="folder for what is found")
    asked.add_argument("--corpus", type=Path, help="folder of cases to go on from, which grows")
    asked.add_argument("--by-chance", action="store_true", help="without coverage, even where atheris is installed")
    asked.add_argument("--case", type=Path, help="try this one case and tell")
    given = asked.parse_args()
    guided = not (given.by_chance or given.case) and importlib.util.find_spec("atheris") is not None
    with _instrumented() if guided else contextlib.nullcontext():
        parser = parser_named(given.parser)
    tally = Tally(parser=given.parser, seed=given.seed, out=given.out, minutes=given.minutes, corpus=given.corpus)
    seeds = parser.seeds()
    trial = Trial(parser.run, parser.declared, patience=_TRACING if guided else 1.0)
    try:
        if given.case:
            tally.count(trial.of(given.case.read_bytes()))
        else:
            (by_coverage if guided else by_chance)(trial, seeds, parser.mutate, tally)
    except KeyboardInterrupt:
        end(trial, tally)
    trial.close()
    tally.tell()
    return 1 if tally.places else 0


def _instrumented() -> Any:
    """The context in which modules are loaded so that their coverage is known."""
    atheris = importlib.import_module("atheris")  # which has no types, and is only there where fuzzing is the work
    sys.stderr.flush()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # it names every module
    return atheris.instrument_imports(include=["audiobook", "markdown_it"])


if __name__ == "__main__":
    sys.exit(main())
