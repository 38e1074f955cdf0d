"""Build some books with each engine and print a table in Markdown.

    python -m tools.benchmarks.voices seeds/*.{txt,md,epub} [--chapters 1-5] [--engines pyttsx3 piper kokoro]

Every book is built from nothing with each engine and the default cast, and listened to by the recogniser of the extra
`listen`; so are the same lines as the bare engine gives them (`tools.benchmarks.ears`). Each voice's loudness is
measured in the built file, over the lines that it speaks in its own manner, where they last ten seconds or more. Then
the book is delivered as `--preset acx` does, and each chapter checked.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audiobook import mixing
from audiobook.model.cast import Voice
from audiobook.model.cue import SAMPLE_BYTES, Sound
from audiobook.model.request import BuildRequest
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache
from audiobook.services import check_files, open_whisper
from audiobook.services.casting import cast_book
from audiobook.services.utterances import list_utterances, timeline_of_file
from audiobook.services.verify import Opener
from tools.benchmarks.build import Bench
from tools.benchmarks.ears import heard, make_cues
from tools.benchmarks.tree import Usage

_ENGINES = ("pyttsx3", "piper", "kokoro")
_RATE = 22_050  # Hz, of a built file
_LEAST = 10.0  # seconds of a voice whose loudness means something
_HEAD = (
    "| book | engine | sound | word error rate | bare engine | voices | loudness apart | ACX | "
    "real time: wall, CPU | peak memory |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one engine made of one book."""

    book: str
    engine: str
    seconds: float  # of sound
    usage: Usage  # of the build
    built: float | None  # word error rate; None without a recogniser
    bare: float | None  # of the engine by itself
    levels: dict[Voice, float]  # LUFS
    passed: Sequence[bool]  # by ACX's rules, a chapter each

    def __str__(self) -> str:
        apart = max(self.levels.values()) - min(self.levels.values())
        cells = (
            self.book,
            self.engine,
            f"{self.seconds / 60:.1f} min",
            *("" if rate is None else f"{rate:.1%}" for rate in (self.built, self.bare)),
            len(self.levels),
            f"{apart:.1f} LU",
            f"{sum(self.passed)} of {len(self.passed)}",
            f"{self.usage.wall / self.seconds:.3f}, {self.usage.cpu / self.seconds:.3f}",
            f"{self.usage.peak / 1e6:.0f} MB",
        )
        return f"| {' | '.join(map(str, cells))} |"


def row(bench: Bench, engine: str, chapters: str | None, opener: Opener | None) -> Row:
    """Build a book with an engine and measure all there is to."""
    asked = [str(bench.book), "--engine", engine, *(["--chapters", chapters] if chapters else []), "--json", "--quiet"]
    usage = bench.run("audiobook", "build", *asked)
    report = json.loads(usage.output)
    os.environ["AUDIOBOOK_CACHE"] = str(bench.cache)
    request = BuildRequest(book=bench.book, engine=engine, chapters=chapters)
    ears = heard(request, opener) if opener else None
    delivered = bench.folder / "acx"
    bench.run("audiobook", "build", *asked, "--preset", "acx", "--output", str(delivered))
    return Row(
        book=bench.book.stem,
        engine=engine,
        seconds=report["seconds"],
        usage=usage,
        built=ears.proof.error_rate if ears else None,
        bare=ears.bare if ears else None,
        levels=levels(bench.book.with_suffix(".mp3"), request),
        passed=[check.ok for check in check_files([delivered])],
    )


def levels(file: Path, request: BuildRequest) -> dict[Voice, float]:
    """The loudness of each voice that is as loud as everybody, in a built file, quietest first; in LUFS."""
    pcm = b"".join(ffmpeg.stream(["-i", str(file), "-f", "s16le", "-ac", "1", "-ar", str(_RATE), "-"], 1 << 16))
    made = cast_book(request)
    plain = {voice for voice in made.cast.voices() if voice.volume == 1}
    spoken: defaultdict[Voice, list[bytes]] = defaultdict(list)
    cues = make_cues(request)
    for utterance in list_utterances(timeline_of_file(file, Cache(request.cache))):
        voice = cues[utterance.key].voice
        if voice in plain:
            first, last = (round(at * _RATE) * SAMPLE_BYTES for at in (utterance.start, utterance.end))
            spoken[voice].append(pcm[first:last])
    sounds = {voice: Sound(pcm=b"".join(parts), sample_rate=_RATE) for voice, parts in spoken.items()}
    named = {str(number): voice for number, voice in enumerate(sounds) if sounds[voice].seconds >= _LEAST}
    found = mixing.measure_levels({name: sounds[voice] for name, voice in named.items()})
    return dict(sorted(((named[name], level.loudness) for name, level in found.items()), key=lambda pair: pair[1]))


def rows(args: argparse.Namespace) -> Iterator[Row]:
    """A row for each book and engine, as it is measured."""
    opener = None if args.deaf else open_whisper()
    for book in args.books:
        for engine in args.engines:
            with tempfile.TemporaryDirectory() as folder:
                bench = Bench(Path(folder), Path(folder) / book.name)
                shutil.copyfile(book, bench.book)
                yield row(bench, engine, args.chapters, opener)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("books", nargs="+", type=Path)
    parser.add_argument("--chapters", help="chapters of each book, as for `audiobook build` (default: all)")
    parser.add_argument("--engines", nargs="+", default=_ENGINES, metavar="NAME")
    parser.add_argument("--levels", action="store_true", help="also list the loudness of each voice")
    parser.add_argument("--deaf", action="store_true", help="skip the recogniser, which takes longest")
    args = parser.parse_args()
    listed: list[Row] = []
    print(_HEAD)
    for found in rows(args):
        print(found, flush=True)
        listed.append(found)
    for found in listed if args.levels else ():
        print(f"\n{found.book}, {found.engine}")
        for voice, level in found.levels.items():
            print(f"  {level:6.1f} LUFS  {voice.name}, pitch {voice.pitch}")


if __name__ == "__main__":
    main()
