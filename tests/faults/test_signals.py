"""Whoever is told to stop, at whatever moment, stops within two seconds, in one sentence, and loses nothing."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.faults.building import Result, Site, left_behind, running
from tools.faults.campaign import FAULTS, Fault
from tools.faults.signals import was_too_early
from tools.faults.verdicts import Undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

STOPS = [fault for fault in FAULTS if fault.option in {"signals", "commands"}]
FEW = {"SIGINT during a build", "SIGTERM during a build", "SIGHUP during `say`"}
Survives = Callable[[Fault, Undisturbed, int], None]


@pytest.mark.parametrize("fault", [fault for fault in STOPS if fault.name in FEW], ids=lambda fault: fault.name)
def test_what_is_stopped_stops_at_once_and_goes_on_where_it_was(
    fault: Fault, beeps: Undisturbed, survives: Survives
) -> None:
    survives(fault, beeps, 1)


@pytest.mark.parametrize(
    ("code", "err", "early"),
    [
        (-2, "", True),
        (
            1,
            'Could not import runpy module\n  File "/usr/lib/python3.11/contextlib.py", line 6\nKeyboardInterrupt',
            True,
        ),
        (1, "Fatal Python error: init_import_site: Failed to import the site module\nKeyboardInterrupt", True),
        (1, 'Traceback\n  File "/usr/lib/python3.11/contextlib.py", line 6\nKeyboardInterrupt', False),
        (-2, 'Traceback\n  File "/home/me/audiobook/cli/app.py", line 6\nKeyboardInterrupt', False),
        (130, "Stopped.", False),
    ],
)
def test_only_the_bare_interpreter_is_stopped_too_early_to_count(code: int, err: str, early: bool) -> None:
    assert was_too_early(Result(code=code, out="", err=err, seconds=0.01)) == early


@pytest.mark.slow
@pytest.mark.parametrize("fault", STOPS, ids=lambda fault: fault.name)
def test_whatever_is_stopped_whenever_it_is_the_same(fault: Fault, beeps: Undisturbed, survives: Survives) -> None:
    survives(fault, beeps, 4)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_voice_that_is_being_heard_falls_silent(tmp_path: Path, number: signal.Signals) -> None:
    player = tmp_path / "programs" / "pw-play"
    player.parent.mkdir()
    player.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    player.chmod(0o755)
    site = Site(tmp_path / "site", environment={"PATH": f"{player.parent}{os.pathsep}{os.environ['PATH']}"})
    saying = site.start(command=[sys.executable, "-m", "audiobook", "say", "Hello.", "--engine", "tone"])
    assert saying.wait_for(lambda: running(saying.pid, "sleep"))
    saying.process.send_signal(number)
    assert saying.end().code == 128 + number
    assert not left_behind(saying.pid)
    assert not site.leftover_files()
