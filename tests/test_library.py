"""The package as a library: its public names, typed and documented, and loaded only when used."""

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import audiobook
from audiobook import services

IMPORTS = "import sys, audiobook; print(*sorted(name for name in sys.modules if name.startswith('audiobook')))"


def test_importing_the_package_loads_nothing_else() -> None:
    said = subprocess.run([sys.executable, "-c", IMPORTS], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["audiobook"]


@pytest.mark.parametrize("name", audiobook.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(audiobook, name)
    assert found.__name__ == name
    assert inspect.getdoc(found)
    assert name in dir(audiobook)


def test_the_story_of_the_package_names_what_a_user_calls() -> None:
    story = inspect.getdoc(audiobook) or ""
    assert all(name in story for name in audiobook.__all__ if name.islower())


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        audiobook.nonsense  # noqa: B018  # looking it up is the test


@pytest.mark.parametrize(("old", "new"), [("Order", "BuildRequest"), ("Edition", "BuildResult")])
def test_a_name_of_version_0_1_is_the_new_class_and_warns_with_its_name(old: str, new: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"audiobook.{old} is now named audiobook.{new}") as warned:
        found = getattr(audiobook, old)
    assert found is getattr(audiobook, new)
    assert warned[0].filename == __file__  # it points at the line to change
    assert old not in dir(audiobook)


def test_an_import_in_the_manner_of_version_0_1_still_builds_a_request(tmp_path: Path) -> None:
    with pytest.warns(DeprecationWarning, match="BuildRequest"):
        from audiobook import Order  # the import is the test
    assert Order(book=tmp_path / "emma.txt") == audiobook.BuildRequest(book=tmp_path / "emma.txt")


def test_every_name_of_the_production_is_what_it_says_and_no_module() -> None:
    """A function named like its module would be hidden by it, as soon as somebody has loaded that."""
    for name in services._HOMES.values():
        importlib.import_module(f"audiobook.{name}")
    assert sorted(services._HOMES) == services.__all__
    assert all(callable(getattr(services, name)) for name in services.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        services.nonsense  # noqa: B018  # looking it up is the test


def test_a_process_that_analyses_a_book_loads_nothing_that_speaks_or_delivers_one() -> None:
    loading = IMPORTS.replace("import sys, audiobook", "import sys, audiobook.pipeline.scripts")
    said = subprocess.run([sys.executable, "-c", loading], capture_output=True, text=True, check=True).stdout
    assert not {"audiobook.engines", "audiobook.mixing", "audiobook.writers"} & set(said.split())


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(audiobook.__file__).with_name("py.typed").is_file()


def test_a_script_in_the_cache_is_spoken_without_loading_the_analysis(tmp_path: Path) -> None:
    book = tmp_path / "ferry.txt"
    book.write_text('"Is it far?" asked Oona.\n\n"An hour," said Bram.\n', encoding="utf-8")
    build = f"""
import sys
from pathlib import Path
from audiobook import BuildRequest, build
build(BuildRequest(book=Path({str(book)!r}), engine="tone", jobs=1))
print("audiobook.attribution.analyze" in sys.modules)
"""
    loaded = [
        subprocess.run([sys.executable, "-c", build], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    ]
    assert loaded == ["True", "False"]
