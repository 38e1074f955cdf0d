"""Compare a build with a neural engine to the plain use of that engine, for the same lines.

    python -m tools.benchmarks.neural BOOK.txt --engine kokoro --words 10000

Kokoro is compared with a loop over kokoro-onnx (`tools.benchmarks.loop`), Piper against its own command line, in one
voice. The build analyses the book, encodes an MP3 and tags it within its time; both begin with nothing. Of Kokoro each
line's sound is compared, too, sample by sample.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audiobook import engines, synthesis
from audiobook.engines.kokoro.engine import MODEL_SUFFIX, PACK_SUFFIXES, RATE
from audiobook.engines.piper.engine import PiperEngine
from audiobook.engines.sounds import make_sound
from audiobook.engines.weights import models_folder
from audiobook.model.cue import Cue
from audiobook.model.request import BuildRequest
from audiobook.pipeline.planning import cues_ahead
from audiobook.runtime.cache import Cache
from audiobook.services.casting import cast_book
from audiobook.synthesis.trimming import trim_silence
from tools.benchmarks.build import Bench
from tools.benchmarks.tree import Usage, measured

_MUST = 0.85  # of the wall time of the straightforward loop
_USUAL_PACE = 175  # words a minute
_LANGUAGES = {"a": "en-us", "b": "en-gb"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """A build and the plain use of the engine, for the same lines."""

    bench: Bench
    cues: Sequence[tuple[str, Cue]]  # (take key, cue), in order
    output: Path  # of the rival

    def rival(self, engine: str) -> Usage:
        """Run the plain use of the engine."""
        command = self._kokoro() if engine == "kokoro" else self._piper()
        usage = measured([sys.executable, "-m", *command], self.bench.environment)
        if usage.code:
            sys.exit(f"{' '.join(command)} left with {usage.code}:\n{usage.output}")
        return usage

    def _kokoro(self) -> list[str]:
        lines = self.bench.folder / "lines.json"
        asked = [
            (cue.text, cue.voice.name, cue.voice.words_per_minute / _USUAL_PACE, _LANGUAGES[cue.voice.name[0]])
            for _, cue in self.cues
        ]
        lines.write_text(json.dumps(asked), encoding="utf-8")
        files = models_folder("kokoro")
        (model,) = files.glob(f"*{MODEL_SUFFIX}")
        (pack,) = (path for path in files.iterdir() if path.suffix in PACK_SUFFIXES)
        return ["tools.benchmarks.loop", *map(str, (lines, model, pack, self.output))]

    def _piper(self) -> list[str]:
        lines = self.bench.folder / "lines.txt"
        lines.write_text("\n".join(cue.text for _, cue in self.cues), encoding="utf-8")
        model = PiperEngine()._speakers[self.cues[0][1].voice.name].model
        return ["piper", "-m", str(model), "-i", str(lines), "-d", str(self.bench.folder / "wavs")]

    def differences(self) -> Iterator[int]:
        """The largest difference in any sample of each line, in steps of 16 bits; the range, of another length."""
        cache = Cache(self.bench.cache)
        with np.load(self.output) as sounds:
            for (key, _), name in zip(self.cues, sounds.files, strict=True):
                ours = np.frombuffer(synthesis.load_sound(cache, key).pcm, "<i2").astype(int)
                theirs = np.frombuffer(trim_silence(make_sound(sounds[name], RATE)).pcm, "<i2").astype(int)
                yield int(abs(ours - theirs).max()) if len(ours) == len(theirs) else 65_535


def select_excerpt(book: Path, words: int) -> str:
    """The first paragraphs of a text, of so many words or a few more."""
    kept: list[str] = []
    for paragraph in book.read_text(encoding="utf-8").split("\n\n"):
        kept.append(paragraph)
        words -= len(paragraph.split())
        if words <= 0:
            break
    return "\n\n".join(kept)


def direct(folder: Path, engine: str) -> None:
    """Write the voices file: the cast as it comes, or one voice for all where the other side has only one."""
    settings = f'manners = false\n[defaults]\nengine = "{engine}"\n'
    if engine == "piper":
        voice = json.dumps(next(iter(engines.list_voices("piper"))).name)
        pools = "".join(f"{pool} = [{voice}]\n" for pool in ("female", "male", "child", "unknown"))
        settings += f"[narrator]\nvoice = {voice}\n[pools]\n{pools}"
    (folder / "voices.toml").write_text(settings, encoding="utf-8")


def race_over(bench: Bench) -> Race:
    """Everything that is spoken of the book, once, as a build does."""
    made = cast_book(BuildRequest(book=bench.book))
    cues = dict(cues_ahead(made.script, made.cast))
    return Race(bench=bench, cues=list(cues.items()), output=bench.folder / "sounds.npz")


def row(name: str, usage: Usage) -> str:
    """A row of the table."""
    return f"| {name} | {usage.wall:.1f} s | {usage.cpu:.1f} s | {usage.peak / 1e6:.0f} MB |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("book", type=Path, help="a plain text file")
    parser.add_argument("--engine", choices=("kokoro", "piper"), default="kokoro")
    parser.add_argument("--words", type=int, default=10_000, help="number of words to use")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Path(folder) / "book.txt")
        bench.book.write_text(select_excerpt(args.book, args.words), encoding="utf-8")
        direct(bench.folder, args.engine)
        os.environ["AUDIOBOOK_CACHE"] = str(bench.folder / "planning")  # the build must start with an empty cache
        race = race_over(bench)
        built = bench.build_anew()
        print(f"{bench.words:,} words, {len(race.cues)} lines, {built.report['seconds'] / 60:.1f} min of sound\n")
        print(f"| {args.engine} | wall | CPU | peak memory |\n|---|---|---|---|")
        print(row("audiobook build", built.usage), flush=True)
        rival = race.rival(args.engine)
        ratio = built.usage.wall / rival.wall
        print(row("loop over kokoro-onnx" if args.engine == "kokoro" else "piper's own command", rival))
        print(f"\nratio {ratio:.2f} (by CPU {built.usage.cpu / rival.cpu:.2f}): {_verdict(ratio)}")
        if args.engine == "kokoro":
            apart = list(race.differences())
            print(f"{sum(one <= 1 for one in apart)} of {len(apart)} lines sound the same; largest step {max(apart)}")


def _verdict(ratio: float) -> str:
    return f"{'reached' if ratio <= _MUST else 'MISSED'}, it must be {_MUST} at most"


if __name__ == "__main__":
    main()
