"""The features of the turns around a turn."""

import pytest

from audiobook.attribution.ranking.candidates import CandidateSet
from audiobook.attribution.ranking.features import Features
from audiobook.attribution.ranking.neighbour_features import NeighbourFeatures, Probabilities
from audiobook.attribution.ranking.ranker import pool_speeches
from tests.attribution.test_decoding import parse_text

ADA, BEN = 0, 1
SURE: tuple[Probabilities, ...] = ({ADA: 0.9, BEN: 0.1}, {ADA: 0.2, BEN: 0.8})
EVEN: Probabilities = {ADA: 0.5, BEN: 0.5}


def ada(text: str, index: int, *probabilities: Probabilities) -> Features:
    """Return the features of the neighbours for the candidate Ada."""
    candidate_set = CandidateSet(index=index, evidence_kind="bare", people=(ADA, BEN), recent=(), acted=())
    found = NeighbourFeatures(parse_text(text), probabilities).find_features(candidate_set)
    return found.about | found.own[0]


def test_each_dialogue_paragraph_nearby_contributes_its_probabilities() -> None:
    features = ada('"One."\n\n"Two."\n\n"Three."', 1, SURE[0], EVEN, SURE[1])
    assert (features["1 back"], features["1 ahead"]) == (0.9, 0.2)
    assert (features["1 back top"], features["1 ahead top"]) == (0.9, 0.8)
    assert "2 back" not in features
    assert "2 ahead" not in features


def test_turns_of_the_same_paragraph_have_features_of_their_own() -> None:
    features = ada('"One." He rose. "Two." He sat. "Three."', 1, SURE[0], EVEN, SURE[1])
    assert (features["paragraph back"], features["paragraph ahead"]) == (0.9, 0.2)
    assert "1 back" not in features


def test_a_break_ends_a_conversation() -> None:
    features = ada('"One."\n\n* * *\n\n"Two."', 1, SURE[0], EVEN)
    assert "1 back" not in features
    assert features["odds near"] == 0.0


def test_long_narration_ends_a_conversation_but_not_the_scene() -> None:
    features = ada('"One."\n\n' + "Rain fell.\n\n" * 6 + '"Two."', 1, SURE[0], EVEN)
    assert "1 back" not in features
    assert features["odds near"] == 0.9


def test_the_lead_is_the_difference_from_the_best_other_candidate() -> None:
    assert ada('"One."', 0, SURE[0])["odds lead"] == pytest.approx(0.8)
    assert ada('"One."', 0, SURE[1])["odds lead"] == pytest.approx(-0.6)


def test_parts_of_one_speech_share_their_pooled_probabilities() -> None:
    parsed = parse_text('"One," said Ada, "and two."\n\n"Three."')
    first, second, third = pool_speeches(parsed, [{ADA: 0.9, BEN: 0.1}, EVEN, EVEN])
    assert first == second
    assert first == pytest.approx({ADA: 0.9, BEN: 0.1}, abs=1e-4)
    assert third == EVEN


def test_a_person_who_is_no_candidate_of_a_part_is_improbable_for_the_speech() -> None:
    parsed = parse_text('"One," said Ada, "and two."')
    assert pool_speeches(parsed, [{ADA: 0.1, BEN: 0.9}, {ADA: 1.0}])[0][ADA] > 0.99


def test_features_need_only_the_probabilities_up_to_the_last_needed_turn() -> None:
    text = "\n\n".join(f'"{n}." He rose. "And {n}." He sat. "{n}!"' for n in range(15))
    parsed, probabilities = parse_text(text), [SURE[n % 2] for n in range(45)]
    for index in range(len(parsed.turns)):
        candidate_set = CandidateSet(index=index, evidence_kind="bare", people=(ADA, BEN), recent=(), acted=())
        last = NeighbourFeatures(parsed, probabilities).find_last_needed(index)
        assert NeighbourFeatures(parsed, probabilities[: last + 1]).find_features(candidate_set) == NeighbourFeatures(
            parsed, probabilities
        ).find_features(candidate_set)
        assert last < index + 30
