"""Make the two samples that the README links to: one short dialogue, in built-in and in natural voices.

    python -m tools.make_sample [--output FOLDER]

Writes `sample-ENGINE.mp3` for each engine in `ENGINES`. The dialogue is the stretch of a seed book in which the most
people speak, as `audiobook voices sample` chooses it. Kokoro must be installed: see docs/engines.md.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOOK = ROOT / "seeds" / "the-lighthouse-post.txt"
ENGINES = ("pyttsx3", "kokoro")
MOST_BYTES = 600_000  # of one sample; the repository keeps every version of it


def make_samples(folder: Path) -> list[Path]:
    """Write one sample per engine into `folder` and return the files. Raises OSError or CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        engines = [argument for engine in ENGINES for argument in ("--engine", engine)]
        command = [sys.executable, "-m", "audiobook", "voices", "sample", str(BOOK), "--output", scratch, *engines]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        return [_move(Path(scratch) / f"{BOOK.stem}-sample-{engine}.mp3", folder, engine) for engine in ENGINES]


def _move(made: Path, folder: Path, engine: str) -> Path:
    if (size := made.stat().st_size) > MOST_BYTES:
        raise OSError(f"{made.name} has {size:,} bytes; at most {MOST_BYTES:,} go into the repository")
    return Path(shutil.move(made, folder / f"sample-{engine}.mp3"))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Make the samples that the README links to.")
    parser.add_argument("--output", type=Path, default=ROOT / "docs", help="the folder they go to (default: docs)")
    try:
        made = make_samples(parser.parse_args().output)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)  # audiobook has printed what is wrong
    for file in made:
        print(f"{file}: {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
