"""What speaks for and against each candidate."""

import pytest

from audiobook.attribution.ranking.candidates import find_candidates
from audiobook.attribution.ranking.clues import ClueFinder, Clues
from tests.attribution.test_candidates import name_of
from tests.attribution.test_decoding import stage_of

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


BROKEN = '"Well, Ada?" He sat.\n\n* * *\n\n"Yes."'


@pytest.mark.parametrize("clue", ["previous calls", "acted just before", "previous last gender", "turn asked"])
def test_what_stands_beyond_a_break_says_nothing(clue: str) -> None:
    assert all(clues.get(clue, 0.0) == 0.0 for clues in clues_of(MET + BROKEN).values())
    unbroken = MET + BROKEN.replace("* * *\n\n", "")
    assert clue == "acted just before" or any(clues.get(clue, 0.0) for clues in clues_of(unbroken).values())


def test_somebody_far_off_beyond_a_break_is_no_candidate() -> None:
    talk = MET + '"Yes."\n\n* * *\n\nThere sat Clio and Dora. "Well?" asked Clio.'
    assert "Clio" not in clues_of(talk, turn=2)
    assert "Clio" in clues_of(talk.replace("* * *\n\n", ""), turn=2)


def test_how_often_somebody_says_a_name_leaves_the_turn_itself_and_doubtful_tags_out() -> None:
    says = '"Well, Clio," said the girl.\n\n'
    assert clues_of(MET + says)["girl"]["says these names"] == 0.0
    assert clues_of(MET + says + says)["girl"]["says these names"] > 0.0


def test_a_pronoun_stands_for_the_last_whom_it_fits() -> None:
    clues = clues_of(MET + 'Then Clio came in. She saw Mr. Ben. She saw Ada, too. "Well?" she asked.')
    assert (clues["Clio"]["pronoun subject"], clues["Clio"]["pronoun named"]) == (1.0, -1.0)
    assert (clues["Ada"]["pronoun subject"], clues["Ada"]["pronoun named"]) == (-1.0, 1.0)
    assert clues["Ada"]["turn antecedents"] == 3.0


def test_a_pronoun_looks_back_to_the_paragraph_before_but_over_no_break() -> None:
    clues = clues_of(MET + 'Ada came.\n\nThe rain fell. "Well?" she asked.')
    assert clues["Ada"]["pronoun carried"] == 1.0
    beyond = clues_of(MET + 'Ada came.\n\n* * *\n\nThe rain fell. "Well?" she asked.')
    assert "pronoun carried" not in beyond["Ada"]


def test_whoever_said_such_words_before_sounds_like_a_turn() -> None:
    dialect = '"Dey goes fu\' de hawse," said Ada. She sat.\n\n"I shall go home," said Mr. Ben. He stood.\n\n'
    clues = clues_of(dialect * 3 + '"Dey likes de hawse."')
    assert clues["Ada"]["sounds like"] > 0.0 > clues["Mr. Ben"]["sounds like"]


def test_a_noun_that_the_chapter_has_just_brought_in_is_somebody_of_their_own() -> None:
    clues = clues_of(MET + 'A stranger came in.\n\n"Well?" said the stranger.')
    assert {own["noun introduced"] for own in clues.values()} == {0.5}
    assert {own["noun introduced"] for own in clues_of(MET + '"Well?" said the stranger.').values()} == {0.0}


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
