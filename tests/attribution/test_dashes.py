"""How a book uses dashes for dialogue, and which fragments are speech."""

import pytest

from audiobook.attribution.dashes.dialogue import begins_with_dash, find_dashed_speech, read_dash_convention
from audiobook.attribution.dashes.forms import convert_to_past
from audiobook.attribution.dashes.fragments import DashStyle

NARRATION = ["The rain had come in the night, and the lane was a river. Nobody was abroad."] * 5


def said_in(text: str, *, like: list[str]) -> list[str]:
    dashes = read_dash_convention(like, NARRATION)
    return [text[start:end] for start, end in find_dashed_speech(text, dashes)]


@pytest.mark.parametrize(
    ("paragraph", "style"),
    [
        ("—Sit, said Oona. You are wet.", "open"),
        ("—Sit, said Oona. —You are wet.", "resumed"),
        ("- Sit, said Oona. - You are wet.", "resumed"),
        ("—Sit, —said Oona. —You are wet.", "paired"),
        ("—Sit,— said Oona. —You are wet.", "paired"),
        ("— Sit, — said Oona. — You are wet.", "paired"),
        ("—Sit —said Oona—. You are wet.", "paired"),
    ],
)
def test_the_style_of_dashes_follows_from_those_after_the_first(paragraph: str, style: DashStyle) -> None:
    assert read_dash_convention([paragraph] * 5, NARRATION).style == style


def test_a_dash_that_breaks_off_a_word_does_not_continue_speech() -> None:
    assert read_dash_convention(["—I—I never said it, he said.", "—No."] * 5, NARRATION).style == "open"


@pytest.mark.parametrize(
    "text",
    [
        "—I will not go, said Oona. It is too late.",
        "—I will not go, said Oona. —It is too late.",
        "- I will not go, said Oona. - It is too late.",
        "― I will not go, said Oona. ― It is too late.",
        "—I will not go, —said Oona. —It is too late.",
        "—I will not go,— said Oona. —It is too late.—",
        "– I will not go, – said Oona. – It is too late.",
    ],
)
def test_a_tag_is_narration_in_each_style_of_dashes(text: str) -> None:
    said = [words.strip(" –—―-") for words in said_in(text, like=[text] * 5)]
    assert said == ["I will not go,", "It is too late."]


def test_a_first_person_book_is_recognised_by_its_narration() -> None:
    assert read_dash_convention(["—Sit."], ["I went home, and I slept."]).first_person
    assert not read_dash_convention(["—I will sit, and I will eat."], NARRATION).first_person


def test_words_have_log_odds_by_their_use_in_speech_and_narration() -> None:
    word_log_odds = read_dash_convention(["—Aye, surely.", "—Aye, come in."] * 3, NARRATION).word_log_odds
    assert word_log_odds["aye"] > 0 > word_log_odds["lane"]


@pytest.mark.parametrize(
    "text",
    [
        "The board said “GOTLAND 02:10 — DELAYED” and she went on.",
        "“Sir,—I was second mate of the barque that was lost.",  # a letter goes on in the next paragraph
        'It was "The Anchor — Rooms" by the sign, and she went in.',
    ],
)
def test_a_dash_between_quotation_marks_does_not_begin_speech(text: str) -> None:
    assert said_in(text, like=["—Sit, said Oona. —You are wet."] * 5) == []


@pytest.mark.parametrize("text", ["—’Tis a fine thing, a pen.", "———who was had by both.", "-- --who was lost."])
def test_speech_may_begin_with_an_apostrophe_or_a_second_dash(text: str) -> None:
    assert begins_with_dash(text)


def test_narration_in_the_present_tense_is_converted_to_the_past() -> None:
    assert convert_to_past("The boy pushes a different packet") == "The boy pushed a different packet"
    assert convert_to_past("But he hasn’t moved.") == "But he hadn’t moved."
    assert convert_to_past("Moreau says, and he salutes") == "Moreau says, and he salutes"
    assert convert_to_past("I know what it is.") == "I know what it is."


def test_a_book_in_the_present_tense_is_recognised_by_its_narration() -> None:
    assert read_dash_convention(["—Sit."], ["He is at home. She has gone, and it was late."]).present_tense
    assert not read_dash_convention(["—It is late. He has gone."], NARRATION).present_tense


def test_a_tag_after_a_closing_mark_is_narration() -> None:
    like = ["—Sit, said Oona. —You are wet."] * 5
    assert said_in("—You did “The Rope,” she said. —I saw it.", like=like) == ["—You did “The Rope,”", "—I saw it."]
