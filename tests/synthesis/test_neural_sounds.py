"""The checks of sounds accept neural voices."""

import pytest

from audiobook.engines import list_voices, speak_cue
from audiobook.mixing import CALIBRATION_LINES, CALIBRATION_TEXT
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.script import Place
from audiobook.synthesis.trimming import trim_silence
from audiobook.synthesis.validation import check_sound
from tests.engines.neural import require


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("engine", ["kokoro", "piper"])
def test_no_neural_voice_fails_the_checks_for_the_calibration_text(engine: str) -> None:
    require(engine)
    refused = {}
    for voice in list_voices(engine):
        for text in (CALIBRATION_TEXT, *CALIBRATION_LINES):
            place = Place(chapter=1, paragraph=1, line=1)
            cue = Cue(place=place, text=text, voice=Voice(engine=engine, name=voice.name))
            if found := check_sound(trim_silence(speak_cue(cue)), cue):
                refused[voice.name, text] = found
    assert not refused
