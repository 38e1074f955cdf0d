"""The release tool: what it refuses to publish, and that the version is written once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from audiobook import __version__
from tools import release

ROOT = Path(__file__).parent.parent
WHEEL = [*release.REQUIRED_IN_WHEEL, "fullcast-1.0.dist-info/METADATA"]
SDIST = [f"fullcast-1.0/{name}" for name in release.REQUIRED_IN_SDIST]


def test_a_good_release_has_no_problems() -> None:
    assert release.find_wheel_problems(WHEEL, "1.0") == []
    assert release.find_sdist_problems(SDIST, "1.0") == []


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("tests/conftest.py", "tests/ must not be in the wheel"),
        ("tools/release.py", "tools/ must not be in the wheel"),
        ("audiobook/__pycache__/app.cpython-311.pyc", "stray: audiobook/__pycache__/app.cpython-311.pyc"),
        ("audiobook/tale.mp3", "stray: audiobook/tale.mp3"),
        ("notes/todo.txt", "unexpected at the top: notes"),
    ],
)
def test_what_does_not_belong_into_a_wheel_is_a_problem(name: str, problem: str) -> None:
    assert release.find_wheel_problems([*WHEEL, name], "1.0") == [problem]


@pytest.mark.parametrize("name", release.REQUIRED_IN_WHEEL)
def test_what_is_missing_in_a_wheel_is_a_problem(name: str) -> None:
    assert f"missing: {name}" in release.find_wheel_problems([other for other in WHEEL if other != name], "1.0")


def test_what_is_missing_in_an_sdist_or_stray_there_is_a_problem() -> None:
    assert release.find_sdist_problems(SDIST[1:], "1.0") == [f"missing: {release.REQUIRED_IN_SDIST[0]}"]
    assert release.find_sdist_problems([*SDIST, "fullcast-1.0/.venv/x"], "1.0") == ["stray: fullcast-1.0/.venv/x"]
    assert release.find_sdist_problems([*SDIST, "elsewhere/x"], "1.0") == ["outside fullcast-1.0/: elsewhere/x"]


def test_the_files_a_release_must_have_are_in_the_checkout() -> None:
    shipped = [name for name in release.REQUIRED_IN_WHEEL if name != "audiobook/voices.toml"]  # at the root here
    assert [name for name in (*shipped, *release.REQUIRED_IN_SDIST) if not (ROOT / name).is_file()] == []


def test_the_version_is_written_in_one_place() -> None:
    assert release.read_version() == __version__
    literal = re.compile(rf"""["']{re.escape(__version__)}["']""")
    sources = [*(ROOT / "audiobook").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    naming = [path for path in sources if literal.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in naming] == ["audiobook/__init__.py"]
    assert not re.search(r"^version *=", (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)


def test_a_command_that_fails_ends_the_release_with_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(release.ReleaseError, match=r"exit code 3\nbroken"):
        release.run([sys.executable, "-c", "print('broken'); raise SystemExit(3)"], cwd=tmp_path)


def test_help_says_that_nothing_is_uploaded() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.release", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Nothing is uploaded" in done.stdout
