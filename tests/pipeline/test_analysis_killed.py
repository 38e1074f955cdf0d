"""A large book is analysed in a process of its own, which the system may kill."""

import os
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Cover
from audiobook.model.reading import ReadingOptions
from audiobook.pipeline import analysis
from audiobook.runtime.cache import Cache
from audiobook.services import load_script

_drafted = analysis.write_draft


def killed_once(path: Path, workspace: str, options: ReadingOptions) -> tuple[str, Cover | None]:
    if not (mark := path.with_suffix(".killed")).exists():
        mark.touch()
        os.kill(os.getpid(), 9)
    return _drafted(path, workspace, options)


def killed_always(path: Path, workspace: str, options: ReadingOptions) -> tuple[str, Cover | None]:
    os.kill(os.getpid(), 9)
    return _drafted(path, workspace, options)


@pytest.fixture(autouse=True)
def _every_book_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_LARGE", 0)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_analysis_that_is_killed_is_begun_anew(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "write_draft", killed_once)
    assert len(load_script(story).chapters) == 2
    assert story.with_suffix(".killed").exists()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_one_that_is_killed_every_time_says_so(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "write_draft", killed_always)
    with pytest.raises(BookError, match="could not be analysed: the worker process ended with SIGKILL"):
        load_script(story)


@pytest.mark.parametrize("large", [0, 1 << 30])
def test_one_that_is_stopped_leaves_nothing_half_written(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    def stopped(_book: Path, workspace: str, *_: object) -> tuple[str, Cover | None]:
        Path(workspace, "half").write_text("a scri")
        raise KeyboardInterrupt

    monkeypatch.setattr(analysis, "_LARGE", large)
    monkeypatch.setattr(analysis, "analyze_in_process" if large == 0 else "write_draft", stopped)
    with pytest.raises(KeyboardInterrupt):
        load_script(story, cache=Cache(tmp_path / "cache-folder"))
    assert not list((tmp_path / "cache-folder" / "v2" / "drafts").iterdir())
