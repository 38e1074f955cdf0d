"""Pronunciations for everybody, for one speaker, in sounds where an engine takes them, from a user's own file."""

from pathlib import Path

import pytest

from audiobook.casting.loading import find_fallback_files, find_shipped_voices_file, find_voices_file
from audiobook.engines.contract import split_ipa
from audiobook.model.cast import Pronunciation, resolve_pronunciations
from audiobook.normalization import spoken_form

EVERYBODYS = Pronunciation(written="Pwll", spoken="pull", ipa="pʊɬ")
OONAS = Pronunciation(written="pwll", spoken="poole", speakers=("Oona",))
SOUNDS_ONLY = Pronunciation(written="Quay", spoken="Quay", ipa="kiː")
ENTRIES = (EVERYBODYS, OONAS, SOUNDS_ONLY)


@pytest.mark.parametrize(
    ("speaker", "takes_ipa", "said"),
    [
        ("Bram", False, "pull by the Quay."),
        ("Bram", True, "⟦pʊɬ⟧ by the ⟦kiː⟧."),
        ("Oona", False, "poole by the Quay."),
        ("Oona", True, "poole by the ⟦kiː⟧."),
        (None, False, "pull by the Quay."),
    ],
)
def test_a_word_is_said_as_its_speaker_says_it_and_as_their_engine_takes_it(
    speaker: str | None, takes_ipa: bool, said: str
) -> None:
    own = resolve_pronunciations(ENTRIES, speaker, takes_ipa=takes_ipa)
    assert spoken_form("Pwll by the Quay.", pronunciations=own) == said


def test_sounds_are_found_in_a_text() -> None:
    assert split_ipa("By ⟦pʊɬ⟧, then ⟦kiː⟧") == [("By ", False), ("pʊɬ", True), (", then ", False), ("kiː", True)]
    assert split_ipa("⟦⟧ nothing ⟧⟦") == [(" nothing ⟧⟦", False)]


def test_a_users_own_file_lies_under_the_books_and_over_the_one_that_ships(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOBOOK_CONFIG", str(tmp_path / "settings"))
    book = tmp_path / "emma.txt"
    assert find_voices_file(book, None) == find_shipped_voices_file()
    users = tmp_path / "settings" / "voices.toml"
    users.parent.mkdir()
    users.write_text("", encoding="utf-8")
    assert find_voices_file(book, None) == users
    own = tmp_path / "emma.voices.toml"
    own.write_text("", encoding="utf-8")
    assert find_fallback_files(own) == (users, find_shipped_voices_file())
