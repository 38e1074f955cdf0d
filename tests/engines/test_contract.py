"""The requirements of every engine in the table; see audiobook/engines/contract.py."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from audiobook.engines import Engine, list_engines, open_engine
from audiobook.engines.registry import ENGINES, EXTRAS
from audiobook.errors import EngineError, VoicesError
from audiobook.model.cast import Voice
from tests.engines import neural

SENTENCE = "The harbour lay quiet under the snow."
_SLACK = 0.03  # espeak-ng's noise goes on from one utterance to the next, and moves the ends of words a little


def marks(name: str) -> list[pytest.MarkDecorator]:
    return [pytest.mark.engine] * (name != "tone") + [pytest.mark.slow] * (name in EXTRAS)


@pytest.fixture(params=[pytest.param(name, marks=marks(name)) for name in ENGINES])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param in EXTRAS:
        neural.require(request.param)
    return open_engine(request.param)


def some_voice(engine: Engine, **settings: int) -> Voice:
    facts = min((v for v in engine.voices() if v.language.startswith(("en", "mul"))), key=lambda v: v.rank)
    return Voice(engine=facts.engine, name=facts.name, **settings)


def test_its_facts_are_complete_and_its_name_is_that_of_the_table(engine: Engine) -> None:
    facts = engine.facts()
    assert facts == engine.facts()
    assert facts.name in list_engines()
    assert facts.version
    assert facts.longest_text >= 500
    assert list(facts.languages) == sorted(set(facts.languages))


def test_its_voices_have_unique_names_and_a_stable_order(engine: Engine) -> None:
    voices = engine.voices()
    assert list(voices) == list(engine.voices())
    assert len({voice.name for voice in voices}) == len(voices)
    assert {voice.engine for voice in voices} == {engine.facts().name}
    assert {voice.language for voice in voices} == set(engine.facts().languages)


def test_it_has_voices_for_all_kinds_of_speakers(engine: Engine) -> None:
    if engine.facts().name in EXTRAS:
        pytest.skip("which voices a neural engine has is the matter of its models")
    english = [voice for voice in engine.voices() if voice.language.startswith(("en", "mul")) and voice.rank < 1_000]
    for gender in ("male", "female"):
        assert sum(voice.gender == gender and voice.age == "adult" for voice in english) >= 4
        assert any(voice.gender == gender and voice.age == "child" for voice in english)
        assert any(voice.gender == gender and voice.age == "old" for voice in english)


def test_it_speaks(engine: Engine) -> None:
    sound = engine.speak(SENTENCE, some_voice(engine))
    assert 1.2 < sound.seconds < 5
    assert sound.sample_rate == engine.facts().sample_rate or engine.facts().sample_rate is None
    assert max(sound.pcm[1::2]) > 4


def test_a_longer_text_takes_longer_and_a_faster_voice_takes_less_time(engine: Engine) -> None:
    usual = engine.speak(SENTENCE, some_voice(engine)).seconds
    assert engine.speak(f"{SENTENCE} {SENTENCE}", some_voice(engine)).seconds > 1.6 * usual
    assert engine.speak(SENTENCE, some_voice(engine, words_per_minute=350)).seconds < 0.75 * usual


def test_the_pitch_changes_the_sound(engine: Engine) -> None:
    assert engine.speak(SENTENCE, some_voice(engine, pitch=20)) != engine.speak(SENTENCE, some_voice(engine, pitch=80))


def test_earlier_texts_do_not_affect_the_sound(engine: Engine) -> None:
    voice = some_voice(engine)
    first = engine.speak(SENTENCE, voice)
    other = engine.voices()[-1]
    engine.speak(
        "Something else entirely!", Voice(engine=other.engine, name=other.name, words_per_minute=300, pitch=90)
    )
    again = engine.speak(SENTENCE, voice)
    assert again.seconds == pytest.approx(first.seconds, rel=_SLACK)


@pytest.mark.parametrize(
    "text",
    [
        "A",
        "…",
        "—",
        "?!",
        "12",
        "100%",
        "naïve café",
        "日本語",
        "a\0b",
        "x" * 300,
        "<b>&amp;</b>",
        "[[h@'loU]]",
        "😀 hello",
    ],
)
def test_odd_texts_are_spoken_or_refused_but_never_hang(engine: Engine, text: str) -> None:
    try:
        assert engine.speak(text, some_voice(engine)).sample_rate
    except EngineError as refusal:
        assert refusal.message  # noqa: PT017  # either is right


def test_words_after_a_null_character_are_spoken(engine: Engine) -> None:
    whole = engine.speak(f"{SENTENCE}\0{SENTENCE}", some_voice(engine))
    assert whole.seconds > 1.5 * engine.speak(SENTENCE, some_voice(engine)).seconds


def test_the_longest_text_is_spoken_completely(engine: Engine) -> None:
    words = "over and " * (engine.facts().longest_text // 9)
    assert engine.speak(words, some_voice(engine)).seconds > len(words) / 30


def test_a_text_that_is_too_long_is_refused_and_never_cut(engine: Engine) -> None:
    with pytest.raises(EngineError, match="longer than"):
        engine.speak("a" * (engine.facts().longest_text + 1), some_voice(engine))


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_a_blank_text_is_refused(engine: Engine, text: str) -> None:
    with pytest.raises(EngineError, match="blank"):
        engine.speak(text, some_voice(engine))


def test_an_unknown_voice_is_refused_with_similar_names(engine: Engine) -> None:
    name = some_voice(engine).name
    with pytest.raises(VoicesError, match="has no voice") as caught:
        engine.speak(SENTENCE, Voice(engine=engine.facts().name, name=f"{name}x"))
    assert name in str(caught.value.hint)


def test_it_prints_nothing_and_starts_no_process(engine: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    before = threading.active_count()
    engine.speak(SENTENCE, some_voice(engine))
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")


def test_it_leaves_no_files_behind(engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine.speak(SENTENCE, some_voice(engine))
    assert not list(tmp_path.iterdir())


_SPEAK = """
import hashlib, sys
from audiobook.model.cast import Voice
from audiobook.engines import open_engine
engine, voice, text = sys.argv[1:]
print(hashlib.sha256(open_engine(engine).speak(text, Voice(engine=engine, name=voice)).pcm).hexdigest())
"""


def test_every_process_makes_the_same_sound(engine: Engine) -> None:
    command = [sys.executable, "-c", _SPEAK, engine.facts().name, some_voice(engine).name, SENTENCE]
    environments = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    made = {subprocess.run(command, env=env, capture_output=True, check=True).stdout for env in environments}
    assert len(made) == 1
