"""The script a user would write with pyttsx3 and pydub to have the same full cast, timed.

    python -m tools.benchmarks.naive BOOK.txt [--output OUT.mp3] [--utterances N]

Every line of the book's script in the voice that a build would give it, each saved to a file, read back and added to
the book with `+=`; one export at the end. The speakers are determined beforehand, which is not timed.
"""

import argparse
import contextlib
import io
import os
import tempfile
import time
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from audiobook import engines
from audiobook.model.cue import Cue
from audiobook.model.request import BuildRequest
from audiobook.pipeline.planning import plan_unlevelled
from audiobook.runtime import ffmpeg
from audiobook.services.casting import cast_book


def naive(cues: Sequence[Cue], output: Path) -> float:
    """Build `output` in the naive way; returns the seconds of sound."""
    import pyttsx3  # timed with the rest, as a user's script would
    from pydub import AudioSegment

    engine = pyttsx3.init()
    book = AudioSegment.empty()
    with tempfile.TemporaryDirectory() as folder:
        wav = f"{folder}/line.wav"
        for cue in cues:
            engine.setProperty("voice", cue.voice.name)
            engine.setProperty("rate", cue.voice.words_per_minute)
            engine.save_to_file(cue.text, wav)
            with contextlib.redirect_stdout(io.StringIO()):  # the driver prints a line for each
                engine.runAndWait()
            book += AudioSegment.from_wav(wav)
    book.export(output, format="mp3", bitrate="64k")
    seconds: float = book.duration_seconds
    return seconds


def make_cues(book: Path) -> list[Cue]:
    """Every line of the book's script in its voice, in order."""
    made = cast_book(BuildRequest(book=book))
    return [cue for plan in plan_unlevelled(made.script, made.cast) for _, cue in plan.cues]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--output", type=Path, default=Path(tempfile.gettempdir()) / "naive.mp3")
    parser.add_argument("--utterances", type=int, help="limit the number of utterances (the cost is quadratic)")
    args = parser.parse_args()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:  # pyttsx3 shall find the library untouched
        cues = pool.submit(make_cues, args.book).result()[: args.utterances]
    _use_the_wheels()
    begun, cpu = time.monotonic(), time.process_time()
    seconds = naive(cues, args.output)
    wall, used = time.monotonic() - begun, time.process_time() - cpu
    print(f"naive script: {len(cues)} utterances, {seconds:.0f} s of sound, wall {wall:.1f} s, CPU {used:.1f} s")


def _use_the_wheels() -> None:
    """Give pyttsx3 and pydub the espeak-ng and ffmpeg of the wheels, as if both were installed."""
    from pydub import AudioSegment

    engines.open_engine("pyttsx3")
    warnings.simplefilter("ignore")
    program = ffmpeg.find()
    AudioSegment.converter = str(program)
    os.environ["PATH"] += os.pathsep + str(program.parent)


if __name__ == "__main__":
    main()
