"""A build that is stopped: by Ctrl-C, by a signal, by a kill. Nothing finished is lost, nobody is left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")

PARAGRAPH = (
    '"I never saw such a sea," said Oona, and she held on to the rail. The ferry climbed, and fell, and climbed '
    'again. "Number {number}," said Bram, who counted the waves. "There are always more."\n\n'
)


@pytest.fixture
def long_book(tmp_path: Path) -> Path:
    book = tmp_path / "waves.txt"
    chapters = (
        f"CHAPTER {n}\n\n" + "".join(PARAGRAPH.format(number=n * 1000 + k) for k in range(40)) for n in range(1, 5)
    )
    book.write_text("\n\n".join(chapters), encoding="utf-8")
    return book


def start(book: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "audiobook", "build", str(book), "--engine", "tone", "--json"]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=dict(os.environ)
    )


def takes() -> int:
    return sum(1 for _ in Path(os.environ["AUDIOBOOK_CACHE"]).glob("v1/takes/*/*"))


def wait_for_takes(process: "subprocess.Popen[str]", count: int) -> None:
    until = time.monotonic() + 60
    while takes() < count and process.poll() is None and time.monotonic() < until:
        time.sleep(0.01)


def group_is_empty(group: int) -> bool:
    """Whether every process that the build started ends, soon even on a busy machine."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_leaves_at_once_and_goes_on_where_it_was(
    long_book: Path, stop: signal.Signals, code: int
) -> None:
    process = start(long_book)
    wait_for_takes(process, 40)
    asked = time.monotonic()
    os.killpg(process.pid, stop) if stop == signal.SIGINT else process.send_signal(stop)
    _, talk = process.communicate(timeout=20)
    assert process.returncode == code
    assert time.monotonic() - asked < 5  # two seconds on an idle machine
    assert "run the same command again" in talk
    assert group_is_empty(process.pid)
    assert not long_book.with_suffix(".mp3").exists()
    kept = takes()
    again = start(long_book)
    out, _ = again.communicate(timeout=120)
    assert again.returncode == 0
    assert json.loads(out)["recorded"] == takes() - kept


def test_a_killed_build_leaves_nobody_behind_and_the_next_one_is_as_if_nothing_had_happened(
    long_book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = start(long_book)
    wait_for_takes(process, 60)
    process.kill()
    process.communicate(timeout=20)
    assert group_is_empty(process.pid)
    done = start(long_book).communicate(timeout=120)[0]
    resumed = long_book.with_suffix(".mp3").read_bytes()
    assert json.loads(done)["reused"] > 0
    monkeypatch.setenv("AUDIOBOOK_CACHE", str(tmp_path / "another"))
    start(long_book).communicate(timeout=120)
    assert long_book.with_suffix(".mp3").read_bytes() == resumed
    assert not list(long_book.parent.glob(".audiobook-*"))
