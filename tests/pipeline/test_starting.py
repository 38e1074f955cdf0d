"""What is started before a build is what the build then uses, and nothing of it stays."""

from pathlib import Path

import pytest

from audiobook.model.request import BuildRequest
from audiobook.pipeline import analysis, start_ahead
from audiobook.pipeline.scripts import load_script
from audiobook.runtime.cache import Cache
from audiobook.synthesis import worker_process

STORY = '"It is late," said Anna.\n\nThe lamp went out, and she laughed.\n\n'


def spare() -> int:
    return sum(map(len, worker_process._SPARE.values()))


@pytest.fixture
def build_request(tmp_path: Path) -> BuildRequest:
    (tmp_path / "book.txt").write_text(STORY * 5, encoding="utf-8")
    return BuildRequest(book=tmp_path / "book.txt", cache=tmp_path / "cache", jobs=2)


def test_a_book_that_is_analysed_starts_nothing(build_request: BuildRequest) -> None:
    load_script(build_request.book, cache=Cache(build_request.cache))
    with start_ahead.start_workers_early(build_request):
        assert spare() == 0


def test_a_short_book_that_is_not_gets_those_who_speak(build_request: BuildRequest) -> None:
    with start_ahead.start_workers_early(build_request):
        assert spare() == 2
    assert spare() == 0


def test_a_long_one_is_analysed_by_the_process_that_has_read_it(
    build_request: BuildRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_LARGE", 10)
    with start_ahead.start_workers_early(build_request):
        assert spare() == 3
        assert load_script(build_request.book, cache=Cache(build_request.cache)).characters
        assert spare() == 2


def test_a_book_that_is_not_there_is_the_builds_affair(tmp_path: Path) -> None:
    with start_ahead.start_workers_early(BuildRequest(book=tmp_path / "no.txt", cache=tmp_path / "cache")):
        assert spare() == 0


def test_nothing_stays_where_the_build_fails(build_request: BuildRequest) -> None:
    with pytest.raises(KeyboardInterrupt), start_ahead.start_workers_early(build_request):
        raise KeyboardInterrupt
    assert spare() == 0
