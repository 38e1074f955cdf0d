"""Golden cases of genders and ages: a text → each speaker's gender and age, and the narrator."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.attribution.parsed_book import parse_book
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.model.book import Book
from audiobook.model.script import Character
from tests.attribution.test_golden_cases import book_of
from tests.golden import check_golden, golden_cases


def _shown(character: Character) -> str:
    return f"{character.name}: {', '.join(filter(None, (character.gender, character.age))) or 'not shown'}"


def _people(book: Book) -> str:
    speakers = sorted(_shown(character) for character in write_script(book).characters)
    return "\n".join([*speakers, *_narrator(book)])


def _narrator(book: Book) -> Iterator[str]:
    paragraphs = [chapter.paragraphs for chapter in book.chapters]
    convention = find_convention(chain(*paragraphs), book.facts.language)
    parsed = parse_book(book, [find_quotations(some, convention) for some in paragraphs])
    if parsed.narrator is not None:
        narrator = parsed.people[parsed.narrator]
        yield f"told by {max(narrator.forms, default='somebody')}: {narrator.gender or 'not shown'}"


@pytest.mark.parametrize("case", golden_cases("genders"), ids=lambda path: path.stem)
def test_every_speaker_has_the_gender_and_age_that_the_text_shows(case: Path, pytestconfig: pytest.Config) -> None:
    check_golden(case, lambda text: _people(book_of(text)), pytestconfig)
