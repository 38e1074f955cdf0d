import pytest

from audiobook.engines.tone import ToneEngine
from audiobook.model.cast import Voice

TONE = ToneEngine()


def test_the_length_follows_the_number_of_letters() -> None:
    flute = Voice(engine="tone", name="flute")
    short, long = (TONE.speak(text, flute).seconds for text in ("abcde", "abcde" * 4))
    assert long == pytest.approx(4 * short, rel=0.02)


@pytest.mark.parametrize("name", [voice.name for voice in TONE.voices()])
def test_every_instrument_has_its_own_sound(name: str) -> None:
    made = {voice.name: TONE.speak("la", Voice(engine="tone", name=voice.name)).pcm for voice in TONE.voices()}
    assert [other for other, pcm in made.items() if pcm == made[name]] == [name]


def test_every_sample_is_deterministic() -> None:
    voice = Voice(engine="tone", name="cello", words_per_minute=200, pitch=70)
    assert ToneEngine().speak("One two three.", voice) == ToneEngine().speak("One two three.", voice)
