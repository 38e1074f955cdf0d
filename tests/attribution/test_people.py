"""Names are clustered into people."""

from collections import Counter

import pytest

from audiobook.attribution.characters.interactions import Interactions
from audiobook.attribution.characters.name_forms import find_full_names, find_unmarried, is_short_form, titles_clash
from audiobook.attribution.characters.naming import name_people
from audiobook.attribution.characters.people import Person
from audiobook.attribution.grammar.names import Name, count_capitals, find_names, is_alias

ADA, BEA = Name("", ("Ada",)), Name("mrs", ("Thorne",))


def surfaces(text: str) -> list[str]:
    return [mention.surface for mention in find_names(text, count_capitals([text]), {})]


@pytest.mark.parametrize(
    ("titles", "title", "clash"),
    [
        ({"sir"}, "mr", True),
        ({"mr"}, "sir", True),
        ({"mrs"}, "dr", True),
        ({"miss"}, "dr", False),
        ({"lady"}, "miss", True),
        ({"captain"}, "mr", False),
        (set(), "mr", False),
    ],
)
def test_some_titles_exclude_each_other(titles: set[str], title: str, clash: bool) -> None:
    assert titles_clash(titles, title) is clash


def test_a_woman_called_miss_once_in_a_long_book_may_be_married() -> None:
    ellen, louisa = Name("", ("Ellen",)), Name("", ("Louisa",))
    names = {ellen: 120, Name("miss", ("Ellen",)): 1, louisa: 30, Name("miss", ("Louisa",)): 4}
    assert find_unmarried(names) == {"Louisa"}


def test_in_a_short_text_one_miss_shows_an_unmarried_woman() -> None:
    assert find_unmarried({Name("", ("Ada",)): 6, Name("miss", ("Ada",)): 1}) == {"Ada"}


@pytest.mark.parametrize(
    ("short", "full"),
    [("Meg", "Margaret"), ("Kit", "Kitty"), ("Kitty", "Kit"), ("Tommy", "Tom"), ("Joey", "Joe"), ("Skarrsy", "Skarr")],
)
def test_a_pet_form_gives_the_full_name(short: str, full: str) -> None:
    assert full in list(find_full_names(short))


def test_a_name_with_the_same_beginning_is_not_a_pet_form() -> None:
    assert "Marcus" not in list(find_full_names("Mary"))
    assert not is_short_form("Mary", "Marcus")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Silas Budge, otherwise the Ferret, sat down.", True),
        ("Then came Silas Budge, better known as Ferret, with soot on his cuffs.", True),
        ("Silas Budge, alias Ferret, sat down.", True),
        ("Silas Budge and Ferret sat down.", False),
        ("There Silas Budge called Ferret a thief.", False),
        ("Silas Budge, whose dog was Ferret, sat down.", False),
    ],
)
def test_the_narration_may_state_an_alias(text: str, same: bool) -> None:
    told = text + " They saw Silas Budge and Ferret."
    one, other = find_names(text, count_capitals([told]), {})[:2]
    assert is_alias(text, one, other) is same


@pytest.mark.parametrize(
    ("met", "mentions", "apart"),
    [
        ("vocatives", 3, True),
        ("vocatives", 40, False),
        ("adjacent", 3, True),
        ("cooccurring", 3, False),
    ],
)
def test_one_interaction_distinguishes_two_rare_names_unless_it_is_a_shared_sentence(
    met: str, mentions: int, apart: bool
) -> None:
    assert interactions(**{met: {ADA: Counter({BEA: 1})}}).are_different_people(ADA, mentions, BEA.__eq__) is apart


def test_names_that_often_share_a_sentence_are_two_people() -> None:
    assert interactions(cooccurring={ADA: Counter({BEA: 9})}).are_different_people(ADA, 60, BEA.__eq__)


def test_a_name_to_which_only_others_answer_is_not_the_persons() -> None:
    other = Name("", ("Elinor",))
    assert interactions(answers={ADA: Counter({other: 6})}).are_different_people(ADA, 60, BEA.__eq__)
    assert not interactions(answers={ADA: Counter({other: 6, BEA: 1})}).are_different_people(ADA, 60, BEA.__eq__)


def interactions(**met: dict[Name, Counter[Name]]) -> Interactions:
    return Interactions(
        **{"vocatives": {}, "adjacent": {}, "cooccurring": {}, "answers": {}, **met}, shared=frozenset()
    )


def test_a_title_after_of_the_begins_another_name() -> None:
    assert surfaces("He spoke to Ada of the Countess Orlova and to Ada.") == ["Ada", "the Countess Orlova", "Ada"]


def test_a_name_in_capitals_is_the_same_name() -> None:
    text = "There OLIVER stood, and here Oliver stood."
    assert {m.name for m in find_names(text, count_capitals([text]), {})} == {Name("", ("Oliver",))}


def test_a_capitalised_epithet_is_part_of_the_name_after_it() -> None:
    assert surfaces("There sat Long Pat. Long Pat saw Old Mr. Pell and the Old Bridge.")[:3] == [
        "Long Pat",
        "Long Pat",
        "Mr. Pell",
    ]


def test_a_form_of_address_alone_is_not_a_name() -> None:
    assert surfaces("Good Lord, said Ada, is Madame General in? Good Lord, said Ada.") == ["Ada", "Ada"]


@pytest.mark.parametrize(
    ("forms", "name"),
    [
        ({"the Ferret": 3, "Mr. Budge": 2}, "Mr. Budge"),
        ({"the Ferret": 30, "Mr. Budge": 2}, "The Ferret"),
        ({"OLIVER": 8, "Oliver": 3}, "Oliver"),
        ({"the Colonel": 9, "Colonel Roke": 3}, "Colonel Roke"),
    ],
)
def test_the_most_frequent_full_name_is_the_display_name(forms: dict[str, int], name: str) -> None:
    assert name_people([Person(0, forms=Counter(forms))]) == [name]
