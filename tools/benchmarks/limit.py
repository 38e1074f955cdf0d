"""The physical limit of a build on this machine: bare synthesis and bare encoding of the same book.

    python -m tools.benchmarks.limit BOOK

espeak-ng is called through its C interface, every cue once in the voices of the cast, the samples counted and dropped;
then LAME encodes the sound of the finished segments with the settings of a build. Nothing else is counted. As many
processes run at once as the machine has cores, because a perfect build uses all of them.
"""

import argparse
import json
import statistics
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from audiobook import engines, mixing
from audiobook import synthesis as recording
from audiobook.engines.espeak.driver import make_synchronous
from audiobook.engines.espeak.library import load
from audiobook.model.clip import Segment
from audiobook.model.cue import SAMPLE_BYTES, Cue
from audiobook.model.request import BuildRequest, Encoding
from audiobook.pipeline import voice_levels
from audiobook.pipeline.planning import plan_segments
from audiobook.runtime.cache import Cache
from audiobook.services.casting import cast_book
from audiobook.writers.mp3 import encoding as encoders
from audiobook.writers.mp3.frames import layout
from audiobook.writers.mp3.silences import SilenceSkipper


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The minimum of CPU seconds for a build."""

    synthesis: float
    encoding: float
    cues: int
    sound: float  # seconds, with the pauses
    silence: float  # seconds of silence that are not encoded

    def wall(self, cores: int) -> float:
        """The wall time of a perfect build."""
        return (self.synthesis + self.encoding) / cores


def measure(book: Path) -> Limit:
    """Synthesize and encode a book that has just been built (its takes are in the cache), and nothing else.

    The mean of what it takes on each of the cores when all of them do it.
    """
    cores = BuildRequest(book=book).jobs
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        measured = list(pool.map(measure_alone, [book] * cores))
    return replace(
        measured[0],
        synthesis=statistics.mean(limit.synthesis for limit in measured),
        encoding=statistics.mean(limit.encoding for limit in measured),
    )


def measure_alone(book: Path) -> Limit:
    """`measure` in this process only."""
    request, cache = BuildRequest(book=book), Cache()
    made = cast_book(request)
    with recording.Recorder(cache, engines.speak_cue) as recorder:  # the voices' levels are in the cache
        gains = voice_levels.gains(made.cast.voices(), request.mastering.loudness, recorder, cache)
    plans = list(plan_segments(made.script, made.cast, gains, [], cache))
    cues = {key: cue for plan in plans for key, cue in plan.cues}
    encoding, sound, silence = _encoding([plan.segment for plan in plans], request.encoding, cache)
    synthesis = _synthesis(list(cues.values()))
    return Limit(synthesis=synthesis, encoding=encoding, cues=len(cues), sound=sound, silence=silence)


def _synthesis(cues: list[Cue]) -> float:
    load()
    make_synchronous()
    from pyttsx3.drivers import _espeak as espeak  # needs the library

    espeak.Initialize(espeak.AUDIO_OUTPUT_SYNCHRONOUS, 1000)
    callback = espeak.t_espeak_callback(lambda _wav, _count, _events: 0)
    espeak.dll.espeak_SetSynthCallback(callback)
    begun = time.process_time()
    for cue in cues:
        espeak.SetVoiceByName(cue.voice.name.encode())
        espeak.SetParameter(espeak.RATE, cue.voice.words_per_minute, 0)
        espeak.SetParameter(espeak.PITCH, cue.voice.pitch, 0)
        text = cue.text.encode()
        espeak.dll.espeak_Synth(text, len(text) + 1, 0, espeak.POS_CHARACTER, 0, espeak.ENDPAUSE | 1, None, None)
    return time.process_time() - begun


def _encoding(segments: Sequence[Segment], encoding: Encoding, cache: Cache) -> tuple[float, float, float]:
    """(CPU seconds, seconds of sound, of its silence that a build leaves out): the segments, stitched beforehand."""
    spent, size, missing, form = 0.0, 0, 0, layout(encoding)
    for segment in segments:
        pcm = b"".join(mixing.render(segment, lambda key: recording.load_sound(cache, key), encoding.sample_rate))
        begun = time.process_time()
        encoders.encode_frames([pcm], encoding)
        spent += time.process_time() - begun
        size += len(pcm)
        abridging = SilenceSkipper(form)
        deque(abridging.skip_silences([pcm]), maxlen=0)
        missing += abridging.missing
    return spent, size / SAMPLE_BYTES / encoding.sample_rate, missing * form.samples / encoding.sample_rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    limit = measure(args.book)
    if args.json:
        print(json.dumps(asdict(limit)))
        return
    print(f"{limit.cues} cues, {limit.sound:.0f} s of sound")
    print(f"{limit.silence:.0f} s of it are silence that a build does not encode")
    print(f"bare synthesis {limit.synthesis:.1f} s CPU, bare encoding {limit.encoding:.1f} s CPU")
    cores = BuildRequest(book=args.book).jobs
    print(f"limit on {cores} cores: {limit.wall(cores):.1f} s")


if __name__ == "__main__":
    main()
