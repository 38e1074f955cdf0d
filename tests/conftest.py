"""Options and fixtures every test may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared_data import find_shared_data

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="rewrite the golden cases with what the code produces now")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the cache of the person who runs it."""
    monkeypatch.setenv("AUDIOBOOK_CACHE", str(tmp_path / "cache"))


@pytest.fixture(autouse=True, scope="session")
def _own_models_and_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nor the models and the settings of that person."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AUDIOBOOK_MODELS", str(tmp_path_factory.mktemp("models")))
        patch.setenv("AUDIOBOOK_CONFIG", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The developers' data folder; a test that asks for it is skipped where the folder is missing."""
    folder = find_shared_data()
    if folder is None:
        pytest.skip("the developers' data folder is not on this machine")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"
