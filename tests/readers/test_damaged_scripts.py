"""A script that has lost its first line or half of its text is refused; a book that looks a little like one is read."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.errors import BookError
from audiobook.model.script_json import script_to_json
from audiobook.model.script_text import script_to_text
from audiobook.readers import is_script, read_book, read_script
from audiobook.services import contents

NAMES = ("ferry.script.txt", "ferry.script.md", "ferry.txt", "ferry.md", "ferry")


def without_first_line(text: str) -> str:
    return text.partition("\n")[2]


def without_first_half(text: str) -> str:
    return text[len(text) // 2 :]


def without_first_line_and_second_half(text: str) -> str:
    return without_first_line(text)[: len(text) // 2]


def without_first_line_and_remarks(text: str) -> str:
    return "\n".join(line for line in without_first_line(text).split("\n") if not line.startswith("#"))


def middle(text: str) -> str:
    return text[len(text) // 6 : len(text) // 2]


@pytest.fixture(scope="module")
def seed_book(seeds: Path) -> Path:
    return seeds / "the-lighthouse-post.txt"


@pytest.fixture(scope="module")
def text_form(seed_book: Path) -> str:
    return script_to_text(write_script(read_book(seed_book)))


@pytest.fixture(scope="module")
def json_form(seed_book: Path) -> str:
    return json.dumps(script_to_json(write_script(read_book(seed_book))), indent=1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "damage",
    [
        without_first_line,
        without_first_half,
        without_first_line_and_second_half,
        without_first_line_and_remarks,
        middle,
    ],
)
def test_what_is_left_of_a_script_is_refused_with_the_line_that_mends_it(
    tmp_path: Path, text_form: str, damage: Callable[[str], str], name: str, encoding: str
) -> None:
    path = tmp_path / name
    path.write_text(damage(text_form), encoding=encoding)
    with pytest.raises(BookError) as caught:
        contents(path)
    assert caught.value.where == f"{path}, line 1"
    assert "script without its first line" in caught.value.message
    assert '"audiobook script, version 1"' in (caught.value.hint or "")


def test_the_line_that_the_hint_names_mends_the_script(tmp_path: Path, text_form: str) -> None:
    path = tmp_path / "ferry.script.txt"
    path.write_text(text_form, encoding="utf-8")
    whole = read_script(path)
    path.write_text("audiobook script, version 1\n" + without_first_line(text_form), encoding="utf-8")
    assert read_script(path) == whole


@pytest.mark.parametrize("name", [*NAMES, "ferry.script.json"])
@pytest.mark.parametrize("damage", [without_first_line, without_first_half, without_first_line_and_second_half, middle])
def test_what_is_left_of_a_script_in_json_is_refused_with_the_line(
    tmp_path: Path, json_form: str, damage: Callable[[str], str], name: str
) -> None:
    path = tmp_path / name
    path.write_text(damage(json_form), encoding="utf-8")
    with pytest.raises(BookError, match="not valid JSON") as caught:
        contents(path)
    assert ", line " in (caught.value.where or "")
    assert "write a new script" in (caught.value.hint or "")


PLAY = "\n\n".join(f"Oona: “Is it far, Bram?”\n\nBram: “An hour, or {n}.”" for n in range(2, 40))
PROSE = "\n\n".join(f"“Is it far?” asked Oona. It was {n} o'clock, and nobody was at the quay." for n in range(2, 40))
BOOKS = {
    "a heading of a script": f"== cast\n\nOona and Bram.\n\n== The Ferry\n\n{PROSE}",
    "every heading of a script": f"== cast\n\nOona and Bram.\n\n== chapter 1: Off\n\n{PROSE}\n\n== notes\n\nNone.",
    "labels": f"[verse]\n\nThe sea, the sea.\n\n[heading]\n\n{PROSE}",
    "names in front of every speech": PLAY,
    "a play with a heading of a script": f"== cast\n\n{PLAY}",
    "a script that is quoted": f"{PROSE}\n\n== cast\n\n== chapter 1: X\n\n    She sat.\n\n{PROSE}",
    "keys of JSON that are quoted": f'{PROSE}\n\n{{"format": "audiobook-script", "speaker": "Oona"}}\n\n{PROSE}',
}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (name, text)
        for title, text in BOOKS.items()
        for name in NAMES
        if not (title == "a play with a heading of a script" and ".script." in name)  # the name is the second sign
    ],
)
def test_a_book_that_has_signs_of_a_script_is_read_as_a_book(tmp_path: Path, text: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert not is_script(path)
    assert contents(path).chapters
