"""Who may have said a turn."""

import time

import pytest

from audiobook.attribution.ranking.candidates import Candidacy, find_candidates, kin
from audiobook.attribution.ranking.stage import Stage
from tests.attribution.test_decoding import stage_of


def name_of(stage: Stage, who: int) -> str:
    person = stage.people[who]
    return person.noun or next(iter(person.forms))


def candidates(text: str) -> list[set[str]]:
    stage = stage_of(text)
    return [{name_of(stage, who) for who in candidacy.people} for candidacy in find_candidates(stage)]


def last(text: str) -> tuple[Stage, Candidacy]:
    stage = stage_of(text)
    return stage, list(find_candidates(stage))[-1]


THREE = '"Here," said Ada.\n\n"Here," said Ben.\n\n"Here," said Cora.\n\n'


def test_a_sure_tag_with_a_name_leaves_nobody_else() -> None:
    assert candidates(THREE) == [{"Ada"}, {"Ben"}, {"Cora"}]


def test_whoever_was_seen_before_may_speak_an_untagged_turn() -> None:
    assert candidates(THREE + '"Well?"')[-1] == {"Ada", "Ben", "Cora"}


def test_whoever_comes_in_right_behind_may_speak() -> None:
    assert "Dan" in candidates(THREE + '"Well?"\n\nDan smiled.\n\n"Yes," said Dan.')[3]


def test_nobody_is_a_candidate_twice() -> None:
    _, candidacy = last(THREE + 'Ada laughed. "Well?" Ada laughed.')
    assert len(set(candidacy.people)) == len(candidacy.people)


def test_the_last_to_be_seen_comes_first_among_the_recent() -> None:
    stage, candidacy = last(THREE + '"Well?"')
    assert [name_of(stage, who) for who in candidacy.recent] == ["Cora", "Ben", "Ada"]


def test_a_relation_may_be_anybody_of_a_surname_near() -> None:
    text = '"Here," said Ada Thorne.\n\n"Here," said Tom Thorne.\n\n"Here," said Ben Marsh.\n\n'
    stage = stage_of(text + "Rain fell.\n\n" * 3 + 'Ada Thorne wept. "Come," said her father.')
    assert [name_of(stage, who) for who in kin(stage, stage.turns[-1])] == ["Tom Thorne"]


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
def test_the_setting_is_the_kind_of_help_that_the_text_gives(ending: str, setting: str) -> None:
    assert last(THREE + ending)[1].setting == setting


def test_whoever_tells_the_story_does_not_speak_where_the_tag_says_he() -> None:
    told = 'I saw that I was late, and I ran. "I am cold," I said.\n\n"Here," said Ben.\n\n'
    stage, candidacy = last(told * 9 + '"Well?" he said.')
    assert stage.narrator is not None
    assert stage.narrator not in candidacy.people


def names(count: int) -> list[str]:
    parts = ("bad", "del", "fin", "gom", "hul", "jan", "kel", "lom", "mir", "nod")
    return [f"{a}{b}{c}".capitalize() for a in parts for b in parts for c in parts][:count]


def test_a_list_of_hundreds_of_names_does_not_make_hundreds_of_candidates() -> None:
    listed = "\n\n".join(f'"Here," said {name}.' for name in names(200))
    stage, candidacy = last(f'{listed}\n\n{", ".join(names(200))} came in. "Well?"')
    assert len(stage.people) >= 200
    assert len(candidacy.people) < 50


def test_hundreds_of_one_surname_cost_no_more_than_a_few() -> None:
    text = "\n\n".join(f'"Here," said {name} Thorne. "Where?" said her father.' for name in names(300))
    stage = stage_of(text)
    started = time.process_time()
    assert max(len(candidacy.people) for candidacy in find_candidates(stage)) < 50
    assert time.process_time() - started < 1  # 0.1 s; it was 4 s when each turn looked at everybody's family
