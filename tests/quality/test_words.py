"""Splitting text into comparable words, and words that sound alike."""

import pytest

from audiobook.quality.words import sound_alike, split_words


def test_words_have_no_case_punctuation_accents_and_apostrophes() -> None:
    assert split_words("“Don’t, Zoë!” — it's TWENTY-three…") == ["dont", "zoe", "its", "twenty", "three"]


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
def test_words_that_sound_alike_are_the_same(one: str, other: str) -> None:
    assert sound_alike(one, other)
    assert sound_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("lamp", "boat"), ("never", "always"), ("marrow", "window"), ("yes", "no"), ("tram", "depot"), ("hat", "dog")],
)
def test_words_that_sound_different_are_not_the_same(one: str, other: str) -> None:
    assert not sound_alike(one, other)
