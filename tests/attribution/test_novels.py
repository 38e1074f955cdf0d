"""Least accuracy on annotated novels, from end to end, scored with the developers' own tool."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.script_json import script_to_json
from audiobook.readers import read_book

SMALL = ("DaisyMiller", "AlicesAdventuresInWonderland")
FLOORS = {"F1": 0.98, "voice": 0.83, "named": 0.83, "gender": 0.93}
FLOORS_OF_SMALL = {"F1": 0.95, "voice": 0.89, "named": 0.89, "gender": 0.87}


def figures(shared: Path, novels: tuple[str, ...], folder: Path) -> dict[str, float]:
    if not all(map(importlib.util.find_spec, ("numpy", "scipy"))):
        pytest.skip("the scorer needs numpy and scipy, which the tests do not install")
    pairs: list[str] = []
    for novel in novels:
        gold = shared / "data" / "pdnc" / novel
        script = folder / f"{novel}.json"
        script.write_text(
            json.dumps(script_to_json(write_script(read_book(gold / "novel_text.txt")))), encoding="utf-8"
        )
        pairs += [str(script), str(gold)]
    tool = shared / "tools" / "score_script.py"
    done = subprocess.run([sys.executable, str(tool), *pairs], capture_output=True, text=True, check=True)
    last = done.stdout.splitlines()[-1]
    return {name: float(value) for name, value in re.findall(r"(F1|voice|named|gender) (\d\.\d+)", last)}


def assert_floors(found: dict[str, float], floors: dict[str, float]) -> None:
    assert {name: value for name, value in found.items() if value < floors[name]} == {}


@pytest.mark.slow
def test_twenty_novels_reach_the_accuracy_measured_before(shared: Path, tmp_path: Path) -> None:
    novels = tuple(sorted(folder.name for folder in (shared / "data" / "pdnc").iterdir()))
    assert_floors(figures(shared, novels, tmp_path), FLOORS)


def test_two_short_novels_reach_the_accuracy_measured_before(shared: Path, tmp_path: Path) -> None:
    assert_floors(figures(shared, SMALL, tmp_path), FLOORS_OF_SMALL)
