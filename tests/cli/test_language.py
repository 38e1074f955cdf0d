"""The language of a book on the command line: found, told where it is not what the book says, and decided."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said

Audiobook = Callable[..., Said]

TEXT = """---
title: La pioggia
language: {stated}
---
# Capitolo 1

Piovve tutta la notte e non c'era nessuno per la strada. Il vecchio era alla finestra e aspettava suo figlio.

«Sei tu?» disse il vecchio. «Sono io», rispose il ragazzo, e non disse più nulla. Fuori era ancora notte.
"""


def written(folder: Path, stated: str) -> Path:
    path = folder / "pioggia.md"
    path.write_text(TEXT.format(stated=stated), encoding="utf-8")
    return path


@pytest.mark.parametrize("stated", ["en", "English", "eng"])
def test_a_book_that_states_another_language_than_its_text_is_read_as_its_text(
    audiobook: Audiobook, tmp_path: Path, stated: str
) -> None:
    said = audiobook("chapters", written(tmp_path, stated), "--json")
    assert json.loads(said.out)["language"] == "it"
    assert said.err.count("Italian") == 1
    assert "English" in said.err
    assert "--language en" in said.err


@pytest.mark.parametrize("stated", ["it-IT", "ita", "und", "x-none"])
def test_a_book_that_states_no_other_language_is_read_without_a_warning(
    audiobook: Audiobook, tmp_path: Path, stated: str
) -> None:
    said = audiobook("chapters", written(tmp_path, stated), "--json")
    assert json.loads(said.out)["language"] in {"it", "it-IT"}
    assert said.err == ""


@pytest.mark.parametrize("command", ["chapters", "script"])
def test_a_person_decides_the_language(audiobook: Audiobook, tmp_path: Path, command: str) -> None:
    said = audiobook(command, written(tmp_path, "en"), "--language", "Catalan", "--json")
    found = json.loads(said.out)
    assert (found.get("language") or found["book"]["language"]) == "ca"
    assert "Italian" not in said.err


def test_a_build_tells_the_conflict_once(audiobook: Audiobook, tmp_path: Path) -> None:
    said = audiobook("build", written(tmp_path, "en"), "--engine", "tone")
    assert said.code == 0
    assert said.err.count("its text is in Italian") == 1


def test_a_book_whose_language_no_voice_speaks_is_refused_before_anything_is_spoken(
    audiobook: Audiobook, tmp_path: Path
) -> None:
    said = audiobook("build", written(tmp_path, "it"), "--language", "yo")
    assert said.code == 2
    assert "no voice for Yoruba" in said.err
    assert not list(tmp_path.glob("*.mp3"))


def test_a_language_that_does_not_exist_is_a_usage_error(audiobook: Audiobook, tmp_path: Path) -> None:
    said = audiobook("cast", written(tmp_path, "it"), "--language", "Elvish")
    assert said.code == 2
    assert "Elvish" in said.err
