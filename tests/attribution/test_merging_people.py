"""Which names belong to one person and which to two, in whole texts."""

import pytest

from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name
from audiobook.attribution.parsed_book import ParsedBook
from tests.attribution.test_decoding import parse_text


def person(parsed: ParsedBook, name: str) -> Person:
    """Return the person with the name as it is in the text."""
    found = [p for p in parsed.people if name in p.forms]
    assert len(found) == 1
    return found[0]


KNIGHTLEYS = (
    '"Yes," said Mr. Knightley. He sat.\n\n"No," said Mr. John Knightley. He rose.\n\n'
    "Mrs. John Knightley smiled.\n\n" * 5
)


def test_a_wife_with_her_husbands_full_name_distinguishes_him_from_the_head_of_the_family() -> None:
    parsed = parse_text(KNIGHTLEYS)
    assert person(parsed, "Mr. Knightley") is not person(parsed, "Mr. John Knightley")


def test_without_such_a_wife_the_full_name_belongs_to_the_only_man_of_the_surname() -> None:
    parsed = parse_text(
        "Mr. Marvel came in. He sat.\n\nThe cat came in.\n\nMr. Thomas Marvel came in. He rose.\n\n" * 5
    )
    assert person(parsed, "Mr. Marvel") is person(parsed, "Mr. Thomas Marvel")


def test_an_old_and_a_young_person_with_one_titled_name_are_two() -> None:
    both = '"Come in," said Mr. Pell, and sat.\n\nThen George Pell spoke.\n\n' * 4
    told = "Old Mr. Pell went out. They missed old Mr. Pell. "
    one, two = parse_text(both + told), parse_text(both + told + "Young Mr. Pell stayed.")
    assert person(one, "Mr. Pell") is person(one, "George Pell")
    assert person(two, "Mr. Pell") is not person(two, "George Pell")


def test_an_officer_is_not_merged_with_a_miss_of_his_surname() -> None:
    parsed = parse_text("Captain Tilney came in. Miss Tilney rose. Captain Tilney bowed. Miss Tilney smiled.")
    assert person(parsed, "Captain Tilney") is not person(parsed, "Miss Tilney")


def test_a_name_with_and_without_its_title_may_be_in_adjacent_turns_of_one_person() -> None:
    parsed = parse_text('"Well!" said Mr. Wadgers.\n\n"I would go in," said Wadgers. Mr. Wadgers coughed.')
    assert person(parsed, "Mr. Wadgers") is person(parsed, "Wadgers")


@pytest.mark.parametrize("said", ["I am a Grey Pilgrim", "I'm the Grey Pilgrim"])
def test_two_nouns_are_merged_if_one_says_to_be_the_other(said: str) -> None:
    told = "The Grey Pilgrim walked. They heard how the Grey Pilgrim sighed, and the Shade was in the house.\n\n" * 2
    parsed = parse_text(told + f'"Keep still," said the Shade. "{said}."\n\n"Oh!" said Ada. She saw the Shade.')
    assert person(parsed, "the Shade") is person(parsed, "the Grey Pilgrim")


def test_the_narration_may_introduce_another_name_of_a_person() -> None:
    parsed = parse_text(
        "She was fond of Mr. Wilcox, or, as I must now call him, Henry. Henry was kind. Mr. Wilcox slept."
    )
    assert parsed.people_by_name[Name("", ("Henry",))] == parsed.people_by_name[Name("mr", ("Wilcox",))]


def test_a_common_word_is_a_name_if_it_speaks_and_is_rarely_in_lower_case() -> None:
    talk = '"Get up," said Hall. Mrs. Hall saw Hall at the door of the hall.\n\n' * 6
    assert "Hall" in person(parse_text(talk.replace("the hall", "the inn")), "Hall").forms
