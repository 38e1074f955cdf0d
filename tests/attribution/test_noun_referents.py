"""Nouns are resolved to persons by turn-taking."""

from audiobook.attribution.parsed_book import ParsedBook
from tests.attribution.test_decoding import parse_text


def talk(*speakers: str) -> str:
    return "\n\n".join(f'"Number {at}," said {who}.' for at, who in enumerate(speakers))


def speaker_of(parsed: ParsedBook, turn: int) -> int | None:
    tag = parsed.turns[turn].tag
    assert tag is not None
    return parsed.person_of(tag.subject)


WITH_ADA = talk("Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben", "Miss Ada", "Mr. Ben", "the girl", "Mr. Ben")


def test_a_noun_refers_to_the_person_whose_turn_it_takes() -> None:
    parsed = parse_text(WITH_ADA)
    assert speaker_of(parsed, 3) == speaker_of(parsed, 7) == speaker_of(parsed, 1)


def test_a_noun_does_not_refer_to_the_other_speaker() -> None:
    parsed = parse_text(talk("Miss Ada", "the girl", "Miss Ada", "the girl", "Miss Ada", "the girl"))
    assert speaker_of(parsed, 1) != speaker_of(parsed, 0)


def test_a_noun_does_not_refer_to_a_person_of_another_gender() -> None:
    parsed = parse_text(WITH_ADA.replace("the girl", "the boy"))
    assert speaker_of(parsed, 3) not in (speaker_of(parsed, 0), speaker_of(parsed, 1))


def test_turns_in_another_scene_do_not_resolve_a_noun() -> None:
    parsed = parse_text("\n\n* * *\n\n".join(WITH_ADA.split("\n\n")))
    assert speaker_of(parsed, 3) != speaker_of(parsed, 1)
