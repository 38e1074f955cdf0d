"""Long texts cut into pieces an engine takes in one go."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.normalization.chunking import split_utterances

TEXTS = st.text(alphabet=st.sampled_from("ab .,;!?'é\n"), max_size=300)


@given(TEXTS, st.integers(min_value=1, max_value=80))
@settings(deadline=None, max_examples=200)
def test_no_character_is_lost_and_no_piece_too_long(text: str, limit: int) -> None:
    pieces = split_utterances(text, limit)
    assert "".join(pieces).replace(" ", "") == "".join(text.split())
    assert all(piece and piece == piece.strip() and len(piece) <= limit for piece in pieces)


@given(st.lists(st.text(alphabet="abc.,", min_size=1, max_size=9), max_size=60), st.integers(min_value=9, max_value=80))
@settings(deadline=None, max_examples=200)
def test_pieces_joined_by_a_space_are_the_text_where_no_word_is_longer_than_the_limit(
    words: list[str], limit: int
) -> None:
    text = " ".join(words)
    assert " ".join(split_utterances(text, limit)) == text


def test_cuts_stand_at_sentence_ends_where_sentences_fit() -> None:
    text = "The lamp was lit. Was it? It was! Nobody came."
    assert split_utterances(text, 30) == ("The lamp was lit. Was it?", "It was! Nobody came.")


def test_a_sentence_too_long_is_cut_at_its_clauses() -> None:
    text = "When the lamp was lit, and the door was shut; then, and only then, he slept."
    assert split_utterances(text, 50) == (
        "When the lamp was lit, and the door was shut;",
        "then, and only then, he slept.",
    )


def test_a_clause_too_long_is_cut_between_words_evenly() -> None:
    pieces = split_utterances("word " * 25, 100)
    assert [len(piece) for piece in pieces] == [64, 59]


def test_a_word_of_ten_thousand_letters_is_still_cut() -> None:
    assert split_utterances("a" * 10_000, 300) == ("a" * 300,) * 33 + ("a" * 100,)


def test_short_texts_stay_whole_and_empty_ones_give_nothing() -> None:
    assert split_utterances("Yes.", 4) == ("Yes.",)
    assert split_utterances("  \n ", 4) == ()


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one character"):
        split_utterances("Yes.", 0)


def test_a_million_letters_are_cut_in_a_moment() -> None:
    began = time.process_time()
    split_utterances("Some words, here. " * 60_000, 250)
    assert time.process_time() - began < 2
