"""The checks of sounds against voices that are nearer to a person than espeak-ng."""

import pytest

from audiobook.engines import list_voices, speak_cue
from audiobook.mixing import CALIBRATION_LINES, CALIBRATION_TEXT
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.script import Place
from audiobook.synthesis.trimming import trimmed
from audiobook.synthesis.validation import complaint
from tests.engines.neural import require


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("engine", ["kokoro", "piper"])
def test_no_neural_voice_is_refused_for_what_it_is_measured_by(engine: str) -> None:
    require(engine)
    refused = {}
    for voice in list_voices(engine):
        for text in (CALIBRATION_TEXT, *CALIBRATION_LINES):
            place = Place(chapter=1, paragraph=1, line=1)
            cue = Cue(place=place, text=text, voice=Voice(engine=engine, name=voice.name))
            if found := complaint(trimmed(speak_cue(cue)), cue):
                refused[voice.name, text] = found
    assert not refused
