"""Control characters in a file never reach the terminal, whatever the file and the command."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.readers.stories import story

Audiobook = Callable[..., Said]
EVIL = "\x1b]0;PWN\x07\x1b[2J\x9b31m\u202e\r"
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def line(kind: str, speaker: str, text: str) -> dict[str, object]:
    return {"kind": kind, "speaker": speaker, "text": text, "confidence": 0.3, "evidence": f"tag{EVIL}"}


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script with control characters in everything that a person or a program may write."""
    name = f"Oona{EVIL}"
    lines = [line("narration", "narrator", f"It rained{EVIL}. "), line("dialogue", name, f"“Come{EVIL},” ")]
    data = {
        "book": {"title": f"T{EVIL}", "authors": [f"A{EVIL}"], "language": "en"},
        "characters": [{"name": name}],
        "chapters": [{"title": f"C{EVIL}", "lines": lines}],
    }
    path = tmp_path / "s.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        ("chapters",),
        ("chapters", "--json"),
        ("script", "--format", "text"),
        ("script", "--format", "json"),
        ("script", "--doubtful"),
        ("script", "--doubtful", "--json"),
        ("cast", "--engine", "tone"),
        ("plan", "--engine", "tone"),
        ("build", "--engine", "tone"),
    ],
    ids=" ".join,
)
def test_no_command_prints_them(audiobook: Audiobook, script: Path, command: tuple[str, ...]) -> None:
    said = audiobook(command[0], script, *command[1:])
    assert not CONTROLS.search(said.out), ascii(said.out)
    assert not CONTROLS.search(said.err), ascii(said.err)


def test_json_keeps_the_title_as_it_is(audiobook: Audiobook, script: Path) -> None:
    assert json.loads(audiobook("chapters", script, "--json").out)["title"] == f"T{EVIL}"


@pytest.mark.parametrize("text", [f"keep | {EVIL} | x\nkeep | Gone{EVIL} | y\n", f"drop{EVIL} | x\n"])
def test_a_list_of_chapters_does_not_print_them(audiobook: Audiobook, tmp_path: Path, text: str) -> None:
    book = tmp_path / "book.txt"
    book.write_text(f"CHAPTER I\n\n{story(1)}\n", encoding="utf-8")
    (tmp_path / "book.chapters.txt").write_text(text, encoding="utf-8")
    said = audiobook("chapters", book)
    assert said.err
    assert not CONTROLS.search(said.out + said.err)


def test_debug_does_not_print_them(audiobook: Audiobook, tmp_path: Path) -> None:
    book = tmp_path / f"no{EVIL}book.txt"
    said = audiobook("--debug", "chapters", book)
    assert "Traceback" in said.err
    assert not CONTROLS.search(said.err)
