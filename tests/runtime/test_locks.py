"""Claims between processes: held, waited for, and over with the process that had them."""

import multiprocessing
import os
import shutil
import signal
import threading
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

from audiobook.runtime import locks

fcntl = pytest.importorskip("fcntl", reason="the processes here are POSIX's")
SPAWN = multiprocessing.get_context("spawn")


def _hold(path: Path, held: Event) -> None:
    locks.try_lock(path)
    held.set()
    signal.pause()


@pytest.fixture
def holder(tmp_path: Path) -> multiprocessing.context.SpawnProcess:
    """Another process that has the claim `one`."""
    held = SPAWN.Event()
    process = SPAWN.Process(target=_hold, args=(tmp_path / "one", held), daemon=True)
    process.start()
    assert held.wait(30)
    return process


def test_what_another_process_has_claimed_cannot_be_had_until_it_dies(
    tmp_path: Path, holder: multiprocessing.context.SpawnProcess
) -> None:
    assert locks.try_lock(tmp_path / "one") is None
    holder.kill()
    holder.join(30)
    assert locks.try_lock(tmp_path / "one") is not None


def test_a_claim_that_is_released_leaves_no_file(tmp_path: Path) -> None:
    mine = locks.try_lock(tmp_path / "one")
    assert mine is not None
    mine.release()
    assert not list(tmp_path.iterdir())


def test_who_waits_for_a_turn_is_told_once_and_gets_it_when_the_other_dies(
    tmp_path: Path, holder: multiprocessing.context.SpawnProcess
) -> None:
    told: list[int] = []

    def waiting() -> None:
        told.append(1)
        threading.Timer(0.3, holder.kill).start()

    with locks.exclusive(tmp_path / "one", waiting):
        assert locks.try_lock(tmp_path / "one") is None
    assert told == [1]


def test_where_nothing_can_be_claimed_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with locks.exclusive(tmp_path / "file" / "one", pytest.fail):
        pass


def test_a_workspace_that_is_cleared_away_before_it_is_claimed_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock
    cleared: list[Path] = []

    def late(handle: int, way: int) -> None:
        if not cleared:
            cleared.extend(tmp_path.iterdir())
            shutil.rmtree(cleared[0])
        lock(handle, way)

    monkeypatch.setattr(fcntl, "flock", late)
    workspace = locks.Workspace(tmp_path)
    assert cleared
    assert workspace.path.is_dir()
    assert locks.remove_abandoned([workspace.path]) == 0
    workspace.close()
    assert not list(tmp_path.iterdir())


def test_what_is_no_workspace_of_ours_is_left_for_a_day(tmp_path: Path) -> None:
    young, old, file = tmp_path / "young", tmp_path / "old", tmp_path / "file"
    for folder in (young, old):
        folder.mkdir()
    file.write_bytes(b"five!")
    for path in (old, file):
        os.utime(path, (0, 0))
    assert locks.remove_abandoned(tmp_path.iterdir()) == 5
    assert list(tmp_path.iterdir()) == [young]
