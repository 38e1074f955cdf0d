"""Builds that nothing happened to, to hold the others against; made once for all tests."""

import random
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.faults.campaign import Fault
from tools.faults.places import ImpossibleHereError
from tools.faults.verdicts import Undisturbed, undisturbed


@pytest.fixture(scope="session")
def beeps(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A small book in beeps, which are alike to the sample each time."""
    return undisturbed(tmp_path_factory.mktemp("beeps"), "tone", chapters=2, paragraphs=10)


@pytest.fixture(scope="session")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The same, spoken."""
    return undisturbed(tmp_path_factory.mktemp("speech"), "pyttsx3", chapters=2, paragraphs=10)


@pytest.fixture
def survives(tmp_path: Path) -> Callable[[Fault, Undisturbed, int], None]:
    """Inflict a fault a number of times, at moments from a seed that a failure tells."""

    def inflict(fault: Fault, like: Undisturbed, times: int) -> None:
        seed = secrets.randbelow(10_000)
        moments = random.Random(seed)
        try:
            verdicts = [fault.inflict(tmp_path / str(number), like, moments) for number in range(times)]
        except ImpossibleHereError as error:
            pytest.skip(str(error))
        lost = [verdict for verdict in verdicts if verdict.complaints]
        assert not lost, f"with seed {seed}: {lost}"

    return inflict
