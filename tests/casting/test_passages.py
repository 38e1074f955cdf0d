"""Passages in another language than the book get a voice of that language."""

from dataclasses import replace

import pytest

from audiobook.casting import CastingConfig, SpeakerChoice, VoiceChoice, cast_script
from audiobook.languages.ja import readings
from audiobook.model.cast import Cast
from audiobook.model.script import NARRATOR, Line, Script
from tests.casting.fakes import FEW, script_from

BOOK = """
Emma (female)
Max (male)
--
> The rain fell.
Emma: Guten Morgen, mein Herr.
Max: Guten Abend, gute Frau.
"""


def mark(script: Script, language: str) -> Script:
    """The script with every spoken line marked as being in a language."""

    def marked(line: Line) -> Line:
        return replace(line, language=language) if line.kind == "dialogue" else line

    chapters = (replace(one, lines=tuple(map(marked, one.lines))) for one in script.chapters)
    return replace(script, chapters=tuple(chapters))


def cast_in(language: str, config: CastingConfig | None = None) -> Cast:
    return cast_script(mark(script_from(BOOK), language), config or CastingConfig(), FEW)


def test_a_passage_is_spoken_by_a_voice_of_its_language_and_of_the_speakers_gender() -> None:
    cast = cast_in("de")
    assert cast.voice_of("Emma", "de").name == "Jutta"
    assert cast.voice_of("Max", "de").name == "Karl"
    assert {"Jutta", "Karl"} <= {voice.name for voice in cast.voices()}
    assert cast.unvoiced == ()


def test_the_voice_of_a_passage_has_the_rate_of_the_usual_voice() -> None:
    config = CastingConfig(
        speakers=(SpeakerChoice(name="Emma", source="test", choice=VoiceChoice(words_per_minute=140)),)
    )
    assert cast_in("de", config).voice_of("Emma", "de").words_per_minute == 140


def test_a_language_without_a_voice_is_spoken_by_the_usual_voice() -> None:
    cast, usual = cast_in("fr-FR"), cast_in("")
    assert cast.voice_of("Emma", "fr-FR") == usual.voice_of("Emma")
    assert (cast.passages, cast.unvoiced) == ({}, ("fr",))


def test_passages_change_no_other_voice() -> None:
    cast, usual = cast_in("de"), cast_in("")
    assert (cast.narrator, cast.unknown, cast.parts) == (usual.narrator, usual.unknown, usual.parts)
    assert cast.voice_of(NARRATOR, "de") == usual.narrator


def test_the_language_of_the_book_in_another_region_is_no_other_language() -> None:
    assert cast_in("en-US") == cast_in("")


def test_japanese_without_its_readings_is_spoken_by_the_usual_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "has_readings", lambda: False)
    assert cast_in("ja").unvoiced == ("ja",)
