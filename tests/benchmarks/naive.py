"""The script a user would write with pyttsx3 and pydub, timed.

    python -m tests.benchmarks.naive BOOK.txt [--output OUT.mp3] [--utterances N]

A paragraph is an utterance, each saved to a file, read back and added to the book with `+=`; one export at the end.
"""

import argparse
import contextlib
import io
import os
import tempfile
import time
import warnings
from pathlib import Path


def naive(text: str, output: Path, utterances: int | None) -> tuple[int, float]:
    """Build `output` the plain way; gives the number of utterances and the seconds of sound."""
    import pyttsx3  # timed with the rest, as a user's script would
    from pydub import AudioSegment

    engine = pyttsx3.init()
    engine.setProperty("rate", 175)
    book = AudioSegment.empty()
    paragraphs = [" ".join(p.split()) for p in text.split("\n\n") if p.strip()][:utterances]
    with tempfile.TemporaryDirectory() as folder:
        wav = f"{folder}/line.wav"
        for paragraph in paragraphs:
            engine.save_to_file(paragraph, wav)
            with contextlib.redirect_stdout(io.StringIO()):  # the driver prints a line for each
                engine.runAndWait()
            book += AudioSegment.from_wav(wav)
    book.export(output, format="mp3", bitrate="64k")
    return len(paragraphs), book.duration_seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--output", type=Path, default=Path(tempfile.gettempdir()) / "naive.mp3")
    parser.add_argument("--utterances", type=int, help="only so many (the cost grows with their square)")
    args = parser.parse_args()
    _use_the_wheels()
    begun, cpu = time.monotonic(), time.process_time()
    count, seconds = naive(args.book.read_text(encoding="utf-8"), args.output, args.utterances)
    wall, used = time.monotonic() - begun, time.process_time() - cpu
    print(f"naive script: {count} utterances, {seconds:.0f} s of sound, wall {wall:.1f} s, CPU {used:.1f} s")


def _use_the_wheels() -> None:
    """Give pyttsx3 and pydub the espeak-ng and ffmpeg of the wheels, as if both were installed."""
    from pydub import AudioSegment

    from audiobook import ffmpeg, speaking

    speaking.open_engine("pyttsx3")
    warnings.simplefilter("ignore")
    program = ffmpeg.find()
    AudioSegment.converter = str(program)
    os.environ["PATH"] += os.pathsep + str(program.parent)


if __name__ == "__main__":
    main()
