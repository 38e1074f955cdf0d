import json
from pathlib import Path
from typing import Any

import pytest

from audiobook.errors import BookError
from audiobook.readers import is_script, read_script

GOOD: dict[str, Any] = {
    "book": {"title": "The Lamp"},
    "characters": [{"name": "Oona"}],
    "chapters": [{"title": "One", "lines": [{"kind": "dialogue", "speaker": "Oona", "text": "Hello."}]}],
}


def write(folder: Path, data: Any) -> Path:
    path = folder / "S.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def with_line(**changes: Any) -> dict[str, Any]:
    line = {**GOOD["chapters"][0]["lines"][0], **changes}
    return {**GOOD, "chapters": [{"title": "One", "lines": [GOOD["chapters"][0]["lines"][0], line]}]}


def complaint(folder: Path, data: Any) -> BookError:
    with pytest.raises(BookError) as caught:
        read_script(write(folder, data))
    return caught.value


def test_an_edited_script_is_read(tmp_path: Path) -> None:
    script = read_script(write(tmp_path, with_line(speaker="Somebody New")))
    assert [c.name for c in script.characters] == ["Oona", "Somebody New"]


def test_broken_json_names_line_and_column(tmp_path: Path) -> None:
    assert "line 2, column 3" in (complaint(tmp_path, '{"book":\n  oops}').where or "")


@pytest.mark.parametrize("data", [[], {}, {"book": {}}, 3, "null", {"a": 1}])
def test_json_that_is_no_script_is_told_so(tmp_path: Path, data: Any) -> None:
    assert "not a script" in complaint(tmp_path, data).message


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (with_line(kind="song"), "chapter 1, line 2"),
        (with_line(speaker=3), "chapter 1, line 2"),
        (with_line(confidence="high"), "chapter 1, line 2"),
        (with_line(confidence=float("nan")), "chapter 1, line 2"),
        (with_line(confidence=1e308), "chapter 1, line 2"),
        (with_line(start="a"), "chapter 1, line 2"),
        (with_line(end=-5), "chapter 1, line 2"),
        (with_line(text=5), "chapter 1, line 2"),
        (with_line(kind=None), "chapter 1, line 2"),
        (with_line(speaker=" "), "chapter 1, line 2"),
        (with_line(pinned="yes"), "chapter 1, line 2"),
        (with_line(runner_up=3), "chapter 1, line 2"),
        (with_line(manner="sung"), "chapter 1, line 2"),
        (with_line(guess=["Oona"]), "chapter 1, line 2"),
        (with_line(paragraph="two"), "chapter 1, line 2"),
        ({**GOOD, "characters": [{"name": "Oona", "lines": float("inf")}]}, "character 1"),
        ({**GOOD, "book": {"title": "T", "narrator": 3}}, ""),
        ({**GOOD, "book": {"title": "T", "source": 3}}, ""),
        ({**GOOD, "renamed": ["Oona", "Una"]}, ""),
        ({**GOOD, "renamed": {"Oona": 3}}, ""),
        ({**GOOD, "renamed": {"Oona": " "}}, ""),
        ({**GOOD, "renamed": {"Oona": "Una", "Una": "Oona"}}, ""),
        ({**GOOD, "strays": [{"text": "Hm."}]}, ""),
        ({**GOOD, "characters": [{"name": "Oona", "guess": "female"}]}, "character 1"),
        ({**GOOD, "book": {"title": "T", "language": ["en"]}}, ""),
        ({**GOOD, "book": {"title": "T", "authors": [3]}}, ""),
        (json.dumps(with_line(start=12345)).replace("12345", "9" * 5000), ""),
        ({**GOOD, "chapters": [{"title": "One", "lines": [{"kind": "narration"}]}]}, "chapter 1, line 1"),
        ({**GOOD, "chapters": [{"title": "One", "lines": ["text"]}]}, "chapter 1, line 1"),
        ({**GOOD, "chapters": [{"lines": []}]}, "chapter 1"),
        ({**GOOD, "chapters": ["one"]}, "chapter 1"),
        ({**GOOD, "characters": [{"aliases": []}]}, "character 1"),
        ({**GOOD, "characters": "Oona"}, ""),
        ({**GOOD, "book": {"title": 3}}, "book"),
    ],
)
def test_a_wrong_value_names_its_place(tmp_path: Path, data: Any, where: str) -> None:
    error = complaint(tmp_path, data)
    assert where in (error.where or "")
    assert error.message


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"guess": "Oona"}, ("dialogue", "Oona", False)),
        ({"guess": "Bram"}, ("dialogue", "Oona", True)),
        ({"guess": None}, ("dialogue", "Oona", True)),
        ({"guess": "Oona", "speaker": None}, ("dialogue", None, True)),
        ({"guess": "Oona", "pinned": True}, ("dialogue", "Oona", True)),
        ({"guess": "Oona", "speaker": "narrator"}, ("dialogue", "narrator", True)),
        ({"kind": "narration"}, ("dialogue", "Oona", True)),
        ({"kind": "narration", "speaker": "narrator"}, ("narration", "narrator", False)),
        ({}, ("dialogue", "Oona", False)),
    ],
)
def test_a_speaker_who_is_not_the_one_that_was_guessed_is_a_decision(
    tmp_path: Path, changes: dict[str, Any], expected: tuple[str, str | None, bool]
) -> None:
    line = list(read_script(write(tmp_path, with_line(**changes))).lines())[1]
    assert (line.kind, line.speaker, line.pinned) == expected


def test_a_gender_that_is_not_the_one_that_was_guessed_is_a_decision(tmp_path: Path) -> None:
    changed = {"name": "Oona", "gender": "male", "guess": {"gender": "female", "age": None}}
    same = {"name": "Bram", "gender": "male", "guess": {"gender": "male", "age": None}}
    script = read_script(write(tmp_path, {**GOOD, "characters": [changed, same]}))
    assert [c.pinned for c in script.characters] == [True, False]


def test_renames_in_json_are_carried_out(tmp_path: Path) -> None:
    people = [{"name": "Oona", "aliases": ["the girl"]}, {"name": "Bram"}]
    script = read_script(write(tmp_path, {**GOOD, "characters": people, "renamed": {"Oona": "Bram", "Bram": "Abe"}}))
    assert [(c.name, c.aliases) for c in script.characters] == [("Abe", ("Oona", "the girl", "Bram"))]
    assert {line.speaker for line in script.lines()} == {"Abe"}


def test_scripts_are_told_from_books(tmp_path: Path) -> None:
    assert is_script(write(tmp_path, GOOD))
    book = tmp_path / "book.txt"
    book.write_text("Once.")
    assert not is_script(book)
    assert not is_script(tmp_path / "missing.txt")
