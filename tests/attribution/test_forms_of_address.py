"""Forms of address show the gender of the listener."""

import pytest

from audiobook.languages.en.people import find_listener_gender


@pytest.mark.parametrize(
    "spoken",
    [
        '"Yes, sir."',
        '"My dear fellow, sit down."',
        '"Well, old man, how goes it?"',
        "“Is it far, Father?”",
        '"But, papa--"',
        '"Listen, my boy; this is no game."',
        '"Thank you, monsieur."',
        '"No sir!"',
    ],
)
def test_forms_of_address_for_men_show_a_male_listener(spoken: str) -> None:
    assert find_listener_gender(spoken) == "male"


@pytest.mark.parametrize(
    "spoken",
    [
        '"Yes, ma\'am."',
        '"Good evening, madame."',
        "'My dear girl, you are cold.'",
        '"Do hush, Mummy!"',
        "«Certainly, my lady.»",
        '"Sit here, dear lady, by the fire."',
        '"Come, Aunt."',
    ],
)
def test_forms_of_address_for_women_show_a_female_listener(spoken: str) -> None:
    assert find_listener_gender(spoken) == "female"


@pytest.mark.parametrize(
    "spoken",
    [
        '"My mother, I think, was right."',
        '"Poor man!"',
        '"No man shall pass."',
        '"Mother never said so."',
        '"Lord! how he laughed."',
        '"It was his half-brother."',
        '"She was a fine woman once."',
        '"I saw a boy, a dog and a goat."',
        '"Thank you, Miss Avery."',
    ],
)
def test_a_person_spoken_of_is_not_the_listener(spoken: str) -> None:
    assert find_listener_gender(spoken) is None
