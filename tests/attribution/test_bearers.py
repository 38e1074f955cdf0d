"""Whom nouns stand for by the turns that people take."""

from audiobook.attribution.ranking.stage import Stage
from tests.attribution.test_decoding import stage_of


def talk(*speakers: str) -> str:
    return "\n\n".join(f'"Number {at}," said {who}.' for at, who in enumerate(speakers))


def speaker_of(stage: Stage, turn: int) -> int | None:
    tag = stage.turns[turn].tag
    assert tag is not None
    return stage.person_of(tag.subject)


WITH_ADA = talk("Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben")


def test_a_noun_is_whoever_speaks_at_its_turn() -> None:
    stage = stage_of(WITH_ADA)
    assert speaker_of(stage, 3) == speaker_of(stage, 7) == speaker_of(stage, 1)


def test_a_noun_is_not_whom_it_speaks_with() -> None:
    stage = stage_of(talk("Miss Ada", "the girl", "Miss Ada", "the girl", "Miss Ada", "the girl"))
    assert speaker_of(stage, 1) != speaker_of(stage, 0)


def test_a_noun_is_nobody_of_the_other_gender() -> None:
    stage = stage_of(WITH_ADA.replace("the girl", "the boy"))
    assert speaker_of(stage, 3) not in (speaker_of(stage, 0), speaker_of(stage, 1))


def test_turns_in_another_scene_are_no_turns_of_the_noun() -> None:
    stage = stage_of("\n\n* * *\n\n".join(WITH_ADA.split("\n\n")))
    assert speaker_of(stage, 3) != speaker_of(stage, 1)
