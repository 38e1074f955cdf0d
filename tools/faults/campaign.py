"""The table of faults. The command and the tests use it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.faults.kills import FFMPEG, WORKER, killed_build, killed_helper
from tools.faults.signals import CODES, COMMANDS, stopped
from tools.faults.storage import STORAGE
from tools.faults.verdicts import Undisturbed, Verdict


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that is applied to a build, or to another command."""

    option: str  # of the command that counts
    name: str
    inflict: Callable[[Path, Undisturbed, random.Random], Verdict]


FAULTS = (
    Fault("kills", "kill -9 of the build", killed_build),
    Fault("workers", "kill -9 of a worker", partial(killed_helper, program=WORKER)),
    Fault("ffmpeg", "kill -9 of an ffmpeg", partial(killed_helper, program=FFMPEG)),
    *(
        Fault("signals", f"{number.name} during a build", partial(stopped, number=number, name="build"))
        for number in CODES
    ),
    *(
        Fault("commands", f"{number.name} during `{name}`", partial(stopped, number=number, name=name))
        for number in CODES
        for name in COMMANDS
        if name != "build"
    ),
    *(Fault("storage", name, inflict) for name, inflict in STORAGE.items()),
)
