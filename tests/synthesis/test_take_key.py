from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.script import Place
from audiobook.synthesis import cue_key

VOICE = Voice(engine="tone", name="flute")
CUE = Cue(place=Place(chapter=1, paragraph=1, line=1), text="Hello.", voice=VOICE)

shaping = st.fixed_dictionaries(
    {
        "engine": st.text(max_size=5),
        "name": st.text(max_size=5),
        "words_per_minute": st.integers(40, 500),
        "pitch": st.integers(0, 99),
        "text": st.text(max_size=10),
        "version": st.text(max_size=5),
    }
)
places = st.builds(Place, chapter=st.integers(1, 9), paragraph=st.integers(1, 9), line=st.integers(1, 9))


def key_of(values: dict[str, Any], place: Place, volume: float) -> str:
    voice = {name: values[name] for name in ("engine", "name", "words_per_minute", "pitch")}
    return cue_key(Cue(place=place, text=values["text"], voice=Voice(**voice, volume=volume)), values["version"])


@settings(deadline=None)
@given(
    one=shaping, other=shaping, places=st.tuples(places, places), volumes=st.tuples(st.floats(0, 2), st.floats(0, 2))
)
def test_keys_differ_exactly_if_the_sound_may_differ(
    one: dict[str, Any], other: dict[str, Any], places: tuple[Place, Place], volumes: tuple[float, float]
) -> None:
    same = key_of(one, places[0], volumes[0]) == key_of(other, places[1], volumes[1])
    assert same == (one == other)


@settings(deadline=None)
@given(values=shaping, changed=st.sampled_from(["engine", "name", "text", "version"]), places=st.tuples(places, places))
def test_any_changed_value_changes_the_key_except_the_place(
    values: dict[str, Any], changed: str, places: tuple[Place, Place]
) -> None:
    key = key_of(values, places[0], 1.0)
    assert key == key_of(values, places[1], 0.5)
    assert key != key_of(values | {changed: values[changed] + "x"}, places[0], 1.0)


@pytest.mark.parametrize("change", [{"words_per_minute": 176}, {"pitch": 51}, {"name": "cello"}, {"engine": "other"}])
def test_all_settings_of_a_voice_except_the_volume_are_in_the_key(change: dict[str, Any]) -> None:
    assert cue_key(CUE, "1") != cue_key(replace(CUE, voice=replace(VOICE, **change)), "1")
    assert cue_key(CUE, "1") == cue_key(replace(CUE, voice=replace(VOICE, volume=0.5)), "1")


def test_the_key_does_not_depend_on_the_machine() -> None:
    assert cue_key(CUE, "1") == "031390907bb0757922d76f0084533cf8e0dbb072"
