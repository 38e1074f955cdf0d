"""Output to closed pipes, full disks and missing streams."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from audiobook.cli import console
from audiobook.cli.formatting import print_table
from tests.pipeline.conftest import STORY

FOREIGN = """Zoë’s Tale

CHAPTER I: Zoë

“Łódź,” said Zoë Brontë, “is far away – isn’t it”

“It is,” said Zoë Brontë.

“So it is,” said Čapek.

“No,” he said. “Yes,” she said.
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX shell")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY * 200, encoding="utf-8")  # more than a pipe holds
    return book


def shell(arguments: str, redirections: str) -> "subprocess.CompletedProcess[str]":
    """What a command does whose streams go where the shell sends them; its exit code stands last on stderr."""
    line = f"{{ {shlex.quote(sys.executable)} -m audiobook {arguments}; echo $? >&3; }} 3>&2 {redirections}"
    return subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("command", ["script", "cast", "chapters --json"])
def test_a_reader_who_leaves_early_is_no_error(story: Path, command: str) -> None:
    assert shell(f"{command} {shlex.quote(str(story))} -q", "| true").stderr == "0\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["script", "cast", "chapters --json"])
def test_a_result_that_no_disk_takes_is_told(story: Path, command: str) -> None:
    said = shell(f"{command} {shlex.quote(str(story))} -q", ">/dev/full").stderr
    assert said.startswith("error: stdout: cannot write the result: no space left")
    assert said.endswith("8\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_script_is_written_whatever_stream_is_closed(story: Path, closed: str) -> None:
    file = story.with_name("ferry.script.txt")
    said = shell(f"script {shlex.quote(str(story))} -o {shlex.quote(str(file))}", closed)
    assert said.stderr.endswith("0\n")
    assert file.read_text(encoding="utf-8").startswith("audiobook script")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize(
    "command",
    ["script", "cast --engine tone --json", "chapters --json", "pronounce --json"],
)
def test_json_keeps_every_letter_whatever_the_encoding_of_stdout(tmp_path: Path, command: str, encoding: str) -> None:
    book = tmp_path / "fähre.txt"
    book.write_text(FOREIGN, encoding="utf-8")
    told = [
        subprocess.run(
            [sys.executable, "-m", "audiobook", *command.split(), str(book)],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": name},
            timeout=60,
            check=True,
        ).stdout
        for name in ("utf-8", encoding)
    ]
    assert json.loads(told[1]) == json.loads(told[0])
    assert "?" not in told[1].decode()
    assert told[1].isascii() or encoding == "utf-8"
    if command != "pronounce --json":  # there may be no dictionary here
        assert "Zoë" in json.dumps(json.loads(told[1]), ensure_ascii=False)


def test_json_with_half_a_surrogate_pair_is_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    console.print_json([name])
    assert json.loads(capsys.readouterr().out) == [name]


@pytest.mark.parametrize("columns", [30, 60, 200])
def test_names_are_never_broken_on_a_narrow_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    print_table(("speaker", "voice", "says"), [("Captain Halloran", "en-gb-scotland", "It is a long way. " * 9)])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "Halloran" in line]
    assert line.startswith("Captain Halloran  en-gb-scotland  It is a long w")
    assert line.endswith("…") == (columns < 160)
