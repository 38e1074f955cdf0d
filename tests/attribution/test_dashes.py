"""How a book's dash dialogue is recognised, and read."""

import pytest

from audiobook.attribution.dashes.dialogue import begins_with_dash, dashed_speech, read_dashes
from audiobook.attribution.dashes.forms import as_if_past
from audiobook.attribution.dashes.pieces import DashStyle

NARRATION = ["The rain had come in the night, and the lane was a river. Nobody was abroad."] * 5


def said_in(text: str, *, like: list[str]) -> list[str]:
    dashes = read_dashes(like, NARRATION)
    return [text[start:end] for start, end in dashed_speech(text, dashes)]


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
def test_the_dashes_behind_the_first_tell_how_a_book_uses_them(paragraph: str, style: DashStyle) -> None:
    assert read_dashes([paragraph] * 5, NARRATION).style == style


def test_a_dash_that_breaks_off_a_word_is_no_way_to_go_on() -> None:
    assert read_dashes(["—I—I never said it, he said.", "—No."] * 5, NARRATION).style == "open"


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
def test_a_tag_is_told_whatever_the_dashes_are(text: str) -> None:
    said = [words.strip(" –—―-") for words in said_in(text, like=[text] * 5)]
    assert said == ["I will not go,", "It is too late."]


def test_a_book_told_by_i_is_known_by_its_narration() -> None:
    assert read_dashes(["—Sit."], ["I went home, and I slept."]).told_by_i
    assert not read_dashes(["—I will sit, and I will eat."], NARRATION).told_by_i


def test_words_lean_to_where_the_book_has_them() -> None:
    leanings = read_dashes(["—Aye, surely.", "—Aye, come in."] * 3, NARRATION).leanings
    assert leanings["aye"] > 0 > leanings["lane"]


@pytest.mark.parametrize(
    "text",
    [
        "The board said “GOTLAND 02:10 — DELAYED” and she went on.",
        "“Sir,—I was second mate of the barque that was lost.",  # a letter goes on in the next paragraph
        'It was "The Anchor — Rooms" by the sign, and she went in.',
    ],
)
def test_no_dash_begins_speech_between_quotation_marks(text: str) -> None:
    assert said_in(text, like=["—Sit, said Oona. —You are wet."] * 5) == []


@pytest.mark.parametrize("text", ["—’Tis a fine thing, a pen.", "———who was had by both.", "-- --who was lost."])
def test_a_paragraph_of_speech_may_begin_with_an_apostrophe_or_where_it_was_broken_off(text: str) -> None:
    assert begins_with_dash(text)


def test_what_is_told_in_the_present_is_read_as_if_it_were_in_the_past() -> None:
    assert as_if_past("The boy pushes a different packet") == "The boy pushed a different packet"
    assert as_if_past("But he hasn’t moved.") == "But he hadn’t moved."
    assert as_if_past("Moreau says, and he salutes") == "Moreau says, and he salutes"
    assert as_if_past("I know what it is.") == "I know what it is."


def test_a_book_told_in_the_present_is_known_by_its_narration() -> None:
    assert read_dashes(["—Sit."], ["He is at home. She has gone, and it was late."]).told_now
    assert not read_dashes(["—It is late. He has gone."], NARRATION).told_now


def test_a_tag_behind_a_closing_mark_is_told() -> None:
    like = ["—Sit, said Oona. —You are wet."] * 5
    assert said_in("—You did “The Rope,” she said. —I saw it.", like=like) == ["—You did “The Rope,”", "—I saw it."]
