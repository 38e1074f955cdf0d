"""The levels of our engines' voices that come with the package: what measuring them here would find."""

import json
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from audiobook import engines, mixing
from audiobook.model.cast import Voice
from audiobook.pipeline import voice_levels
from audiobook.runtime.cache import Cache
from audiobook.synthesis import Recorder

KNOWN = json.loads(files("audiobook.pipeline").joinpath(voice_levels.KNOWN).read_bytes())
SOME = ("en-us", "en-us+f2", "en-gb+david", "en-us+grandma")


def key_of(voice: Voice) -> str:
    return mixing.level_key(voice_levels._calibration(voice)[0][0])


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="another engine speaks there")
def test_a_known_level_is_what_is_measured_here(tmp_path: Path) -> None:
    voices = [Voice(engine="pyttsx3", name=name) for name in SOME]
    if not all(key_of(voice) in KNOWN["pyttsx3"] for voice in voices):
        pytest.skip("this espeak-ng is not the one that was measured")
    cache = Cache(tmp_path)
    with Recorder(cache, engines.speak_cue) as recorder:
        measured = voice_levels.measure_again(voices, recorder, cache)
    for key, (voice, heard) in measured.items():
        name, loudness, peak, seconds = KNOWN["pyttsx3"][key]
        assert name == voice.name
        assert [loudness, seconds] == pytest.approx([heard.level.loudness, heard.seconds], abs=0.2)
        assert peak == pytest.approx(heard.level.peak, abs=1.5), "one sample of a breath that is random"


def test_a_known_voice_does_not_speak_to_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    voice, cache = Voice(engine="tone", name="flute"), Cache(tmp_path)
    level = mixing.Level(loudness=-25.0, peak=-3.0)
    monkeypatch.setattr(voice_levels, "_known", lambda: {key_of(voice): voice_levels.Heard(level, 11.0)})
    with Recorder(cache, engines.speak_cue) as recorder:
        gains = voice_levels.gains([voice], -20.0, recorder, cache)
    assert gains == {voice: 5.0}
    assert not any(held.entries for held in cache.usage().values())


def test_each_voice_of_a_list_is_there_once_with_figures_that_speech_has() -> None:
    for engine, levels in KNOWN.items():
        names = [name for name, *_ in levels.values()]
        assert len(set(names)) == len(names), engine
        assert all(
            -40 < loudness < -8 and -20 < peak <= 0 and 7 < seconds < 25
            for _, loudness, peak, seconds in levels.values()
        )


def test_a_level_kept_as_silent_is_measured_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key, loudness in (("ab" * 20, -25.0), ("cd" * 20, -120.0)):
        heard = voice_levels.Heard(mixing.Level(loudness=loudness, peak=loudness), 3.0)
        cache.save("levels", mixing.level_key(key), voice_levels._LEVELS.dumps(heard), {})
    kept = voice_levels._load_cached(cache, "ab" * 20)
    assert kept is not None
    assert kept.level.loudness == -25.0
    assert voice_levels._load_cached(cache, "cd" * 20) is None
