"""Pauses: the longest of all that apply is used."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.mixing import compute_pauses
from audiobook.model.book import ParagraphKind
from audiobook.model.cast import Pauses
from audiobook.model.script import NARRATOR, Line, Place

PAUSES = Pauses(line=1, speaker=2, paragraph=4, scene=8, heading=16, chapter=32)


def line(paragraph: int, speaker: str | None = NARRATOR, block: ParagraphKind = "prose") -> Line:
    kind = "narration" if speaker == NARRATOR else "dialogue"
    place = Place(chapter=1, paragraph=paragraph, line=1)
    return Line(place=place, kind=kind, speaker=speaker, text="…", block=block)  # type: ignore[arg-type]  # one of two


HEADING, BREAK = line(1, block="heading"), line(2, block="break")

CASES = {
    "between lines of one paragraph": ([line(3), line(3)], 1),
    "where the speaker changes": ([line(3), line(3, "Oona")], 2),
    "where one unknown voice follows a known one": ([line(3, "Oona"), line(3, None)], 2),
    "between paragraphs": ([line(3), line(4)], 4),
    "between paragraphs with a change of speaker": ([line(3), line(4, "Oona")], 4),
    "at a scene break": ([line(1), BREAK, line(3)], 8),
    "after a heading": ([HEADING, line(3)], 16),
    "after a heading and a break": ([HEADING, BREAK, line(3)], 16),
    "between two lines of one heading": ([HEADING, HEADING], 1),
}


@pytest.mark.parametrize("name", CASES)
def test_a_pause_depends_on_its_place(name: str) -> None:
    lines, expected = CASES[name]
    speaks = [line.block != "break" for line in lines]
    assert compute_pauses(lines, speaks, PAUSES) == (expected, 32)


def test_the_longest_pause_is_used_in_any_order_of_lengths() -> None:
    reversed_tiers = Pauses(line=100, speaker=50, paragraph=10, scene=5, heading=1, chapter=0)
    lines = [line(1), line(2, "Oona"), BREAK, line(3)]
    assert compute_pauses(lines, [True, True, False, True], reversed_tiers) == (100, 100, 0)


def test_a_line_that_is_not_spoken_still_ends_the_paragraph() -> None:
    assert compute_pauses([line(1), line(2), line(3)], [True, False, True], PAUSES) == (4, 32)


def test_a_chapter_without_spoken_lines_has_no_pauses() -> None:
    assert compute_pauses([BREAK], [False], PAUSES) == ()
    assert compute_pauses([], [], PAUSES) == ()


def test_a_break_at_the_end_of_a_chapter_does_not_shorten_its_pause() -> None:
    assert compute_pauses([line(1), BREAK], [True, False], PAUSES) == (32,)


blocks = st.sampled_from(["prose", "heading", "break", "verse"])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from([NARRATOR, "Oona", None]), blocks, st.booleans())))
def test_every_spoken_line_has_one_pause_and_the_last_has_the_chapters(
    drawn: list[tuple[int, str | None, ParagraphKind, bool]],
) -> None:
    lines = [line(paragraph, speaker, block) for paragraph, speaker, block, _ in drawn]
    speaks = [flag for *_, flag in drawn]
    pauses = compute_pauses(lines, speaks, PAUSES)
    assert len(pauses) == sum(speaks)
    assert all(1 <= pause <= 16 for pause in pauses[:-1])
    assert not pauses or pauses[-1] == 32
