"""The word lists are files of the package, so an installed wheel has them."""

import subprocess
import sys
import zipfile
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

import pytest

from audiobook import languages
from audiobook.languages.en import lexicon

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "audiobook" / "languages"
DATA = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"})


@pytest.mark.parametrize("path", DATA, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_word_list_is_found_as_a_file_of_its_package(path: Path) -> None:
    package = ".".join(path.relative_to(ROOT).parent.parts)
    assert files(package).joinpath(path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


def test_no_word_list_is_empty() -> None:
    assert DATA
    assert lexicon.load_given_names()
    assert lexicon.load_titles()
    assert lexicon.load_persons()
    assert lexicon.load_nicknames()
    assert lexicon.load_not_names()
    assert lexicon.load_speech_verbs().strong


def test_every_folder_of_a_language_has_a_row() -> None:
    folders = {path.name for path in FOLDER.iterdir() if (path / "__init__.py").exists()}
    assert folders == set(languages.LANGUAGES)


@pytest.mark.slow
def test_the_wheel_has_every_word_list(tmp_path: Path) -> None:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {str(path.relative_to(ROOT)) for path in DATA} <= set(archive.namelist())
