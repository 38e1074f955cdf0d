"""Texts in other scripts are counted, cut and timed by their characters."""

from dataclasses import replace
from itertools import pairwise

import pytest

from audiobook.languages.calibration import calibration_texts
from audiobook.languages.scripts import estimate_seconds
from audiobook.languages.sentences import find_sentence_starts
from audiobook.model.book import count_words
from audiobook.model.cast import Voice
from audiobook.model.cue import Cue
from audiobook.model.script import Place
from audiobook.normalization.chunking import split_utterances
from audiobook.synthesis.validation import check_duration, duration_bounds


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("雨下了一整夜，街上没有人。", 11),
        ("Aさんは、来た。", 6),
        ("비가 내렸다.", 2),
        ("It rained all night.", 4),
        ("सारी रात", 2),
    ],
)
def test_characters_that_are_written_without_spaces_count_as_words(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("雨下了。他来了！谁？", ["雨下了。", "他来了！", "谁？"]),
        ("「来たのか。」と老人は言った。朝だ。", ["「来たのか。」と老人は言った。", "朝だ。"]),
        ("「来たのか。」「はい。」", ["「来たのか。」", "「はい。」"]),
        ("बारिश हुई। वह आया।", ["बारिश हुई। ", "वह आया।"]),
        ("هل جئت؟ نعم.", ["هل جئت؟ ", "نعم."]),
        ("Τι κάνεις; Καλά.", ["Τι κάνεις; ", "Καλά."]),
        ("He came; She left.", ["He came; She left."]),
    ],
)
def test_sentences_end_with_the_marks_of_their_script(text: str, sentences: list[str]) -> None:
    starts = [*find_sentence_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(starts)] == sentences


def test_a_chinese_text_is_cut_at_its_sentences_without_losing_a_character() -> None:
    text = "雨下了一整夜，街上没有一个人。老王坐在窗前。" * 40
    pieces = split_utterances(text, 400)
    assert "".join(pieces) == text
    assert len(pieces) > 5
    assert all(piece.endswith("。") and len(piece) <= 100 for piece in pieces)


@pytest.mark.parametrize(
    ("text", "seconds"),  # as espeak-ng speaks them
    [
        ("雨下了一整夜，街上没有一个人。老王坐在窗前，看着门外的路，等他的儿子回来。", 9.3),
        ("밤새도록 비가 내렸고 거리에는 아무도 없었다. 노인은 창가에 앉아 아들을 기다렸다.", 7.6),
        ("Всю ночь шёл дождь, и на улице никого не было. Старик сидел у окна.", 4.1),
    ],
)
def test_a_sound_of_the_usual_length_passes_and_one_of_half_of_it_does_not(text: str, seconds: float) -> None:
    shortest, expected, longest = duration_bounds(text, 175, 1.0)
    assert 0.7 * seconds < expected < 1.4 * seconds
    assert shortest < seconds < longest
    assert seconds / 2 < shortest or expected > seconds


def test_a_voice_of_another_script_may_spell_latin_letters() -> None:
    cue = Cue(
        place=Place(chapter=1, paragraph=1, line=1),
        text="We look before and after, and pine for what is not.",
        voice=Voice(engine="pyttsx3", name="ja+f2"),
    )
    assert check_duration(12.0, cue, 1.0) is None
    assert check_duration(12.0, replace(cue, voice=replace(cue.voice, name="en-us")), 1.0) is not None


def test_the_length_of_a_latin_text_is_estimated_from_its_words_alone() -> None:
    assert estimate_seconds(["It rained."], 190, 190.0) == 60.0


def test_a_voice_is_measured_in_a_language_that_it_speaks() -> None:
    assert calibration_texts("cmn")[0].startswith("雨")
    assert len(calibration_texts("ru-RU")) == 3
    assert calibration_texts("en-US") == ()
