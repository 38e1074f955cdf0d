"""Count false alarms and misses of the checks of takes, over all cues of some books.

    python -m tools.benchmarks.alarms BOOK... [--engine pyttsx3] [--rate N]

Every cue is spoken, trimmed and checked as in a build, with the pace of its voice; each complaint is a false alarm and
is printed. Then the same cues are checked with sounds that are wrong: the half of the text, the text twice, noise.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audiobook import engines, mixing, synthesis
from audiobook.model.cast import Voice
from audiobook.model.cue import SAMPLE_BYTES, Cue, Sound
from audiobook.model.request import BuildRequest
from audiobook.pipeline.planning import cues_ahead
from audiobook.services.casting import cast_book
from audiobook.synthesis.trimming import trim_silence
from audiobook.synthesis.validation import check_sound, duration_bounds

LONG = 3.0  # seconds expected of a text of which half is told from the whole


def make_cues(book: Path, engine: str, rate: int | None) -> Iterator[Cue]:
    """Every distinct cue of the book. The cue that measures the pace of a voice precedes its first cue."""
    made = cast_book(BuildRequest(book=book, engine=engine))
    for cue in dict(cues_ahead(made.script, made.cast)).values():
        yield cue if rate is None else replace(cue, voice=replace(cue.voice, words_per_minute=rate))


def pace_of(voice: Voice, like: Cue) -> float:
    """The pace of a voice, measured as in a build."""
    cue = replace(like, text=mixing.CALIBRATION_TEXT, voice=voice)
    return synthesis.measure_pace(trim_silence(engines.speak_cue(cue)).seconds, cue.text, voice.words_per_minute)


def wrong(sound: Sound, cue: Cue) -> Iterator[tuple[str, Sound]]:
    """Sounds that do not match the text."""
    middle = sound.samples // 2 * SAMPLE_BYTES
    yield "half", replace(sound, pcm=sound.pcm[:middle])
    yield "twice", replace(sound, pcm=sound.pcm * 2)
    yield "noise", replace(sound, pcm=random.Random(cue.text).randbytes(len(sound.pcm)))


def count(book: Path, engine: str, rate: int | None) -> Counter[str]:
    """The counts for one book."""
    found: Counter[str] = Counter()
    paces: dict[Voice, float] = {}
    for cue in make_cues(book, engine, rate):
        if cue.voice not in paces:
            paces[cue.voice] = pace_of(cue.voice, cue)
        pace, sound = paces[cue.voice], trim_silence(engines.speak_cue(cue))
        found["checked"] += 1
        for said in filter(None, (check_sound(sound, cue), check_sound(sound, cue, pace))):
            found["false alarms"] += 1
            print(f"  {said}: {cue.voice.name}: {cue.text!r}")
        if duration_bounds(cue.text, cue.voice.words_per_minute, pace)[1] >= LONG:
            found["long"] += 1
            found.update(name for name, made in wrong(sound, cue) if check_sound(made, cue, pace) is not None)
    return found


def main() -> None:
    """Print one line per book."""
    parser = argparse.ArgumentParser(prog="python -m tools.benchmarks.alarms", description=__doc__)
    parser.add_argument("books", nargs="+", type=Path)
    parser.add_argument("--engine", default="pyttsx3")
    parser.add_argument("--rate", type=int, help="words per minute for all voices (default: as cast)")
    asked = parser.parse_args()
    for book in asked.books:
        found = count(book, asked.engine, asked.sample_rate)
        print(f"{book}: {found['checked']} sounds, {found['false alarms']} false alarms", end="; ")
        parts = ", ".join(f"{name} {found[name]}" for name in ("half", "twice", "noise"))
        print(f"of {found['long']} that take {LONG:g} s and more, found wrong: {parts}", flush=True)


if __name__ == "__main__":
    main()
