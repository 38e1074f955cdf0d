"""`chapters --write`, several files and `--notes`, as a person uses them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.readers.stories import told

Audiobook = Callable[..., Said]


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    path = tmp_path / "novel.txt"
    path.write_text(told("CHAPTER I", "CHAPTER II"), encoding="utf-8")
    return path


def test_the_list_is_written_beside_the_book_once(audiobook: Audiobook, novel: Path) -> None:
    file = novel.with_name("novel.chapters.txt")
    assert audiobook("chapters", novel, "--write").out == f"{file}\n"
    again = audiobook("chapters", novel, "--write")
    assert (again.code, "--force" in again.err) == (2, True)
    assert audiobook("chapters", novel, "--write", "--force").code == 0


def test_every_command_obeys_the_list(audiobook: Audiobook, novel: Path) -> None:
    (novel.parent / "novel.chapters.txt").write_text("keep | CHAPTER I -> The Mill\nskip | CHAPTER II\n", "utf-8")
    shown = json.loads(audiobook("chapters", novel, "--json").out)
    assert [chapter["title"] for chapter in shown["chapters"]] == ["The Mill"]
    assert shown["chapters"][0]["changes"] == ["renamed from “CHAPTER I”"]
    assert shown["skipped"][-1]["reason"] == "left out by novel.chapters.txt"
    script = json.loads(audiobook("script", novel, "--json").out)
    assert [chapter["title"] for chapter in script["chapters"]] == ["The Mill"]
    built = json.loads(audiobook("build", novel, "--engine", "tone", "--json").out)
    assert [chapter["title"] for chapter in built["chapters"]] == ["The Mill"]
    assert built["words"]["skipped"]["left out by novel.chapters.txt"] > 0
    assert built["unaccounted"] == []


def test_a_line_that_fits_no_chapter_is_told_by_every_command(audiobook: Audiobook, novel: Path) -> None:
    (novel.parent / "novel.chapters.txt").write_text("skip | Gone\n", "utf-8")
    for command in (("chapters",), ("script", "--json"), ("cast", "--engine", "tone"), ("build", "--engine", "tone")):
        assert "no chapter “Gone”" in audiobook(command[0], novel, *command[1:]).err


def test_a_wrong_line_stops_a_build_and_is_named(audiobook: Audiobook, novel: Path) -> None:
    (novel.parent / "novel.chapters.txt").write_text("keep | CHAPTER I\ndrop | CHAPTER II\n", "utf-8")
    said = audiobook("build", novel, "--engine", "tone")
    assert said.code == 3
    assert "novel.chapters.txt, line 2: 'drop' is no action" in said.err


def test_several_files_are_one_book_named_after_their_folder(audiobook: Audiobook, tmp_path: Path) -> None:
    folder = tmp_path / "My Tale"
    folder.mkdir()
    for name in ("b.txt", "a.md"):
        (folder / name).write_text("The rain fell on the river, and the lamp burned low.\n\n" * 8, encoding="utf-8")
    said = audiobook("build", folder / "b.txt", folder / "a.md", "--engine", "tone", "--json")
    built = json.loads(said.out)
    assert built["files"] == [str(folder / "My Tale.mp3")]
    assert [chapter["title"] for chapter in built["chapters"]] == ["b", "a"]
    whole = json.loads(audiobook("build", folder, "--engine", "tone", "--json").out)
    assert whole["files"] == [str(tmp_path / "My Tale.mp3")]
    assert [chapter["title"] for chapter in whole["chapters"]] == ["a", "b"]


def test_an_unknown_mode_of_notes_is_refused_with_the_known_ones(audiobook: Audiobook, novel: Path) -> None:
    said = audiobook("build", novel, "--notes", "loud")
    assert said.code == 2
    assert "skip, end, inline" in said.err
