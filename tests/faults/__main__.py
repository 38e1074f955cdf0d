"""The fault campaign's counts: `python -m tests.faults --kills 50 --workers 50 --ffmpeg 20 --seed N`."""

import argparse
import random
import secrets
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.faults.kills import FFMPEG, WORKER, killed_build, killed_helper
from tests.faults.verdicts import Undisturbed, Verdict, undisturbed

Fault = Callable[[Path, Undisturbed, random.Random], Verdict]
FAULTS: dict[str, tuple[str, Fault]] = {  # option → (what is done, how)
    "kills": ("kill -9 of the build", killed_build),
    "workers": ("kill -9 of a worker", partial(killed_helper, program=WORKER)),
    "ffmpeg": ("kill -9 of an ffmpeg", partial(killed_helper, program=FFMPEG)),
}


def main() -> int:
    """Run what is asked for and print the table; 1 where anything was lost."""
    asked = _options()
    moments = random.Random(asked.seed)
    print(f"seed {asked.seed}, engine {asked.engine}")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        like = undisturbed(Path(folder, "undisturbed"), asked.engine, asked.chapters, asked.paragraphs)
        print(f"an undisturbed build: {like.cues} cues in {like.seconds:.2f} s")
        for option, (name, fault) in FAULTS.items():
            count = getattr(asked, option)
            verdicts = [_tried(fault, Path(folder, f"{option}-{n}"), like, moments) for n in range(count)]
            rows.append((name, len(verdicts), sum(not verdict.complaints for verdict in verdicts)))
    print(f"\n{'fault':<34} {'tried':>5} {'survived':>8} {'lost':>5}")
    for name, tried, survived in rows:
        print(f"{name:<34} {tried:>5} {survived:>8} {tried - survived:>5}")
    return int(any(tried != survived for _, tried, survived in rows))


def _tried(fault: Fault, folder: Path, like: Undisturbed, moments: random.Random) -> Verdict:
    verdict = fault(folder, like, moments)
    for complaint in verdict.complaints:
        print(f"  {verdict.fault} (exit {verdict.code}): {complaint}", flush=True)
    return verdict


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    for option, (name, _) in FAULTS.items():
        parser.add_argument(f"--{option}", type=int, default=0, metavar="N", help=f"how often: {name}")
    parser.add_argument("--engine", default="tone", help="what the builds speak with: tone, pyttsx3")
    parser.add_argument("--chapters", type=int, default=4, help="of the book that is built")
    parser.add_argument("--paragraphs", type=int, default=20, help="of each chapter")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10_000), help="of the random moments")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
