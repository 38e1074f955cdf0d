"""What commands and options were called in version 0.1 still works, hidden from help, with a note on the new name."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said
from tests.quality.test_meters import made

Audiobook = Callable[..., Said]


def test_shelf_is_the_old_name_of_cache(audiobook: Audiobook) -> None:
    old, new = audiobook("shelf", "--json"), audiobook("cache", "--json")
    assert json.loads(old.out) == json.loads(new.out)
    assert old.err == "note: `audiobook shelf` is now called `audiobook cache`.\n"
    assert new.err == ""
    assert "shelf" not in audiobook("--help").out


def test_check_listen_is_the_old_name_of_check_transcribe(
    audiobook: Audiobook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_spec = importlib.util.find_spec
    is_missing = {"faster_whisper"}
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name in is_missing else find_spec(name))
    sound = made(tmp_path / "t.wav", (0.1, 1))
    old, new = audiobook("check", sound, "--listen"), audiobook("check", sound, "--transcribe")
    note = "note: `check --listen` is now called `check --transcribe`.\n"
    assert (old.code, old.err) == (new.code, note + new.err)
    assert "--listen" not in audiobook("check", "--help").out
