"""An engine that goes wrong on purpose: the voice's name says how.

`speak` is what a worker process is told to call. Ways that are to happen only once leave a mark in the folder that the
environment variable MISBEHAVING_MARKS names, since the next try may be in another process.
"""

import ctypes
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from audiobook.engines.tone import ToneEngine
from audiobook.errors import MissingToolError
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place

MARKS = "MISBEHAVING_MARKS"
_TONE = ToneEngine()


class UnpicklableError(Exception):
    def __reduce__(self) -> str:
        raise TypeError("this error does not travel")


def speak(cue: Cue) -> Sound:
    return _WAYS[cue.voice.name](cue)


def speak_once(cue: Cue) -> Sound:
    """Goes wrong with each text only once."""
    return _once(_WAYS[cue.voice.name])(cue)


def cue(way: str, text: str = "The harbour lay quiet under the snow.") -> Cue:
    return Cue(place=Place(chapter=1, paragraph=2, line=3), text=text, voice=Voice(engine="tone", name=way))


def _fine(cue: Cue) -> Sound:
    return _TONE.speak(cue.text, Voice(engine="tone", name="flute"))


def _hang(cue: Cue) -> Sound:
    time.sleep(600)
    return _fine(cue)


def _spin(cue: Cue) -> Sound:
    while True:
        pass


def _hold(cue: Cue) -> Sound:
    ctypes.PyDLL(None).sleep(600)  # no other thread of the process runs meanwhile
    return _fine(cue)


def _leave(cue: Cue) -> Sound:
    os._exit(3)


def _exit(cue: Cue) -> Sound:
    sys.exit("I have had enough")


def _crash(cue: Cue) -> Sound:
    ctypes.string_at(0)
    return _fine(cue)


def _fail(cue: Cue) -> Sound:
    raise ValueError("no voice today")


def _fail_strangely(cue: Cue) -> Sound:
    raise UnpicklableError("a strange failure")


def _missing(cue: Cue) -> Sound:
    raise MissingToolError("the engine is not installed", hint="install it")


def _nothing(cue: Cue) -> Sound:
    return Sound(pcm=b"", sample_rate=22_050)


def _silence(cue: Cue) -> Sound:
    return Sound(pcm=bytes(len(_fine(cue).pcm)), sample_rate=22_050)


def _cut(cue: Cue) -> Sound:
    whole = _fine(cue)
    return Sound(pcm=whole.pcm[: len(whole.pcm) // 20 * 2], sample_rate=whole.sample_rate)


def _stuck(cue: Cue) -> Sound:
    whole = _fine(cue)
    return Sound(pcm=whole.pcm * 20, sample_rate=whole.sample_rate)


def _half(cue: Cue) -> Sound:
    words = cue.text.split()
    return _TONE.speak(" ".join(words[: max(1, len(words) // 2)]), Voice(engine="tone", name="flute"))


def _twice(cue: Cue) -> Sound:
    return _TONE.speak(f"{cue.text} {cue.text}", Voice(engine="tone", name="flute"))


def _noise(cue: Cue) -> Sound:
    return Sound(pcm=random.Random(cue.text).randbytes(len(_fine(cue).pcm)), sample_rate=22_050)


def _wrong_rate(cue: Cue) -> Sound:
    return Sound(pcm=_fine(cue).pcm, sample_rate=192_000)


def _garbage(cue: Cue) -> Sound:
    return "RIFF, surely"  # type: ignore[return-value]  # that is what is wrong with it


def _loud(cue: Cue) -> Sound:
    print("Audio saved to somewhere")  # noqa: T201  # as pyttsx3 does
    os.write(1, b"\xff" * 10_000)
    return _fine(cue)


def _dying_words(cue: Cue) -> Sound:
    print("out of phonemes", file=sys.stderr, flush=True)  # noqa: T201  # its last words
    os._exit(1)


def _once(way: Callable[[Cue], Sound]) -> Callable[[Cue], Sound]:
    def first_time(cue: Cue) -> Sound:
        mark = Path(os.environ[MARKS]) / f"{cue.voice.name} {cue.text}"[:100].replace("/", "-")
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return _fine(cue)
        return way(cue)

    return first_time


def _process(cue: Cue) -> Sound:
    (Path(os.environ[MARKS]) / str(os.getpid())).touch()
    return _fine(cue)


_WAYS: dict[str, Callable[[Cue], Sound]] = {
    "fine": _fine,
    "hangs": _hang,
    "spins": _spin,
    "holds everything up": _hold,
    "leaves": _leave,
    "exits": _exit,
    "crashes": _crash,
    "fails": _fail,
    "fails strangely": _fail_strangely,
    "is missing": _missing,
    "says nothing": _nothing,
    "is silent": _silence,
    "is cut off": _cut,
    "is stuck": _stuck,
    "says half": _half,
    "says it twice": _twice,
    "is noise": _noise,
    "lies about the rate": _wrong_rate,
    "returns garbage": _garbage,
    "prints": _loud,
    "dies with words": _dying_words,
    "fails once": _once(_fail),
    "leaves once": _once(_leave),
    "hangs once": _once(_hang),
    "is silent once": _once(_silence),
    "says half once": _once(_half),
    "leaves its number": _process,
}
