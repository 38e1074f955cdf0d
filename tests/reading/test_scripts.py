import json
from pathlib import Path
from typing import Any

import pytest

from audiobook.errors import BookError
from audiobook.reading import is_script, read_script

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


def test_scripts_are_told_from_books(tmp_path: Path) -> None:
    assert is_script(write(tmp_path, GOOD))
    book = tmp_path / "book.txt"
    book.write_text("Once.")
    assert not is_script(book)
    assert not is_script(tmp_path / "missing.txt")
