"""An engine as a third party would install it, which goes wrong where the text has a kraken, or everywhere.

The environment says how: FAULTY_WAY is one of the ways of `misbehaving`, FAULTY_ONCE that each text goes wrong only the
first time, FAULTY_WORD in which texts.
"""

import os
from dataclasses import replace
from pathlib import Path

from audiobook.engines.contract import EngineFacts
from audiobook.engines.tone import ToneEngine
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place
from tests.fake_engines import misbehaving

NAME, WAY, ONCE, WORD = "faulty", "FAULTY_WAY", "FAULTY_ONCE", "FAULTY_WORD"
ROOT = Path(__file__).parent.parent.parent


class FaultyEngine(ToneEngine):
    """The tone engine, mostly."""

    def facts(self) -> EngineFacts:
        return replace(super().facts(), name=NAME)

    def voices(self) -> tuple[VoiceFacts, ...]:
        return tuple(replace(voice, engine=NAME) for voice in super().voices())

    def speak(self, text: str, voice: Voice) -> Sound:
        way = os.environ.get(WAY, "fine")
        if os.environ.get(WORD, "kraken") not in text.lower():
            return super().speak(text, voice)
        cue = Cue(place=Place(chapter=1, paragraph=1, line=1), text=text, voice=replace(voice, name=way))
        return misbehaving.speak_once(cue) if ONCE in os.environ else misbehaving.speak(cue)


def install(folder: Path) -> str:
    """Install it in that folder; gives the PYTHONPATH with which it is found."""
    info = folder / "faulty-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[audiobook.engines]\n{NAME} = {__name__}:FaultyEngine\n", encoding="utf-8")
    return os.pathsep.join((str(folder), str(ROOT)))
