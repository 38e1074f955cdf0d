"""`--debug` shows where an error was raised, also where that was in another process."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Cover
from audiobook.pipeline import analysis as analysing
from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY


def crash(_book: Path, _workspace: str, _options: object) -> tuple[str, Cover | None]:
    return dict[str, tuple[str, Cover | None]]()["a key that nobody noted"]


def refuse(book: Path, _workspace: str, _options: object) -> tuple[str, Cover | None]:
    raise BookError("the pages stick together", where=str(book), hint="steam them")


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book that is analysed in a process of its own."""
    monkeypatch.setattr(analysing, "_LARGE", 0)
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.mark.parametrize(
    ("analysis", "code", "raised", "told"),
    [
        (crash, 1, 'return dict[str, tuple[str, Cover | None]]()["a key that nobody noted"]', "error: KeyError"),
        (refuse, 3, 'raise BookError("the pages stick together"', "error: "),
    ],
)
def test_debug_shows_the_line_that_failed_in_the_analysis_process(
    audiobook: Callable[..., Said],
    story: Path,
    monkeypatch: pytest.MonkeyPatch,
    analysis: Callable[..., object],
    code: int,
    raised: str,
    told: str,
) -> None:
    monkeypatch.setattr(analysing, "write_draft", analysis)
    said = audiobook("--debug", "script", story)
    assert said.code == code
    assert raised in said.err
    plain = audiobook("script", story)
    assert plain.code == code
    assert told in plain.err
    assert "Traceback" not in plain.err
