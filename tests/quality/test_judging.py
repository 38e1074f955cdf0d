"""What two listens say of a line, held against what a recogniser mishears anyway."""

import pytest

from audiobook.quality import Baseline, Fault, Hearing, baseline, by_line, fault_of, is_suspect, words_of

CLEAR = Baseline(missing=0.0, added=0.0, wrong=0.0)
LINE = "She knocked three times, waited a little, and put the basket on the step."


def heard(said: str, line: str = LINE) -> Hearing:
    (one,) = by_line([words_of(line)], words_of(said))
    return one


def judged(among: str, alone: str, usual: Baseline = CLEAR) -> Fault | None:
    return fault_of(heard(among), heard(alone), usual)


def test_what_is_said_as_written_is_no_fault_and_needs_no_second_listen() -> None:
    assert not is_suspect(heard(LINE), CLEAR)
    assert judged(LINE, LINE) is None


def test_words_that_both_listens_miss_are_missing() -> None:
    missing_part_of = "She knocked three times, and put the basket on the step."
    assert is_suspect(heard(missing_part_of), CLEAR)
    assert judged(missing_part_of, missing_part_of) == Fault(missing=("waited", "a", "little"))


def test_words_that_one_listen_misses_are_not() -> None:
    assert judged("She knocked three times, and put the basket on the step.", LINE) is None


def test_different_slips_in_the_two_listens_are_the_recognisers() -> None:
    one = LINE.replace("three times, waited", "free lime, bated").replace("the basket on", "a mask at an")
    other = LINE.replace("She knocked", "Chic nods").replace("the step", "steppe")
    assert judged(one, other) is None


def test_what_both_hear_twice_is_doubled_in_the_order_heard() -> None:
    twice = "She knocked three times. " + LINE
    fault = judged(twice, twice)
    assert fault is not None
    assert sorted(fault.doubled) == ["knocked", "she", "three", "times"]


def test_what_both_hear_beyond_the_line_is_too_much() -> None:
    more = LINE + " Thanks for watching this video."
    assert judged(more, more) == Fault(added=("thanks", "for", "watching", "this", "video"))


def test_other_words_in_a_run_are_wrong_and_a_single_one_is_a_slip() -> None:
    other = LINE.replace("put the basket on", "purple elephant umbrella morning")
    fault = judged(other, other)
    assert fault is not None
    assert ("basket", "umbrella") in fault.wrong
    single = LINE.replace("basket", "window")
    assert judged(single, single) is None


def test_an_engine_that_is_often_misheard_must_be_missed_for_longer() -> None:
    missing_part_of = LINE.replace("waited a little, ", "")
    mumbled = Baseline(missing=0.4, added=0.0, wrong=0.1)
    assert judged(missing_part_of, missing_part_of) is not None
    assert judged(missing_part_of, missing_part_of, mumbled) is None


def test_a_word_that_is_never_heard_is_strange_and_no_fault() -> None:
    lines = [f"Then Xanthippe Ploughwright {verb} the harbour." for verb in ("left", "saw", "knew", "drew")]
    hearings = [heard(line.replace("Xanthippe Ploughwright", "some diapers"), line) for line in lines]
    usual = baseline(hearings)
    assert usual.strange == {"xanthippe", "ploughwright"}
    assert not is_suspect(hearings[0], usual)
    assert fault_of(hearings[0], hearings[0], usual) is None


def test_the_worst_lines_say_nothing_of_what_is_usual() -> None:
    fine = [heard(LINE) for _ in range(9)]
    assert baseline([*fine, heard("")]).unheard == 0.0
    assert baseline([]).unheard == 0.0


@pytest.mark.parametrize("said", ["", "Thank you."])
def test_a_line_without_words_is_never_at_fault(said: str) -> None:
    assert fault_of(heard(said, "..."), heard("", "..."), CLEAR) is None


def test_a_word_that_is_missed_twice_in_one_line_only_is_not_strange() -> None:
    line = "Somebody laughed, and somebody else began to play."
    assert baseline([heard("Some are left, and purple else began to play.", line)]).strange == frozenset()
