"""`audiobook pronounce`: the words an engine must guess at."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.normalization.pronunciations import has_dictionary, unknown, words_of
from tests.cli.conftest import Said

Audiobook = Callable[..., Said]

TALE = """CHAPTER I

Winterbourne looked at the harbour. Winterbourne's hat was grey, and his neighbours' favourite.

"I shouldn't think so," said Oona Cholmondeley. "Winterbourne isn't well-known in Vevey."
"""


@pytest.fixture
def tale(tmp_path: Path) -> Path:
    path = tmp_path / "tale.txt"
    path.write_text(TALE, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "word", ["harbour", "neighbours", "favourite", "grey", "shouldn't", "centre", "well-known", "muslins", "XIV", "I'm"]
)
def test_words_that_people_know_are_not_unsure(word: str) -> None:
    assert unknown([word], "en-GB") == []


@pytest.mark.parametrize("word", ["Winterbourne", "Cholmondeley", "Vevey", "Gandalf-like", "ponderosum"])
def test_words_that_no_dictionary_has_are_unsure(word: str) -> None:
    assert unknown([word], "en") == [word]


def test_a_genitive_is_the_word_itself() -> None:
    assert words_of("Winterbourne's and the Tilneys’ hats, 4 o'clock") == [
        "Winterbourne", "and", "the", "Tilneys", "hats", "o'clock",
    ]  # fmt: skip


def test_other_languages_have_their_own_dictionary_or_none() -> None:
    assert unknown(["Straße", "Katze"], "de-DE") == []
    assert not has_dictionary("kl")
    assert unknown(["anything"], "kl") == []


def test_unsure_words_are_listed_the_most_spoken_first(audiobook: Audiobook, tale: Path) -> None:
    rows = json.loads(audiobook("pronounce", tale, "--json").out)["words"]
    assert [(row["word"], row["times"]) for row in rows] == [
        ("Winterbourne", 3), ("Cholmondeley", 1), ("Oona", 1), ("Vevey", 1),
    ]  # fmt: skip
    assert "Cholmondeley" not in audiobook("pronounce", tale, "--least", 2).out


def test_entries_are_shown_where_they_are_used_and_told_where_they_are_not(audiobook: Audiobook, tale: Path) -> None:
    voices = tale.with_name("tale.voices.toml")
    voices.write_text('[pronunciations]\nCholmondeley = "Chumley"\nZork = "Zorque"\n', encoding="utf-8")
    said = audiobook("pronounce", tale)
    assert "Chumley" in said.out
    assert "'Zork' is not used" in said.err
    assert "'Cholmondeley' is used nowhere" not in said.err


def test_a_word_is_heard_in_its_sentence_as_another_spelling(audiobook: Audiobook, tale: Path) -> None:
    output = tale.with_name("heard.wav")
    said = audiobook("pronounce", tale, "cholmondeley", "Chumley", "--engine", "tone", "--output", output)
    assert said.code == 0
    assert "said Oona Chumley." in said.err
    assert output.stat().st_size > 1000


def test_a_word_that_the_book_does_not_have_is_said_so(audiobook: Audiobook, tale: Path) -> None:
    said = audiobook("pronounce", tale, "Gandalf", "Gandelf", "--engine", "tone")
    assert said.code == 2
    assert "'Gandalf'" in said.err
