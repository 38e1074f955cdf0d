"""The limits of a trial work, and no parser fails within seconds of hostile input."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.fuzz.parsers import MODULES

GUARD = """
import sys
from pathlib import Path
from tools.fuzz.trial import Trial

def run(data, folder):
    if data == b"raise": raise KeyError(data)
    if data == b"declared": raise ValueError(data)
    if data == b"inside": (folder / "x").write_bytes(data)
    if data == b"outside": (folder.parent / "audiobook-fuzz-outside").write_bytes(data)
    if data == b"memory": bytearray(150 << 20)
    while data == b"hang": pass

trial = Trial(run, (ValueError,), patience=0.5, memory=100 << 20)
found = [trial.of(case) for case in (b"raise", b"declared", b"inside", b"outside", b"memory", b"hang", b"fine")]
trial.close()
(trial.folder.parent / "audiobook-fuzz-outside").unlink()
print(*[one.kind if one else "-" for one in found])
"""


def test_a_trial_finds_errors_files_memory_and_hangs() -> None:
    done = subprocess.run([sys.executable, "-c", GUARD], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["KeyError", "-", "-", "file", "memory", "hang", "-"]


@pytest.mark.slow
@pytest.mark.parametrize("parser", sorted(MODULES))
def test_no_parser_fails_within_seconds_of_hostile_input(parser: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tools.fuzz", parser, "--minutes", "0.05", "--by-chance", "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
