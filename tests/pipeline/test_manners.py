"""Styles of lines: softer, louder, or after a pause, and how the voices file changes them."""

from pathlib import Path

import pytest

from audiobook.casting import read_casting_config
from audiobook.model.book import Facts
from audiobook.model.cast import NEUTRAL, PROSODIES, Cast, Prosody, Voice
from audiobook.model.script import NARRATOR, Character, Line, Place, Script, ScriptChapter, Style
from audiobook.pipeline.planning import plan_segments

VOICE = Voice(engine="tone", name="cello", words_per_minute=200, pitch=50)
OONA = Voice(engine="tone", name="flute", words_per_minute=150, pitch=97, volume=0.5)


def load_script(*lines: Line) -> Script:
    chapter = ScriptChapter(number=1, title="One", lines=lines)
    return Script(facts=Facts(title="Manners"), characters=(Character(name="Oona"),), chapters=(chapter,))


def said(number: int, text: str, style: Style = "said", **settings: object) -> Line:
    place = Place(chapter=1, paragraph=number, line=1)
    return Line(place=place, kind="dialogue", speaker="Oona", text=text, style=style, **settings)  # type: ignore[arg-type]


def performed(script: Script, prosodies: dict[str, Prosody]) -> list[tuple[Voice, float, int]]:
    """The voice, the gain and the pause after each line."""
    from audiobook.model.cast import Part

    part = Part(speaker="Oona", voice=OONA, reason="")
    cast = Cast(narrator=VOICE, unknown=VOICE, parts=(part,), prosodies=prosodies)
    (segment,) = plan_segments(script, cast, {VOICE: 1.0, OONA: -6.0}, [])
    return [
        (cue.voice, clip.gain, clip.pause) for (_, cue), clip in zip(segment.cues, segment.segment.clips, strict=True)
    ]


def test_a_whisper_is_softer_and_slower_and_a_shout_louder_and_higher() -> None:
    plain, whisper, shout = performed(
        load_script(said(1, "“Go.”"), said(2, "“Go.”", "whispered"), said(3, "“Go!”", "shouted")), dict(PROSODIES)
    )
    assert plain[:2] == (OONA, -6.0)
    assert whisper[0].words_per_minute == 141
    assert whisper[1] == pytest.approx(-6.0 - 4.4, abs=0.05)  # 0.6 times as loud
    assert shout[0].pitch == 99  # as high as a voice goes
    assert shout[1] == pytest.approx(-6.0 + 1.9, abs=0.05)


def test_a_manner_may_ask_for_silence_before_and_after() -> None:
    lines = (said(1, "“One.”"), said(2, "“Two.”", block="letter"), said(3, "“Three.”"), said(4, "“Four.”"))
    pauses = [pause for _, _, pause in performed(load_script(*lines), {"letter": Prosody(pause=900)})]
    assert pauses == [900, 900, 450, 1800]


@pytest.mark.parametrize(
    ("text", "emphasised"),
    [("_Run, all of you!_", True), ("“*Run!*”", True), ("_Run_, all of _you_", False), ("Run, **now**", False)],
)
def test_a_line_set_in_emphasis_from_end_to_end_has_its_manner(text: str, emphasised: bool) -> None:
    ((voice, _, _),) = performed(load_script(said(1, text)), {"emphasis": Prosody(speed=2.0)})
    assert voice.words_per_minute == (300 if emphasised else 150)


def test_narration_is_spoken_as_it_is() -> None:
    line = Line(place=Place(chapter=1, paragraph=1, line=1), kind="narration", speaker=NARRATOR, text="It rained.")
    assert performed(load_script(line), dict(PROSODIES))[0][:2] == (VOICE, 1.0)


def test_every_manner_can_be_changed_or_switched_off(tmp_path: Path) -> None:
    file = tmp_path / "voices.toml"
    file.write_text("[manners]\nwhispered = false\nletter = { rate = 0.9, pause = 700 }\n", encoding="utf-8")
    prosodies = read_casting_config(file, engines=("pyttsx3", "tone"), voices=lambda _: ()).prosodies
    assert prosodies["whispered"] == NEUTRAL
    assert prosodies["letter"] == Prosody(speed=0.9, pause=700)
    assert prosodies["shouted"] == PROSODIES["shouted"]
    file.write_text("manners = false\n", encoding="utf-8")
    assert set(read_casting_config(file, engines=("pyttsx3", "tone"), voices=lambda _: ()).prosodies.values()) == {
        NEUTRAL
    }
