"""The candidates for each turn."""

import time

import pytest

from audiobook.attribution.parsed_book import ParsedBook
from audiobook.attribution.ranking.candidates import CandidateSet, find_candidates, find_relatives
from tests.attribution.test_decoding import parse_text


def name_of(parsed: ParsedBook, who: int) -> str:
    person = parsed.people[who]
    return person.noun or next(iter(person.forms))


def candidates(text: str) -> list[set[str]]:
    parsed = parse_text(text)
    return [{name_of(parsed, who) for who in candidate_set.people} for candidate_set in find_candidates(parsed)]


def last(text: str) -> tuple[ParsedBook, CandidateSet]:
    parsed = parse_text(text)
    return parsed, list(find_candidates(parsed))[-1]


THREE = '"Here," said Ada.\n\n"Here," said Ben.\n\n"Here," said Cora.\n\n'


def test_a_sure_tag_with_a_name_gives_a_single_candidate() -> None:
    assert candidates(THREE) == [{"Ada"}, {"Ben"}, {"Cora"}]


def test_a_person_mentioned_before_is_a_candidate_for_an_untagged_turn() -> None:
    assert candidates(THREE + '"Well?"')[-1] == {"Ada", "Ben", "Cora"}


def test_a_person_mentioned_right_after_a_turn_is_a_candidate() -> None:
    assert "Dan" in candidates(THREE + '"Well?"\n\nDan smiled.\n\n"Yes," said Dan.')[3]


def test_each_candidate_is_listed_once() -> None:
    _, candidate_set = last(THREE + 'Ada laughed. "Well?" Ada laughed.')
    assert len(set(candidate_set.people)) == len(candidate_set.people)


def test_the_person_mentioned_last_is_the_first_of_the_recent_people() -> None:
    parsed, candidate_set = last(THREE + '"Well?"')
    assert [name_of(parsed, who) for who in candidate_set.recent] == ["Cora", "Ben", "Ada"]


def test_a_relation_may_be_a_person_with_a_surname_mentioned_nearby() -> None:
    text = '"Here," said Ada Thorne.\n\n"Here," said Tom Thorne.\n\n"Here," said Ben Marsh.\n\n'
    parsed = parse_text(text + "Rain fell.\n\n" * 3 + 'Ada Thorne wept. "Come," said her father.')
    assert [name_of(parsed, who) for who in find_relatives(parsed, parsed.turns[-1])] == ["Tom Thorne"]


@pytest.mark.parametrize(
    ("ending", "setting"),
    [
        ('"Well?" asked Ada.', "name"),
        ('"Well?" asked the porter.', "noun"),
        ('"Well?" she asked.', "pronoun"),
        ('Ada laughed. "Well?"', "beat"),
        ('"Well?"', "bare"),
    ],
)
def test_the_kind_of_evidence_beside_a_turn_is_classified(ending: str, setting: str) -> None:
    assert last(THREE + ending)[1].evidence_kind == setting


def test_the_narrator_is_no_candidate_if_the_tag_says_he() -> None:
    told = 'I saw that I was late, and I ran. "I am cold," I said.\n\n"Here," said Ben.\n\n'
    parsed, candidate_set = last(told * 9 + '"Well?" he said.')
    assert parsed.narrator is not None
    assert parsed.narrator not in candidate_set.people


def names(count: int) -> list[str]:
    parts = ("bad", "del", "fin", "gom", "hul", "jan", "kel", "lom", "mir", "nod")
    return [f"{a}{b}{c}".capitalize() for a in parts for b in parts for c in parts][:count]


def test_a_list_of_hundreds_of_names_gives_few_candidates() -> None:
    listed = "\n\n".join(f'"Here," said {name}.' for name in names(200))
    parsed, candidate_set = last(f'{listed}\n\n{", ".join(names(200))} came in. "Well?"')
    assert len(parsed.people) >= 200
    assert len(candidate_set.people) < 50


def test_hundreds_of_people_with_one_surname_cost_no_more_than_a_few() -> None:
    text = "\n\n".join(f'"Here," said {name} Thorne. "Where?" said her father.' for name in names(300))
    parsed = parse_text(text)
    started = time.process_time()
    assert max(len(candidate_set.people) for candidate_set in find_candidates(parsed)) < 50
    # Takes 0.1 s; it took 4 s when each turn looked at all members of the family.
    assert time.process_time() - started < 1
