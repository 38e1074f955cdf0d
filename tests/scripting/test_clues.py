"""What speaks for and against each candidate."""

import pytest

from audiobook.scripting.candidates import find_candidates
from audiobook.scripting.clues import ClueFinder, Clues
from tests.scripting.test_candidates import name_of
from tests.scripting.test_decoding import stage_of

MET = '"Here," said Ada. She sat.\n\n"Here," said Mr. Ben. He stood.\n\n'


def clues_of(text: str, turn: int = -1) -> dict[str, Clues]:
    """The clues for every candidate of a turn, by name."""
    stage = stage_of(text)
    candidacy = list(find_candidates(stage))[turn]
    found = ClueFinder(stage).clues(candidacy)
    return {name_of(stage, who): found.about | own for who, own in zip(candidacy.people, found.own, strict=True)}


def who_has(clue: str, text: str, value: float = 1.0) -> set[str]:
    return {name for name, clues in clues_of(text).items() if clues.get(clue, 0.0) == value}


@pytest.mark.parametrize(
    ("clue", "text"),
    [
        ("calls", '"Well, Ada?"'),
        ("speaks of", '"I saw Ada there."'),
        ("before is", 'Ada laughed. "Well?"'),
        ("after is", '"Well?" Ada laughed.'),
        ("in paragraph before", 'The cat sat by Ada. "Well?"'),
        ("in paragraph after", '"Well?" The cat sat by Ada.'),
        ("previous calls", '"Well, Ada?"\n\n"Yes."'),
        ("previous prose", 'The cat sat by Ada.\n\n"Yes."'),
        ("tag gender", '"Well?" she asked.'),
    ],
)
def test_a_clue_is_for_the_one_whom_the_text_means(clue: str, text: str) -> None:
    assert who_has(clue, MET + text) == {"Ada"}


def test_of_several_who_are_called_the_last_is_the_one_to_answer() -> None:
    assert who_has("previous calls", MET + '"Ben is here, Ada. Come, Mr. Ben!"\n\n"Yes."') == {"Mr. Ben"}


def test_what_follows_counts_for_everybody_whom_it_calls() -> None:
    clues = clues_of(MET + '"Yes."\n\n"Come, Ada!"', turn=2)
    assert clues["Ada"]["following calls"] == 1.0
    assert "following calls" not in clues["Mr. Ben"]


def test_a_pronoun_in_a_beat_clashes_with_the_other_gender() -> None:
    assert who_has("after gender", MET + '"Well?" She laughed.', -1.0) == {"Mr. Ben"}


def test_a_pronoun_in_a_sure_tag_leaves_the_other_gender_out() -> None:
    assert set(clues_of(MET + '"Well?" she asked.')) == {"Ada"}


def test_a_paragraph_beyond_a_break_is_no_neighbour() -> None:
    assert who_has("previous prose", MET + 'The cat sat by Ada.\n\n* * *\n\n"Yes."') == set()


def test_clues_about_the_turn_are_the_same_for_all_candidates() -> None:
    stage = stage_of(MET + '"Well?"')
    found = ClueFinder(stage).clues(list(find_candidates(stage))[-1])
    assert len(found.own) > 1
    assert not any(found.about.keys() & own.keys() for own in found.own)
    assert found.about["turn opens"] == found.about["turn closes"] == 1.0


def test_a_turn_with_words_behind_it_does_not_close_its_paragraph() -> None:
    assert {clues["turn closes"] for clues in clues_of(MET + '"Well?" The cat sat.').values()} == {0.0}


def test_the_last_to_be_seen_has_the_first_rank() -> None:
    clues = clues_of(MET + '"Well?"')
    assert (clues["Mr. Ben"]["seen rank"], clues["Ada"]["seen rank"]) == (0, 1)


def test_distances_in_talk_count_paragraphs_that_hold_any() -> None:
    clues = clues_of(MET + 'Rain fell.\n\n"Well?"')
    assert (clues["Mr. Ben"]["tagged back"], clues["Ada"]["tagged back"]) == (1, 2)
    assert clues["Ada"]["tagged ahead"] == 40  # never again: as far as can be
