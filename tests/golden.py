"""Golden cases: one readable file a case, `input` above a line of dashes and what is expected below it.

    text that goes in
    ---
    text that must come out

`pytest --rewrite` writes what came out into the files; the diff is then read like any other change.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
DIVIDER = "\n---\n"


def golden_cases(room: str, pattern: str = "*.txt") -> list[Path]:
    """The case files of a room, for `pytest.mark.parametrize(..., ids=lambda path: path.stem)`."""
    cases = sorted((CASES / room).glob(pattern))
    assert cases, f"no golden cases in tests/cases/{room}"
    return cases


def check_golden(case: Path, produce: Callable[[str], str], config: pytest.Config) -> None:
    """Run `produce` on the case's input and compare; with --rewrite, write what came out instead."""
    given, _, expected = case.read_text(encoding="utf-8").partition(DIVIDER)
    got = produce(given).rstrip("\n") + "\n"
    if config.getoption("--rewrite"):
        case.write_text(f"{given}{DIVIDER}{got}", encoding="utf-8")
    else:
        assert got == expected
