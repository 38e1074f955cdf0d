"""Run the fault campaign: `python -m tools.faults --kills 50 --workers 50 --ffmpeg 20 --signals 90 --storage 51`."""

import argparse
import random
import secrets
import tempfile
from pathlib import Path

from tools.faults.campaign import FAULTS, Fault
from tools.faults.places import ImpossibleHereError
from tools.faults.verdicts import Undisturbed, undisturbed


def main() -> int:
    """Run the requested faults and print the table; returns 1 if anything was lost."""
    asked = _options()
    print(f"seed {asked.seed}, engine {asked.engine}")
    with tempfile.TemporaryDirectory() as folder:
        like = undisturbed(Path(folder, "undisturbed"), asked.engine, asked.chapters, asked.paragraphs)
        print(f"an undisturbed build: {like.cues} cues in {like.seconds:.2f} s")
        moments = random.Random(asked.seed)
        rows = [_tried(fault, _times(fault, asked), Path(folder), like, moments) for fault in FAULTS]
    print(f"\n{'fault':<36} {'tried':>5} {'survived':>8} {'lost':>5}")
    for fault, tried, survived in rows:
        if tried:
            print(f"{fault.name:<36} {tried:>5} {survived:>8} {tried - survived:>5}")
    return int(any(tried != survived for _, tried, survived in rows))


def _times(fault: Fault, asked: argparse.Namespace) -> int:
    """The number of runs of a fault: its share of the number given by its option."""
    number: int = getattr(asked, fault.option)
    return number // sum(other.option == fault.option for other in FAULTS)


def _tried(fault: Fault, times: int, folder: Path, like: Undisturbed, moments: random.Random) -> tuple[Fault, int, int]:
    survived = 0
    for number in range(times):
        try:
            verdict = fault.inflict(folder / f"{fault.name} {number}", like, moments)
        except ImpossibleHereError as error:
            print(f"  {fault.name}: not tried: {error}", flush=True)
            return fault, number, survived
        survived += not verdict.complaints
        for complaint in verdict.complaints:
            print(f"  {verdict.fault} (exit {verdict.code}): {complaint}", flush=True)
    return fault, times, survived


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.faults", description=__doc__)
    for option in dict.fromkeys(fault.option for fault in FAULTS):
        names = ", ".join(fault.name for fault in FAULTS if fault.option == option)
        parser.add_argument(f"--{option}", type=int, default=0, metavar="N", help=f"total number of runs of: {names}")
    parser.add_argument("--engine", default="tone", help="engine of the builds: tone or pyttsx3")
    parser.add_argument("--chapters", type=int, default=4, help="chapters of the book")
    parser.add_argument("--paragraphs", type=int, default=20, help="paragraphs of each chapter")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000), help="seed of the random moments")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
