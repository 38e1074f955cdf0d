"""Whoever is told to stop, at whatever moment, stops within two seconds, in one sentence, and loses nothing."""

import sys
from collections.abc import Callable

import pytest

from tests.faults.campaign import FAULTS, Fault
from tests.faults.verdicts import Undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")

STOPS = [fault for fault in FAULTS if fault.option in {"signals", "commands"}]
FEW = {"SIGINT during a build", "SIGTERM during a build", "SIGHUP during `say`"}
Survives = Callable[[Fault, Undisturbed, int], None]


@pytest.mark.parametrize("fault", [fault for fault in STOPS if fault.name in FEW], ids=lambda fault: fault.name)
def test_what_is_stopped_stops_at_once_and_goes_on_where_it_was(
    fault: Fault, beeps: Undisturbed, survives: Survives
) -> None:
    survives(fault, beeps, 1)


@pytest.mark.slow
@pytest.mark.parametrize("fault", STOPS, ids=lambda fault: fault.name)
def test_whatever_is_stopped_whenever_it_is_the_same(fault: Fault, beeps: Undisturbed, survives: Survives) -> None:
    survives(fault, beeps, 4)
