"""The user's folders, with and without a home folder."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

import platformdirs
import pytest

from audiobook.casting.loading import find_shipped_voices_file, find_voices_file
from audiobook.engines.weights import models_folder
from audiobook.errors import DeliveryError
from audiobook.runtime import user_folders
from audiobook.runtime.cache import Cache
from audiobook.services import examine

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has neither modes nor owners of this kind")

Make = Callable[[Path], None]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files; no variable of ours is set."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    for name in (user_folders.CACHE_VARIABLE, user_folders.CONFIG_VARIABLE, user_folders.MODELS_VARIABLE):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(params=["no home folder", "an unexpanded ~", "a home that is no folder"])
def homeless(request: pytest.FixtureRequest, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = temporary.parent / "home"
    home.touch()

    def folder(name: str, *, appauthor: bool) -> Path:
        if request.param == "no home folder":
            raise RuntimeError("could not determine the home directory")
        return (home if request.param == "a home that is no folder" else Path("~")) / ".local" / name

    for kind in ("cache", "config", "data"):
        monkeypatch.setattr(platformdirs, f"user_{kind}_path", folder)


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_work_is_kept_in_a_private_temporary_folder(temporary: Path) -> None:
    cache = Cache()
    assert cache.root.parent == temporary
    cache.save("takes", "ab" * 20, b"sound", {})
    found = Cache().load("takes", "ab" * 20)
    assert found is not None
    assert found[1] == b"sound"
    if os.name == "posix":
        assert cache.root.name == f"audiobook-{os.getuid()}"
        assert cache.root.stat().st_mode & 0o777 == 0o700


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_models_are_in_the_cache_folder(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert temporary in models_folder("kokoro").parents
    monkeypatch.setenv(user_folders.CACHE_VARIABLE, str(temporary / "mine"))
    assert models_folder("kokoro") == temporary / "mine" / "models" / "kokoro"


@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_there_are_no_settings(tmp_path: Path) -> None:
    assert find_voices_file(tmp_path / "emma.txt", None) == find_shipped_voices_file()


def make_open_to_others(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o755)


def make_a_link(folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir(mode=0o700)
    folder.symlink_to(elsewhere)


def make_a_file(folder: Path) -> None:
    folder.touch(mode=0o600)


@posix
@pytest.mark.usefixtures("homeless")
@pytest.mark.parametrize("make", [make_open_to_others, make_a_link, make_a_file])
def test_a_temporary_folder_that_is_not_private_is_refused(make: Make, temporary: Path) -> None:
    make(temporary / f"audiobook-{os.getuid()}")
    with pytest.raises(DeliveryError) as caught:
        Cache()
    assert user_folders.CACHE_VARIABLE in str(caught.value.hint)
    assert user_folders.CONFIG_VARIABLE in str(caught.value.hint)


@posix
@pytest.mark.usefixtures("homeless")
def test_a_temporary_folder_of_another_user_is_refused(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = os.getuid() + 1
    (temporary / f"audiobook-{other}").mkdir(mode=0o700)
    monkeypatch.setattr(os, "getuid", lambda: other)
    with pytest.raises(DeliveryError, match="belongs to another user"):
        Cache()


@posix
@pytest.mark.usefixtures("homeless")
def test_the_doctor_names_the_variable_where_there_is_no_cache_folder(temporary: Path) -> None:
    make_a_file(temporary / f"audiobook-{os.getuid()}")
    (found,) = (finding for finding in examine() if finding.what == "cache folder")
    assert not found.ok
    assert user_folders.CACHE_VARIABLE in found.fix


def test_a_cache_folder_that_exists_is_used_and_one_that_can_be_created_too(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = temporary.parent / "home" / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: own)
    assert user_folders.cache_folder() == own
    own.mkdir(parents=True)
    own.chmod(0o500)
    assert user_folders.cache_folder() == own


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder for temporary files that every user may use, as /tmp is."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o1777)
    yield folder
    rmtree(folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes another user")
@pytest.mark.parametrize("home", [None, "/", "/nonexistent", "/root"])
def test_a_user_without_an_account_keeps_work_in_a_private_folder(home: str | None, public: Path) -> None:
    program = """
import os, pathlib, platformdirs, tempfile
from audiobook.runtime import user_folders
from audiobook.runtime.cache import Cache
# Loads every module: afterwards, the folder that Python is installed in may be out of reach.
Cache(pathlib.Path(tempfile.gettempdir(), "other")).save("takes", "ab" * 20, b"sound", {})
os.setgroups([]); os.setgid(54321); os.setuid(54321)
user_folders.config_folder(), user_folders.models_folder()
cache = Cache()
cache.save("takes", "ab" * 20, b"sound", {})
print(cache.root)
"""
    ours = ("AUDIOBOOK_", "XDG_", "HOME")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    environment |= {"TMPDIR": str(public)} | ({} if home is None else {"HOME": home})
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(public / "audiobook-54321")
    made = public / "audiobook-54321"
    assert (made.stat().st_uid, made.stat().st_mode & 0o777) == (54321, 0o700)
