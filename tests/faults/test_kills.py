"""Whatever is killed during a build, at whatever moment: nothing finished is lost, and the result is the same."""

import sys
from collections.abc import Callable

import pytest

from tools.faults.campaign import FAULTS, Fault
from tools.faults.verdicts import Undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

KILLS = [fault for fault in FAULTS if fault.option in {"kills", "workers", "ffmpeg"}]
Survives = Callable[[Fault, Undisturbed, int], None]


@pytest.mark.parametrize("fault", KILLS, ids=lambda fault: fault.option)
def test_what_is_killed_costs_nothing_that_was_finished(fault: Fault, beeps: Undisturbed, survives: Survives) -> None:
    survives(fault, beeps, 1)


@pytest.mark.slow
@pytest.mark.parametrize("fault", KILLS, ids=lambda fault: fault.option)
def test_what_is_killed_often_costs_nothing_either(fault: Fault, beeps: Undisturbed, survives: Survives) -> None:
    survives(fault, beeps, 12)


@pytest.mark.slow
@pytest.mark.engine
@pytest.mark.parametrize("fault", KILLS, ids=lambda fault: fault.option)
def test_nor_does_it_with_speech(fault: Fault, speech: Undisturbed, survives: Survives) -> None:
    survives(fault, speech, 4)
