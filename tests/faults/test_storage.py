"""A build on disks that fill up, among other builds, with people who change and delete things meanwhile."""

import sys
from collections.abc import Callable

import pytest

from tools.faults.campaign import FAULTS, Fault
from tools.faults.verdicts import Undisturbed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="makes the faults with Linux's means")

STORAGE = [fault for fault in FAULTS if fault.option == "storage"]
FEW = {"disk full: cache", "takes deleted during a build", "two builds of one file"}
Survives = Callable[[Fault, Undisturbed, int], None]


@pytest.mark.parametrize("fault", [fault for fault in STORAGE if fault.name in FEW], ids=lambda fault: fault.name)
def test_what_becomes_of_the_cache_costs_nothing_that_was_finished(
    fault: Fault, beeps: Undisturbed, survives: Survives
) -> None:
    survives(fault, beeps, 1)


@pytest.mark.slow
@pytest.mark.parametrize("fault", STORAGE, ids=lambda fault: fault.name)
def test_whatever_disks_and_company_do_nothing_is_lost(fault: Fault, beeps: Undisturbed, survives: Survives) -> None:
    survives(fault, beeps, 2)
