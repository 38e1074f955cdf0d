"""The physical limit of a build on this machine: bare synthesis and bare encoding of the same book.

    python -m tests.benchmarks.limit BOOK [--jobs N]

espeak-ng is called through its C interface, every cue once in the voices of the cast, the samples counted and dropped;
then LAME encodes the finished takes, end to end, with the settings of a build. Nothing else is counted.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from audiobook import recording
from audiobook.delivering import encoders
from audiobook.edition import Order
from audiobook.production.arranging import arranged
from audiobook.production.castings import casting_of
from audiobook.shelf import Shelf
from audiobook.speaking.espeak_driver import make_synchronous
from audiobook.speaking.espeak_library import load
from audiobook.take import Cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """CPU seconds nobody can do without."""

    synthesis: float
    encoding: float
    cues: int
    sound: float  # seconds of speech

    def wall(self, cores: int) -> float:
        """The wall time of a perfect build."""
        return (self.synthesis + self.encoding) / cores


def measure(book: Path) -> Limit:
    """Synthesize and encode a book that has just been built (its takes are on the shelf), and nothing else."""
    made = casting_of(Order(book=book))
    gains = dict.fromkeys(made.cast.voices(), 0.0)
    cues = {key: cue for plan in arranged(made.script, made.cast, gains, []) for key, cue in plan.cues}
    synthesis = _synthesis(list(cues.values()))
    encoding, sound = _encoding(list(cues))
    return Limit(synthesis=synthesis, encoding=encoding, cues=len(cues), sound=sound)


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
        espeak.SetParameter(espeak.RATE, cue.voice.rate, 0)
        espeak.SetParameter(espeak.PITCH, cue.voice.pitch, 0)
        text = cue.text.encode()
        espeak.dll.espeak_Synth(text, len(text) + 1, 0, espeak.POS_CHARACTER, 0, espeak.ENDPAUSE | 1, None, None)
    return time.process_time() - begun


def _encoding(keys: list[str]) -> tuple[float, float]:
    shelf = Shelf()
    encoding = Order(book=Path()).encoding
    frames, loading = 0, 0.0

    def takes() -> Iterator[bytes]:
        nonlocal frames, loading
        for key in keys:
            begun = time.process_time()
            sound = recording.sound_of(shelf, key)
            frames += sound.frames
            loading += time.process_time() - begun
            yield sound.pcm

    begun = time.process_time()
    encoders.frames_of(takes(), encoding)
    return time.process_time() - begun - loading, frames / encoding.rate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    limit = measure(args.book)
    if args.json:
        print(json.dumps(asdict(limit)))
        return
    print(f"{limit.cues} cues, {limit.sound:.0f} s of speech")
    print(f"bare synthesis {limit.synthesis:.1f} s CPU, bare encoding {limit.encoding:.1f} s CPU")
    cores = Order(book=args.book).jobs
    print(f"limit on {cores} cores: {limit.wall(cores):.1f} s")


if __name__ == "__main__":
    main()
