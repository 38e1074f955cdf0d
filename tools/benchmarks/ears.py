"""Measure word error rates of a built book and of the bare engine, and the speed of recognition.

python -m tools.benchmarks.ears BOOK --engine pyttsx3 --chapters 1
"""

import argparse
import functools
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook import engines
from audiobook.mixing.resampling import resample
from audiobook.model.cue import Cue
from audiobook.model.request import BuildRequest
from audiobook.pipeline.planning import cues_ahead
from audiobook.pipeline.scripts import load_script
from audiobook.project import Project
from audiobook.quality import SAMPLE_RATE, Excerpt
from audiobook.runtime.cache import Cache
from audiobook.services import Verification, build, open_whisper, request_for, verify_file
from audiobook.services.utterances import Utterance, list_utterances, timeline_of_file
from audiobook.services.verify import FileRecogniser, Opener, group_utterances, recognise_lines

_PAUSE = bytes(round(0.3 * SAMPLE_RATE) * 2)  # between two lines of the bare engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The word error rates of a built book and of the bare engine."""

    proof: Verification
    bare: float  # word error rate
    seconds: float  # of the book's sound
    cpu: float  # seconds of recognition for the book

    @property
    def line(self) -> str:
        """A row of the table."""
        return (
            f"{self.proof.request.book.name}: {self.proof.lines} lines, {self.proof.words} words; word error rate "
            f"built {self.proof.error_rate:.2%}, bare engine {self.bare:.2%}; {len(self.proof.doubted)} lines listed; "
            f"{self.seconds:.0f} s of sound in {self.cpu:.0f} s of CPU, {self.seconds / self.cpu:.1f} times real time"
        )


def heard(request: BuildRequest, opener: Opener) -> Heard:
    """Build a book, and transcribe it and the bare engine."""
    (file,) = build(request).files
    request = request_for(file, cache=request.cache)
    opener(load_script(request.book).facts.language)  # loaded before the measurement
    began = time.process_time()
    proof = verify_file(file, request, opener)
    cpu = time.process_time() - began
    utterances = list_utterances(timeline_of_file(file, Cache(request.cache)))
    bare = bare_rate(file, utterances, make_cues(request), opener)
    return Heard(proof=proof, bare=bare, seconds=utterances[-1].end, cpu=cpu)


def make_cues(request: BuildRequest) -> dict[str, Cue]:
    """What is spoken for a request, by the keys of the takes."""
    project = Project(request)
    return dict(cues_ahead(project.part, project.cast))


def bare_rate(file: Path, utterances: Sequence[Utterance], cues: Mapping[str, Cue], opener: Opener) -> float:
    """The word error rate of the raw output of the engine: not trimmed, levelled or encoded."""
    ear = FileRecogniser(opener("en"), file, "en")

    @functools.lru_cache(maxsize=64)  # more than one window of the recogniser
    def spoken(utterance: Utterance) -> bytes:
        sound = engines.speak_cue(cues[utterance.key])
        return resample(sound.pcm, sound.sample_rate, SAMPLE_RATE)

    def words(group: Sequence[Utterance]) -> list[str]:
        return ear.split_words(ear.recogniser.transcribe(Excerpt(start=0.0, pcm=_PAUSE.join(map(spoken, group)))))

    found = [one for group in group_utterances(utterances) for one in recognise_lines(ear, group, words(group), words)]
    return sum(one.errors for one in found) / sum(len(one.said) for one in found)


def main() -> None:
    """Print a line for each book."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("books", nargs="+", type=Path)
    parser.add_argument("--engine")
    parser.add_argument("--chapters")
    parser.add_argument("--output", type=Path, help="path of the audiobook (default: beside the book)")
    given = parser.parse_args()
    opener = open_whisper()
    for book in given.books:
        request = BuildRequest(book=book, engine=given.engine, chapters=given.chapters, output=given.output)
        found = heard(request, opener)
        print(found.line, flush=True)
        for one in found.proof.doubted:
            print(f"    {one.utterance.place}: {one.utterance.text}: {one.fault}")


if __name__ == "__main__":
    main()
