"""What the command line says of a book's words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook import readers
from tests.cli.conftest import Said

Audiobook = Callable[..., Said]
BOOK = "The Ferry\n\nby Ann Lee\n\nCHAPTER I\n\nThe ferry rocked.\n\nIt rained.\n\nCHAPTER II\n\nThey slept.\n"


@pytest.fixture
def ferry(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_text(BOOK, encoding="utf-8")
    return path


def test_a_build_says_what_became_of_the_words_and_writes_it_down(audiobook: Audiobook, ferry: Path) -> None:
    ledger = ferry.with_suffix(".ledger.txt")
    said = audiobook("build", ferry, "--engine", "tone", "--ledger", ledger)
    assert said.code == 0
    assert "16 words: 11 spoken, 5 skipped (title page 5).\n" in said.err
    assert "      5  title page; line 1: The Ferry by Ann Lee" in ledger.read_text(encoding="utf-8")
    told = json.loads(audiobook("build", ferry, "--engine", "tone", "--json").out)
    assert told["words"] == {"source": 16, "spoken": 11, "skipped": {"title page": 5}, "lost": 0}
    assert told["unaccounted"] == []


def test_an_unaccounted_word_is_reported_even_with_quiet(
    audiobook: Audiobook, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = readers.read_book
    ferry.write_text(BOOK.replace("It rained.", "It rained.\n\nIt poured."), encoding="utf-8")
    other = ferry.with_name("other.txt")
    other.write_text(BOOK, encoding="utf-8")
    monkeypatch.setattr(readers, "read_book", lambda _path, _options: whole(other))
    said = audiobook("build", ferry, "--engine", "tone", "--quiet")
    assert said.code == 7
    assert said.out == f"{ferry.with_suffix('.mp3')}\n"  # it is delivered all the same
    assert "warning: the ledger does not balance, which is a bug in audiobook: " in said.err


def test_a_ledger_has_a_place_of_its_own(audiobook: Audiobook, ferry: Path) -> None:
    said = audiobook("build", ferry, "--engine", "tone", "--ledger", ferry)
    assert (said.code, ferry.read_text(encoding="utf-8")) == (2, BOOK)
