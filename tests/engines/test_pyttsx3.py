"""Behaviour specific to pyttsx3 and espeak-ng."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audiobook.engines import engine_facts, list_voices, open_engine
from audiobook.engines.espeak import library, voices
from audiobook.errors import EngineError
from audiobook.model.cast import Voice

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="pyttsx3 does not use espeak-ng here"),
]
SENTENCE = "The harbour lay quiet under the snow."


def spoken(name: str, text: str = SENTENCE, **settings: int) -> bytes:
    return open_engine("pyttsx3").speak(text, Voice(engine="pyttsx3", name=name, **settings)).pcm


@pytest.mark.parametrize("name", ["en-us+f3", "en-gb-x-rp+m4", "en-gb", "en-us", "de", "fr-fr+f2", "en-us+Mr serious"])
def test_voices_have_the_names_that_people_type(name: str) -> None:
    assert name in {voice.name for voice in list_voices("pyttsx3")}
    assert spoken(name)


def test_the_variant_and_the_language_both_change_the_sound() -> None:
    made = {name: spoken(name) for name in ("en-us", "en-us+f3", "en-gb+f3", "en-us+m3", "de+f3")}
    assert len(set(made.values())) == len(made)


def test_a_voice_is_never_silently_replaced() -> None:
    """pyttsx3 goes on with the voice before where espeak-ng refuses one; "en-gb+f2" is one that it refuses."""
    alone = spoken("en-gb+f2")
    spoken("en-us+m3")
    assert abs(len(spoken("en-gb+f2")) - len(alone)) < 0.03 * len(alone)


def test_the_good_voices_come_first_and_effects_last() -> None:
    english = sorted((v for v in list_voices("pyttsx3") if v.language == "en-US"), key=lambda v: v.rank)
    names = [voice.name for voice in english]
    assert names[0] == "en-us"
    assert {"en-us+f2", "en-us+m4"} <= set(names[:6])
    assert {"en-us+croak", "en-us+whisper", "en-us+robosoft"} <= set(names[-70:])
    assert all(voice.gender for voice in english[:30])


def test_languages_are_bcp_47_tags() -> None:
    languages = set(engine_facts("pyttsx3").languages)
    assert {"en-US", "en-GB", "en-GB-x-rp", "de", "fr-FR", "pt-BR", "cmn-Latn-pinyin", "en-029"} <= languages


def test_no_short_utterance_is_lost() -> None:
    """Unchanged, the driver gives late, empty or wrong files in a row like this one."""
    lengths: dict[str, list[int]] = {}
    for turn in range(40):
        name, rate = ("en-us+f3", 175) if turn % 2 else ("en-gb+m3", 220)
        lengths.setdefault(name, []).append(len(spoken(name, words_per_minute=rate)))
    for found in lengths.values():
        assert max(found) - min(found) < 0.03 * max(found)


def test_the_version_names_everything_that_affects_the_sound() -> None:
    version = engine_facts("pyttsx3").version
    assert "pyttsx3 2." in version
    assert f"espeak-ng {library.load().version}" in version


def test_an_error_that_pyttsx3_hides_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "find_identifier", lambda name, languages: "no/such-language")
    with pytest.raises(EngineError, match=r"pyttsx3 failed: .*no/such-language"):
        spoken("en-us+m5")


_ORIGIN = "from audiobook.engines.espeak import library as e; l = e.load(); print(l.origin, l.data)"


def origin_where(**changes: str) -> list[str]:
    env = {name: value for name, value in os.environ.items() if name != library.DATA_VARIABLE} | changes
    done = subprocess.run([sys.executable, "-c", _ORIGIN], env=env, capture_output=True, text=True, check=True)
    return done.stdout.split()


def wheel() -> Path:
    folder = library._wheel_folder()
    if folder is None:
        pytest.skip("the wheel of espeak-ng is not installed")
    return folder


def test_a_system_library_with_its_data_is_preferred(tmp_path: Path) -> None:
    data = tmp_path / "share"
    data.symlink_to(wheel() / "espeak-ng-data")
    found = origin_where(LD_LIBRARY_PATH=str(wheel()), ESPEAK_DATA_PATH=str(data))
    assert found == ["system", str(data)]


def test_the_wheel_is_used_if_the_system_library_has_no_data(tmp_path: Path) -> None:
    found = origin_where(LD_LIBRARY_PATH=str(wheel()), ESPEAK_DATA_PATH=str(tmp_path))
    assert found == ["wheel", str(wheel() / "espeak-ng-data")]


def test_a_worker_finds_the_same_library_as_its_parent() -> None:
    assert origin_where(ESPEAK_DATA_PATH=str(wheel() / "espeak-ng-data"))[0] == origin_where()[0]
    found = origin_where(LD_LIBRARY_PATH=str(wheel()), ESPEAK_DATA_PATH=str(wheel() / "espeak-ng-data"))
    assert found == ["wheel", str(wheel() / "espeak-ng-data")]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="another engine speaks there")
def test_is_voice_agrees_with_the_list_of_voices() -> None:
    from audiobook.engines.espeak.voices import is_voice, list_languages, voice_facts

    languages, variants = ("en-us", "en-gb", "de", "en-shavian"), ("f2", "m4", "Hugo", "Demonic", "croak")
    listed = list(voice_facts(languages, variants))
    tried = {
        f"{code}{plus}{name}" for code in (*languages, "xx", "") for plus in ("", "+") for name in (*variants, "f5", "")
    }
    assert {name for name in tried | set(languages) if is_voice(name, languages, variants)} == {v.name for v in listed}
    assert list_languages(languages) == tuple(sorted({voice.language for voice in listed}))
