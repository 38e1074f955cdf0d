"""Golden cases of who people are: a text goes in; every speaker's gender and age, and the teller, come out."""

from pathlib import Path

import pytest

from audiobook.script import Character, Script
from audiobook.scripting.analysis import write_script
from tests.golden import check_golden, golden_cases
from tests.scripting.test_attribution import book_of


def _shown(character: Character) -> str:
    return f"{character.name}: {', '.join(filter(None, (character.gender, character.age))) or 'not shown'}"


def _people(script: Script) -> str:
    speakers = sorted(_shown(character) for character in script.characters)
    return "\n".join([*speakers, f"told by: {script.narrator}"] if script.narrator else speakers)


@pytest.mark.parametrize("case", golden_cases("genders"), ids=lambda path: path.stem)
def test_every_speaker_has_the_gender_and_age_that_the_text_shows(case: Path, pytestconfig: pytest.Config) -> None:
    check_golden(case, lambda text: _people(write_script(book_of(text))), pytestconfig)
