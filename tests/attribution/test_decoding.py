"""Decoding: whole conversations are decided from the probabilities of their turns."""

from audiobook.attribution.parsed_book import ParsedBook, parse_book
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.attribution.ranking.decoding import decode
from audiobook.attribution.ranking.neighbour_features import Probabilities
from tests.attribution.test_golden_cases import book_of

ADA, BEN, CLIO = 0, 1, 2


def parse_text(text: str) -> ParsedBook:
    book = book_of(text)
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), "en")
    return parse_book(book, [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters])


def decoded(text: str, *probabilities: Probabilities) -> list[int | None]:
    return decode(parse_text(text), probabilities)


TALK = '"One."\n\n"Two."\n\n"Three."\n\n"Four."'


def test_speakers_alternate_without_other_evidence() -> None:
    even = {ADA: 0.5, BEN: 0.5}
    assert decoded(TALK, {ADA: 0.9, BEN: 0.1}, even, even, even) == [ADA, BEN, ADA, BEN]


def test_evidence_for_the_last_turn_decides_those_before_it() -> None:
    even = {ADA: 0.5, BEN: 0.5}
    assert decoded(TALK, even, even, even, {ADA: 0.95, BEN: 0.05}) == [BEN, ADA, BEN, ADA]


def test_high_probabilities_prevail_over_turn_taking() -> None:
    sure = {ADA: 0.999, BEN: 0.001}
    assert decoded(TALK, sure, sure, sure, sure) == [ADA] * 4


def test_a_break_starts_a_new_conversation() -> None:
    likely = {ADA: 0.7, BEN: 0.3}
    assert decoded('"One."\n\n* * *\n\n"Two."', likely, likely) == [ADA, ADA]


def test_the_speaker_before_the_last_is_preferred_to_a_third_person() -> None:
    assert decoded(
        '"One."\n\n"Two."\n\n"Three."',
        {ADA: 0.9, BEN: 0.1},
        {BEN: 0.9, ADA: 0.1},
        {ADA: 0.4, CLIO: 0.6},
    ) == [ADA, BEN, ADA]


def test_turn_taking_continues_across_a_speech_of_two_paragraphs() -> None:
    even = {ADA: 0.4, CLIO: 0.6}
    text = '"One."\n\n"Two.\n\n"And more."\n\n"Three."'
    assert decoded(text, {ADA: 0.9, BEN: 0.1}, {BEN: 0.9}, {BEN: 0.9}, even) == [ADA, BEN, BEN, ADA]


def test_a_turn_without_candidates_has_no_speaker() -> None:
    assert decoded('"One."\n\n"Two."', {}, {ADA: 1.0}) == [None, ADA]
