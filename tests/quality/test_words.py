"""Texts as words to be compared, and which words sound alike."""

import pytest

from audiobook.quality.words import alike, words_of


def test_words_are_compared_without_case_marks_accents_and_apostrophes() -> None:
    assert words_of("“Don’t, Zoë!” — it's TWENTY-three…") == ["dont", "zoe", "its", "twenty", "three"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("grey", "gray"),
        ("colour", "color"),
        ("oona", "una"),
        ("lark", "larke"),
        ("fare", "fair"),
        ("knight", "night"),
        ("two", "too"),
        ("phillip", "filip"),
        ("wright", "right"),
        ("harbour", "harbor"),
        ("someone", "someone"),
        ("popplewell", "popple"),
    ],
)
def test_what_sounds_alike_is_one_word(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("lamp", "boat"), ("never", "always"), ("marrow", "window"), ("yes", "no"), ("tram", "depot"), ("hat", "dog")],
)
def test_what_does_not_is_two(one: str, other: str) -> None:
    assert not alike(one, other)
