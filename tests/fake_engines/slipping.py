"""An engine with real voices, as a third party would install it, that slips in the lines it is told to.

The environment says where and how: SLIPPING_AT is a JSON object of words of a line → a way. With SLIPPING_MARKS, a
folder, each line goes wrong only the first time.
"""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audiobook.engines.contract import EngineFacts
from audiobook.engines.espeak.engine import Pyttsx3Engine
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Sound
from tests.fake_engines.faulty import ROOT

NAME, AT, MARKS = "slipping", "SLIPPING_AT", "SLIPPING_MARKS"


class SlippingEngine(Pyttsx3Engine):
    """espeak-ng, mostly."""

    def facts(self) -> EngineFacts:
        return replace(super().facts(), name=NAME)

    def voices(self) -> tuple[VoiceFacts, ...]:
        return tuple(replace(voice, engine=NAME) for voice in super().voices())

    def speak(self, text: str, voice: Voice) -> Sound:
        places: dict[str, str] = json.loads(os.environ.get(AT, "{}"))
        way = next((way for words, way in places.items() if words in text), None)
        said = text if way is None or _was_here(text) else WAYS[way](text)
        return super().speak(said, voice)


def drop(text: str) -> str:
    """Three words in the middle are left out."""
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[: middle - 1] + words[middle + 2 :])


def double(text: str) -> str:
    """The first third is said twice."""
    words = text.split()
    return " ".join(words[: max(2, len(words) // 3)] + words)


def garble(text: str) -> str:
    """Other words in the middle."""
    words = text.split()
    middle = len(words) // 2
    return " ".join([*words[: middle - 1], "purple", "elephant", "umbrella", *words[middle + 2 :]])


WAYS: dict[str, Callable[[str], str]] = {"drop": drop, "double": double, "garble": garble}


def _was_here(text: str) -> bool:
    if MARKS not in os.environ:
        return False
    mark = Path(os.environ[MARKS]) / f"{text[:80].replace('/', '-')}"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return True
    return False


def install(folder: Path) -> str:
    """Install it in that folder; gives the PYTHONPATH with which it is found."""
    info = folder / "slipping-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slipping\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        f"[audiobook.engines]\n{NAME} = {__name__}:SlippingEngine\n", encoding="utf-8"
    )
    return os.pathsep.join((str(folder), str(ROOT)))
