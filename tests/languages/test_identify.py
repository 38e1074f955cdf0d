"""The language of a text is found from the text, and weighed against what the book states."""

import time
from pathlib import Path

import pytest

from audiobook.languages.identify import choose_language, identify_language, take_sample

SENTENCES = Path(__file__).parents[1] / "cases" / "languages" / "sentences.txt"
TEXTS = dict(line.split(" ", 1) for line in SENTENCES.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("tag", "text"), TEXTS.items())
def test_two_sentences_show_their_language(tag: str, text: str) -> None:
    found = identify_language(text)
    assert found is not None
    assert found.tag == tag
    assert choose_language("", text) == tag


@pytest.mark.parametrize("tag", ["fr", "de", "it", "ru", "zh", "ja", "he", "hi", "fi", "tr"])
def test_the_text_counts_more_than_a_statement_of_another_language(tag: str) -> None:
    assert choose_language("en", TEXTS[tag] * 3) == tag


@pytest.mark.parametrize(
    ("stated", "tag", "language"),
    [
        ("en-GB", "en", "en-GB"),
        ("por", "pt", "pt"),
        ("pt_br", "pt", "pt-BR"),
        ("zh-TW", "zh", "zh-TW"),
        ("yue", "zh", "yue"),
        ("no", "nb", "nb"),
        ("bs", "hr", "bs"),
        ("und", "ru", "ru"),
        ("x-none", "en", "en"),
        ("Deutsch", "de", "de"),
    ],
)
def test_a_statement_that_the_text_agrees_with_is_kept(stated: str, tag: str, language: str) -> None:
    assert choose_language(stated, TEXTS[tag] * 3) == language


@pytest.mark.parametrize("text", ["", "1984", "* * *", "Hush! Zounds! Ah!"])
def test_a_text_that_shows_nothing_is_in_the_stated_language_and_else_in_english(text: str) -> None:
    assert choose_language("", text) == "en"
    assert choose_language("fi", text) == "fi"


def test_a_preface_in_another_language_does_not_decide() -> None:
    paragraphs = [TEXTS["la"]] * 20 + [TEXTS["it"]] * 200
    assert choose_language("", take_sample(paragraphs)) == "it"


def test_the_language_of_a_novel_is_found_within_a_tenth_of_a_second() -> None:
    paragraphs = [TEXTS["pl"]] * 8_000
    identify_language("warm")
    began = time.process_time()
    assert choose_language("", take_sample(paragraphs)) == "pl"
    assert time.process_time() - began < 0.1
