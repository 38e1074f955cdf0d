"""The features of the candidates of a turn."""

import pytest

from audiobook.attribution.ranking.candidates import find_candidates
from audiobook.attribution.ranking.features import FeatureExtractor, Features
from tests.attribution.test_candidates import name_of
from tests.attribution.test_decoding import parse_text

MET = '"Here," said Ada. She sat.\n\n"Here," said Mr. Ben. He stood.\n\n'


def extract_features(text: str, turn: int = -1) -> dict[str, Features]:
    """Return the features of each candidate of a turn, by name."""
    parsed = parse_text(text)
    candidate_set = list(find_candidates(parsed))[turn]
    found = FeatureExtractor(parsed).find_features(candidate_set)
    return {name_of(parsed, who): found.about | own for who, own in zip(candidate_set.people, found.own, strict=True)}


def who_has(feature: str, text: str, value: float = 1.0) -> set[str]:
    return {name for name, features in extract_features(text).items() if features.get(feature, 0.0) == value}


@pytest.mark.parametrize(
    ("feature", "text"),
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
def test_a_feature_is_set_for_the_person_to_whom_the_text_refers(feature: str, text: str) -> None:
    assert who_has(feature, MET + text) == {"Ada"}


def test_of_several_vocatives_before_a_turn_only_the_last_counts() -> None:
    assert who_has("previous calls", MET + '"Ben is here, Ada. Come, Mr. Ben!"\n\n"Yes."') == {"Mr. Ben"}


def test_all_vocatives_after_a_turn_count() -> None:
    features = extract_features(MET + '"Yes."\n\n"Come, Ada!"', turn=2)
    assert features["Ada"]["following calls"] == 1.0
    assert "following calls" not in features["Mr. Ben"]


def test_a_pronoun_beside_a_turn_conflicts_with_the_other_gender() -> None:
    assert who_has("after gender", MET + '"Well?" She laughed.', -1.0) == {"Mr. Ben"}


def test_a_pronoun_in_a_sure_tag_excludes_the_other_gender() -> None:
    assert set(extract_features(MET + '"Well?" she asked.')) == {"Ada"}


def test_a_paragraph_beyond_a_break_is_not_a_neighbour() -> None:
    assert who_has("previous prose", MET + 'The cat sat by Ada.\n\n* * *\n\n"Yes."') == set()


BROKEN = '"Well, Ada?" He sat.\n\n* * *\n\n"Yes."'


@pytest.mark.parametrize("feature", ["previous calls", "acted just before", "previous last gender", "turn asked"])
def test_text_beyond_a_break_sets_no_feature(feature: str) -> None:
    assert all(features.get(feature, 0.0) == 0.0 for features in extract_features(MET + BROKEN).values())
    unbroken = MET + BROKEN.replace("* * *\n\n", "")
    assert feature == "acted just before" or any(
        features.get(feature, 0.0) for features in extract_features(unbroken).values()
    )


def test_a_person_mentioned_long_before_a_break_is_no_candidate() -> None:
    talk = MET + '"Yes."\n\n* * *\n\nThere sat Clio and Dora. "Well?" asked Clio.'
    assert "Clio" not in extract_features(talk, turn=2)
    assert "Clio" in extract_features(talk.replace("* * *\n\n", ""), turn=2)


def test_counts_of_names_said_exclude_the_turn_itself_and_uncertain_tags() -> None:
    says = '"Well, Clio," said the girl.\n\n'
    assert extract_features(MET + says)["girl"]["says these names"] == 0.0
    assert extract_features(MET + says + says)["girl"]["says these names"] > 0.0


def test_the_antecedent_of_a_pronoun_is_the_last_person_who_fits() -> None:
    features = extract_features(MET + 'Then Clio came in. She saw Mr. Ben. She saw Ada, too. "Well?" she asked.')
    assert (features["Clio"]["pronoun subject"], features["Clio"]["pronoun named"]) == (1.0, -1.0)
    assert (features["Ada"]["pronoun subject"], features["Ada"]["pronoun named"]) == (-1.0, 1.0)
    assert features["Ada"]["turn antecedents"] == 3.0


def test_an_antecedent_may_be_in_the_paragraph_before_but_not_beyond_a_break() -> None:
    features = extract_features(MET + 'Ada came.\n\nThe rain fell. "Well?" she asked.')
    assert features["Ada"]["pronoun carried"] == 1.0
    beyond = extract_features(MET + 'Ada came.\n\n* * *\n\nThe rain fell. "Well?" she asked.')
    assert "pronoun carried" not in beyond["Ada"]


def test_a_turn_scores_higher_for_a_person_who_used_its_words_before() -> None:
    dialect = '"Dey goes fu\' de hawse," said Ada. She sat.\n\n"I shall go home," said Mr. Ben. He stood.\n\n'
    features = extract_features(dialect * 3 + '"Dey likes de hawse."')
    assert features["Ada"]["sounds like"] > 0.0 > features["Mr. Ben"]["sounds like"]


def test_a_noun_that_was_just_introduced_is_a_person_of_its_own() -> None:
    features = extract_features(MET + 'A stranger came in.\n\n"Well?" said the stranger.')
    assert {own["noun introduced"] for own in features.values()} == {0.5}
    assert {own["noun introduced"] for own in extract_features(MET + '"Well?" said the stranger.').values()} == {0.0}


def test_features_of_the_turn_are_the_same_for_all_candidates() -> None:
    parsed = parse_text(MET + '"Well?"')
    found = FeatureExtractor(parsed).find_features(list(find_candidates(parsed))[-1])
    assert len(found.own) > 1
    assert not any(found.about.keys() & own.keys() for own in found.own)
    assert found.about["turn opens"] == found.about["turn closes"] == 1.0


def test_a_turn_with_words_after_it_does_not_end_its_paragraph() -> None:
    assert {features["turn closes"] for features in extract_features(MET + '"Well?" The cat sat.').values()} == {0.0}


def test_the_person_mentioned_last_has_the_first_rank() -> None:
    features = extract_features(MET + '"Well?"')
    assert (features["Mr. Ben"]["seen rank"], features["Ada"]["seen rank"]) == (0, 1)


def test_distances_in_dialogue_count_only_paragraphs_with_dialogue() -> None:
    features = extract_features(MET + 'Rain fell.\n\n"Well?"')
    assert (features["Mr. Ben"]["tagged back"], features["Ada"]["tagged back"]) == (1, 2)
    assert features["Ada"]["tagged ahead"] == 40  # never again: the highest distance
