"""Run a fuzzing campaign: `python -m tools.fuzz PARSER --minutes N`. Exits with 1 if anything was found."""

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

_TRACING = 4.0  # slowdown of instrumented code


def main() -> int:
    """Run one campaign."""
    asked = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    asked.add_argument("parser", choices=sorted(MODULES))
    asked.add_argument("--minutes", type=float, default=1.0, help="CPU time in minutes")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--out", type=Path, default=Path("fuzz-findings"), help="folder for findings")
    asked.add_argument("--corpus", type=Path, help="folder of cases to start from; new ones are added")
    asked.add_argument("--by-chance", action="store_true", help="do not use coverage, even if atheris is installed")
    asked.add_argument("--case", type=Path, help="run only this case and report")
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
    """A context in which modules are loaded with coverage instrumentation."""
    atheris = importlib.import_module("atheris")  # which has no types, and is only there where fuzzing is the work
    sys.stderr.flush()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)  # it names every module
    return atheris.instrument_imports(include=["audiobook", "markdown_it"])


if __name__ == "__main__":
    sys.exit(main())
