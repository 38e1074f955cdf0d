"""Whom nouns stand for by the turns that people take."""

from audiobook.attribution.parsed_book import ParsedBook
from tests.attribution.test_decoding import parse_text


def talk(*speakers: str) -> str:
    return "\n\n".join(f'"Number {at}," said {who}.' for at, who in enumerate(speakers))


def speaker_of(parsed: ParsedBook, turn: int) -> int | None:
    tag = parsed.turns[turn].tag
    assert tag is not None
    return parsed.person_of(tag.subject)


WITH_ADA = talk("Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben")


def test_a_noun_is_whoever_speaks_at_its_turn() -> None:
    parsed = parse_text(WITH_ADA)
    assert speaker_of(parsed, 3) == speaker_of(parsed, 7) == speaker_of(parsed, 1)


def test_a_noun_is_not_whom_it_speaks_with() -> None:
    parsed = parse_text(talk("Miss Ada", "the girl", "Miss Ada", "the girl", "Miss Ada", "the girl"))
    assert speaker_of(parsed, 1) != speaker_of(parsed, 0)


def test_a_noun_is_nobody_of_the_other_gender() -> None:
    parsed = parse_text(WITH_ADA.replace("the girl", "the boy"))
    assert speaker_of(parsed, 3) not in (speaker_of(parsed, 0), speaker_of(parsed, 1))


def test_turns_in_another_scene_are_no_turns_of_the_noun() -> None:
    parsed = parse_text("\n\n* * *\n\n".join(WITH_ADA.split("\n\n")))
    assert speaker_of(parsed, 3) != speaker_of(parsed, 1)
