"""The developers' data folder is found in one place, by one environment variable."""

import re
from pathlib import Path

import pytest

from tests.shared_data import SHARED_VARIABLE, find_shared_data

ROOT = Path(__file__).parent.parent


def test_the_environment_variable_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    assert find_shared_data() == tmp_path


def test_a_folder_that_is_not_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path / "missing"))
    assert find_shared_data() is None


def test_an_empty_variable_means_the_folder_beside_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, "")
    folder = ROOT.resolve().parent / "shared"
    assert find_shared_data() == (folder if folder.is_dir() else None)


def test_no_other_file_names_the_folder() -> None:
    files = [path for folder in ("audiobook", "tests", "tools") for path in (ROOT / folder).rglob("*.py")]
    naming = [path.name for path in files if re.search(r"""["'/]shared["'/]""", path.read_text(encoding="utf-8"))]
    assert sorted(naming) == ["shared_data.py", "test_shared_data.py"]
