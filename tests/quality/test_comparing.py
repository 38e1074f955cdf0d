"""Words said and words heard, side by side."""

from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.quality import by_line, words_of
from audiobook.quality.word_alignment import compared

WORDS = st.lists(st.sampled_from(["lamp", "boat", "snow", "quill", "seven", "harbour"]), max_size=8)


def heard(lines: list[str], said: str) -> list[tuple[dict[int, str], tuple[tuple[str, ...], ...]]]:
    return [(dict(one.missed), one.added) for one in by_line([words_of(line) for line in lines], words_of(said))]


@settings(deadline=None)
@given(WORDS, WORDS)
def test_every_word_of_both_has_its_place_in_order(said: list[str], other: list[str]) -> None:
    steps = compared(said, other)
    assert [step.said for step in steps if step.said is not None] == list(range(len(said)))
    assert [step.heard for step in steps if step.heard is not None] == list(range(len(other)))


@settings(deadline=None)
@given(WORDS)
def test_what_is_said_as_written_has_no_error(said: list[str]) -> None:
    assert all(step.same for step in compared(said, said))


def test_a_word_heard_as_two_is_the_same_word() -> None:
    assert all(step.same for step in compared(["the", "sou", "wester", "hung"], ["the", "souwester", "hung"]))


def test_missing_wrong_and_added_words_fall_to_their_line() -> None:
    lines = ["The lamp was lit.", "Nobody came to the harbour.", "Snow fell."]
    assert heard(lines, "The was lit. Nobody came to the window. Snow fell quickly indeed.") == [
        ({1: ""}, ()),
        ({4: "window"}, ()),
        ({}, (("quickly", "indeed"),)),
    ]


def test_a_line_said_twice_has_its_own_words_too_many_and_its_neighbours_none() -> None:
    lines = ["The lamp was lit.", "Nobody came.", "Snow fell."]
    assert heard(lines, "The lamp was lit. Nobody came. Nobody came. Snow fell.") == [
        ({}, ()),
        ({}, (("nobody", "came"),)),
        ({}, ()),
    ]


def test_a_line_without_a_word_and_a_silence_are_lines_like_any() -> None:
    assert heard(["...", "Snow fell."], "") == [({}, ()), ({0: "", 1: ""}, ())]
    assert heard(["..."], "Thank you.") == [({}, (("thank", "you"),))]
