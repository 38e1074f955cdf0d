"""The next step that a command suggests: one line on stderr, right for this book, with its name quoted."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY

Audiobook = Callable[..., Said]
PLAIN = "CHAPTER I\n\nThe harbour lay quiet. It rained.\n\nThe lamp was lit at nine.\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book without a doubtful line, whose name needs quoting."""
    file = tmp_path / "my tale's end.txt"
    file.write_text(PLAIN, encoding="utf-8")
    return file


def next_step(said: Said) -> list[str]:
    """The words of the suggested command, as a shell reads them."""
    (line,) = [line for line in said.err.splitlines() if line.startswith("Next: ")]
    assert said.err.splitlines()[-1] == line
    return shlex.split(line[line.index(": audiobook ") + 2 :])


def test_a_build_without_a_voices_file_suggests_to_write_one(audiobook: Audiobook, book: Path) -> None:
    said = audiobook("build", book, "--engine", "tone")
    assert next_step(said) == ["audiobook", "cast", str(book), "--write", "--engine", "tone"]


def test_a_build_with_many_doubtful_lines_suggests_to_list_them(audiobook: Audiobook, book: Path) -> None:
    book.write_text('It rained.\n\n"Yes."\n\n"No."\n\n"Why not?"\n', encoding="utf-8")
    said = audiobook("build", book, "--engine", "tone", "--chapters", "1")
    assert next_step(said) == ["audiobook", "script", str(book), "--doubtful", "--chapters", "1"]


def test_a_build_with_nothing_left_to_choose_suggests_to_look_at_pronunciations(
    audiobook: Audiobook, book: Path
) -> None:
    assert audiobook("cast", book, "--write", "--engine", "tone").code == 0
    assert next_step(audiobook("build", book, "--engine", "tone")) == ["audiobook", "pronounce", str(book)]


def test_a_build_for_a_publisher_suggests_to_check_its_folder(audiobook: Audiobook, book: Path) -> None:
    assert audiobook("cast", book, "--write", "--engine", "tone").code == 0
    said = audiobook("build", book, "--engine", "tone", "--preset", "acx")
    assert next_step(said) == ["audiobook", "check", str(book.with_suffix(""))]


def test_the_steps_lead_from_the_chapters_to_a_corrected_build(audiobook: Audiobook, book: Path) -> None:
    book.write_text(STORY, encoding="utf-8")
    script = book.with_name("my tale's end.script.txt")
    assert next_step(audiobook("chapters", book)) == ["audiobook", "build", str(book)]
    assert next_step(audiobook("cast", book)) == ["audiobook", "cast", str(book), "--write"]
    assert next_step(audiobook("cast", book, "--write")) == ["audiobook", "build", str(book)]
    assert next_step(audiobook("script", book, "--doubtful")) == [
        "audiobook",
        "script",
        str(book),
        "--output",
        str(script),
    ]
    assert next_step(audiobook("script", book, "--output", script)) == ["audiobook", "build", str(script)]
    assert next_step(audiobook("script", script, "--doubtful")) == ["audiobook", "build", str(script)]


@pytest.mark.parametrize("command", [("chapters",), ("cast",), ("build", "--engine", "tone")], ids=" ".join)
def test_quiet_suggests_nothing(audiobook: Audiobook, book: Path, command: tuple[str, ...]) -> None:
    assert audiobook(command[0], book, *command[1:], "--quiet").err == ""


def test_a_script_is_text_on_a_terminal_and_json_in_a_pipe(
    audiobook: Audiobook, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, piped = audiobook("script", book, "--format", "text"), audiobook("script", book)
    assert piped.out.startswith("{")
    assert audiobook("script", book, "--json").out == piped.out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert audiobook("script", book).out == text.out
    assert audiobook("script", book, "--json").out == piped.out
