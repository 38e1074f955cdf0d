"""Misreadings: faults found in two transcriptions, beyond the recogniser's own errors."""

import pytest

from audiobook.quality import (
    Baseline,
    Fault,
    Hearing,
    align_lines,
    compute_baseline,
    find_fault,
    is_suspect,
    split_words,
)

CLEAR = Baseline(missing=0.0, added=0.0, wrong=0.0)
LINE = "She knocked three times, waited a little, and put the basket on the step."


def heard(said: str, line: str = LINE) -> Hearing:
    (one,) = align_lines([split_words(line)], split_words(said))
    return one


def judged(among: str, alone: str, usual: Baseline = CLEAR) -> Fault | None:
    return find_fault(heard(among), heard(alone), usual)


def test_a_correct_line_is_no_fault_and_needs_no_second_transcription() -> None:
    assert not is_suspect(heard(LINE), CLEAR)
    assert judged(LINE, LINE) is None


def test_words_missing_in_both_transcriptions_are_missing() -> None:
    missing_part_of = "She knocked three times, and put the basket on the step."
    assert is_suspect(heard(missing_part_of), CLEAR)
    assert judged(missing_part_of, missing_part_of) == Fault(missing=("waited", "a", "little"))


def test_words_missing_in_one_transcription_are_not_missing() -> None:
    assert judged("She knocked three times, and put the basket on the step.", LINE) is None


def test_different_errors_in_the_two_transcriptions_are_the_recognisers() -> None:
    one = LINE.replace("three times, waited", "free lime, bated").replace("the basket on", "a mask at an")
    other = LINE.replace("She knocked", "Chic nods").replace("the step", "steppe")
    assert judged(one, other) is None


def test_words_heard_twice_in_both_transcriptions_are_doubled() -> None:
    twice = "She knocked three times. " + LINE
    fault = judged(twice, twice)
    assert fault is not None
    assert sorted(fault.doubled) == ["knocked", "she", "three", "times"]


def test_additional_words_in_both_transcriptions_are_added() -> None:
    more = LINE + " Thanks for watching this video."
    assert judged(more, more) == Fault(added=("thanks", "for", "watching", "this", "video"))


def test_a_run_of_other_words_is_wrong_and_a_single_one_is_a_recognition_error() -> None:
    other = LINE.replace("put the basket on", "purple elephant umbrella morning")
    fault = judged(other, other)
    assert fault is not None
    assert ("basket", "umbrella") in fault.wrong
    single = LINE.replace("basket", "window")
    assert judged(single, single) is None


def test_an_engine_that_is_often_misheard_needs_a_longer_run() -> None:
    missing_part_of = LINE.replace("waited a little, ", "")
    mumbled = Baseline(missing=0.4, added=0.0, wrong=0.1)
    assert judged(missing_part_of, missing_part_of) is not None
    assert judged(missing_part_of, missing_part_of, mumbled) is None


def test_a_word_that_is_never_recognised_is_no_fault() -> None:
    lines = [f"Then Xanthippe Ploughwright {verb} the harbour." for verb in ("left", "saw", "knew", "drew")]
    hearings = [heard(line.replace("Xanthippe Ploughwright", "some diapers"), line) for line in lines]
    usual = compute_baseline(hearings)
    assert usual.unrecognisable == {"xanthippe", "ploughwright"}
    assert not is_suspect(hearings[0], usual)
    assert find_fault(hearings[0], hearings[0], usual) is None


def test_the_worst_lines_do_not_affect_the_baseline() -> None:
    fine = [heard(LINE) for _ in range(9)]
    assert compute_baseline([*fine, heard("")]).unheard == 0.0
    assert compute_baseline([]).unheard == 0.0


@pytest.mark.parametrize("said", ["", "Thank you."])
def test_a_line_without_words_has_no_fault(said: str) -> None:
    assert find_fault(heard(said, "..."), heard("", "..."), CLEAR) is None


def test_a_word_missed_twice_in_only_one_line_is_not_unrecognisable() -> None:
    line = "Somebody laughed, and somebody else began to play."
    assert (
        compute_baseline([heard("Some are left, and purple else began to play.", line)]).unrecognisable == frozenset()
    )
