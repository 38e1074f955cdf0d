"""Compare the remaining time that a build displays with the actual remaining time.

    python -m tools.benchmarks.forecast BOOK --engine kokoro

The book is built from nothing, and the displayed time is recorded every second. The table has a row for each tenth of
the build: the displayed and the actual remaining time.
"""

import argparse
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from audiobook import build
from audiobook.cli.progress import StageEstimate, estimate_seconds_left
from audiobook.model.request import BuildRequest
from audiobook.model.script import Place

_EVERY = 1.0  # seconds between samples
_ROWS = 10


@dataclass(slots=True)
class Watcher:
    """Receives progress as the progress bars do, and records the time that they would display."""

    begun: float = field(default_factory=time.monotonic)
    noted: list[tuple[float, float]] = field(default_factory=list)  # seconds since the start, seconds said to be left
    _stages: dict[str, StageEstimate] = field(default_factory=dict)

    def stage(self, name: str, total: float | None = None) -> None:
        self._stages[name] = StageEstimate(total)

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None:
        self._stages[name].advance(amount)
        now = time.monotonic() - self.begun
        left = estimate_seconds_left(self._stages.values())
        if left is not None and (not self.noted or now - self.noted[-1][0] >= _EVERY):
            self.noted.append((now, left))

    def note(self, message: str) -> None:
        print(message)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--engine", default="pyttsx3")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["AUDIOBOOK_CACHE"] = str(Path(folder) / "cache")
        watcher = Watcher()
        build(BuildRequest(book=args.book, engine=args.engine, output=Path(folder) / "book.mp3"), progress=watcher)
        whole = time.monotonic() - watcher.begun
    first = watcher.noted[0][0]
    print(
        f"{args.engine}: {whole:.0f} s; the first forecast after {first:.1f} s\n\n| at | said | left | finish off by |"
    )
    print("|---|---|---|---|")
    for tenth in range(_ROWS):
        then, said = min(watcher.noted, key=lambda pair: abs(pair[0] - max(first, whole * tenth / _ROWS)))
        left = whole - then
        print(f"| {then:.0f} s | {said:.0f} s | {left:.0f} s | {said - left:+.0f} s ({(said - left) / whole:+.0%}) |")


if __name__ == "__main__":
    main()
