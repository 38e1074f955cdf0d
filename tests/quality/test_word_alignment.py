"""Alignment of the words of a script with the words heard."""

from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.quality import align_lines, split_words
from audiobook.quality.word_alignment import align_words

WORDS = st.lists(st.sampled_from(["lamp", "boat", "snow", "quill", "seven", "harbour"]), max_size=8)


def heard(lines: list[str], said: str) -> list[tuple[dict[int, str], tuple[tuple[str, ...], ...]]]:
    return [
        (dict(one.missed), one.added) for one in align_lines([split_words(line) for line in lines], split_words(said))
    ]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_alignment_contains_every_word_of_both_in_order(said: list[str], other: list[str]) -> None:
    steps = align_words(said, other)
    assert [step.said for step in steps if step.said is not None] == list(range(len(said)))
    assert [step.heard for step in steps if step.heard is not None] == list(range(len(other)))


@settings(deadline=None)
@given(WORDS)
def test_identical_words_have_no_errors(said: list[str]) -> None:
    assert all(step.same for step in align_words(said, said))


def test_a_word_heard_as_two_is_the_same_word() -> None:
    assert all(step.same for step in align_words(["the", "sou", "wester", "hung"], ["the", "souwester", "hung"]))


def test_missing_wrong_and_added_words_belong_to_their_line() -> None:
    lines = ["The lamp was lit.", "Nobody came to the harbour.", "Snow fell."]
    assert heard(lines, "The was lit. Nobody came to the window. Snow fell quickly indeed.") == [
        ({1: ""}, ()),
        ({4: "window"}, ()),
        ({}, (("quickly", "indeed"),)),
    ]


def test_added_words_of_a_repeated_line_belong_to_that_line() -> None:
    lines = ["The lamp was lit.", "Nobody came.", "Snow fell."]
    assert heard(lines, "The lamp was lit. Nobody came. Nobody came. Snow fell.") == [
        ({}, ()),
        ({}, (("nobody", "came"),)),
        ({}, ()),
    ]


def test_lines_without_words_and_silence_are_accepted() -> None:
    assert heard(["...", "Snow fell."], "") == [({}, ()), ({0: "", 1: ""}, ())]
    assert heard(["..."], "Thank you.") == [({}, (("thank", "you"),))]
