"""The command line run in this process, as a person would."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from audiobook.cli import boundary, console


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def audiobook(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """Run a command; gives its exit code and what it said."""

    def run(*arguments: object) -> Said:
        monkeypatch.setattr("sys.argv", ["audiobook", *map(str, arguments)])
        monkeypatch.setattr(console, "SETTINGS", console.OutputSettings())
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            boundary.main()
        heard = capsys.readouterr()
        return Said(code=int(left.value.code or 0), out=heard.out, err=heard.err)

    return run
