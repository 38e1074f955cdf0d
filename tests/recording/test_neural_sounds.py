"""The checks of sounds against voices that are nearer to a person than espeak-ng."""

import pytest

from audiobook.cast import Voice
from audiobook.mixing import CALIBRATION_LINES, CALIBRATION_TEXT
from audiobook.recording.checking import complaint
from audiobook.recording.trimming import trimmed
from audiobook.script import Place
from audiobook.speaking import speak_cue, voices_of
from audiobook.take import Cue
from tests.speaking.neural import require


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("engine", ["kokoro", "piper"])
def test_no_neural_voice_is_refused_for_what_it_is_measured_by(engine: str) -> None:
    require(engine)
    refused = {}
    for voice in voices_of(engine):
        for text in (CALIBRATION_TEXT, *CALIBRATION_LINES):
            place = Place(chapter=1, paragraph=1, line=1)
            cue = Cue(place=place, text=text, voice=Voice(engine=engine, name=voice.name))
            if found := complaint(trimmed(speak_cue(cue)), cue):
                refused[voice.name, text] = found
    assert not refused
