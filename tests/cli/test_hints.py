"""Hints that show a command: it exists, it names the user's own file, and a shell reads it as it was meant."""

import ast
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audiobook.cli.app import app
from audiobook.errors import command_line
from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY

Audiobook = Callable[..., Said]
PACKAGE = Path(__file__).parents[2] / "audiobook"
LIBRARY = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "cli")
COMMANDS = {command.name for command in app.registered_commands if not command.hidden} | {"voices"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    file = tmp_path / "the ferry.txt"
    file.write_text(STORY, encoding="utf-8")
    return file


def hint(said: Said) -> list[str]:
    """The words of the command at the end of a hint."""
    (line,) = [line for line in said.err.splitlines() if line.startswith("hint: ")]
    return shlex.split(line[line.index(": audiobook ") + 2 :])


def messages(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def test_a_command_line_is_read_by_a_shell_as_it_was_meant() -> None:
    words = ["audiobook", "build", 'it\'s a "book" $HOME.txt']
    assert shlex.split(command_line(*words)) == words


def test_no_message_of_the_library_shows_a_command_with_a_placeholder_for_the_book() -> None:
    shown = [text for path in LIBRARY for text in messages(path) if re.search(r"audiobook \w+ .*\bBOOK\b", text)]
    assert all("THIS-FILE" in text for text in shown)  # the head of a script file, which may be renamed


def test_every_command_in_a_message_is_one_that_help_shows() -> None:
    pattern = re.compile(r"(?:`|: |with: )audiobook (\w+)")
    named = {name for path in LIBRARY for text in messages(path) for name in pattern.findall(text)}
    assert {"doctor", "cache"} <= named <= COMMANDS


def test_a_chapter_that_is_not_there_is_answered_with_the_list_of_this_book(audiobook: Audiobook, book: Path) -> None:
    for command in ("build", "chapters", "cast", "script"):
        said = audiobook(command, book, "--chapters", "9")
        assert said.code == 2
        assert hint(said) == ["audiobook", "chapters", str(book)]


def test_a_word_that_is_not_there_is_answered_with_the_words_of_this_book(audiobook: Audiobook, book: Path) -> None:
    assert hint(audiobook("pronounce", book, "Zork", "Zorque")) == ["audiobook", "pronounce", str(book)]


def test_a_script_with_a_mistake_is_answered_with_how_to_write_this_file_again(
    audiobook: Audiobook, book: Path
) -> None:
    script = book.with_name("the ferry.script.txt")
    assert audiobook("script", book, "--output", script).code == 0
    script.write_text(script.read_text(encoding="utf-8").replace("    The ferry", "The ferry"), encoding="utf-8")
    words = hint(audiobook("build", script))
    assert words == ["audiobook", "script", "THE-BOOK", "--output", str(script), "--fresh"]
    assert audiobook(*[str(book) if word == "THE-BOOK" else word for word in words[1:]]).code == 0
