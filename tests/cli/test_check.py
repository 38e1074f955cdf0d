"""`audiobook check`, as a person and as a program sees it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook import services
from tests.cli.conftest import Said
from tests.pipeline.test_verify import Ears, ears_for
from tests.quality.test_meters import made

Audiobook = Callable[..., Said]

TALE = """CHAPTER I

The harbour lay quiet under the snow, and nobody in the long grey street had lit a lamp yet.

"Good evening," said Oona. "Is anybody there? I have come about the letters!"

CHAPTER II

"Nobody," said Mr. Quill, and shut the door with both hands. Then it was quiet again, as quiet as it had been before.
"""


def test_a_file_that_passes_says_so_and_one_that_fails_says_why(audiobook: Audiobook, tmp_path: Path) -> None:
    good = made(tmp_path / "good.mp3", (0, 0.75), (0.14, 8), (0, 2), form=("-b:a", "192k"))
    said = audiobook("check", good)
    assert said.code == 0
    assert "good.mp3: pass" in said.out
    bad = made(tmp_path / "bad.mp3", (0.02, 8), form=("-b:a", "192k"))
    said = audiobook("check", bad)
    assert said.code == 9
    assert "bad.mp3: FAIL" in said.out
    assert "and ACX asks for RMS -23 to -18 dB" in said.out


def test_a_folder_is_checked_file_by_file_and_read_by_a_machine(audiobook: Audiobook, tmp_path: Path) -> None:
    made(tmp_path / "1.wav", (0, 3))
    made(tmp_path / "2.wav", (0.1, 3))
    (tmp_path / "cover.txt").write_text("no sound")
    said = audiobook("check", tmp_path, "--json")
    assert said.code == 9
    first, second = json.loads(said.out)
    assert first["chapters"][0]["rms"] is None or first["chapters"][0]["rms"] < -90
    assert second["chapters"][0]["title"] == "2"
    assert {"rule": "44.1 kHz", "found": "44.1 kHz", "pass": True} in second["rules"]


@pytest.mark.engine
def test_what_is_built_for_a_publisher_passes(audiobook: Audiobook, tmp_path: Path) -> None:
    book = tmp_path / "tale.txt"
    book.write_text(TALE, encoding="utf-8")
    assert audiobook("build", book, "--preset", "acx").code == 0
    said = audiobook("check", tmp_path / "tale", "--json")
    assert [len(check["chapters"]) for check in json.loads(said.out)] == [1, 1]
    assert said.code == 0, said.out


def test_an_unknown_preset_is_told_the_known(audiobook: Audiobook, tmp_path: Path) -> None:
    book = tmp_path / "tale.txt"
    book.write_text(TALE, encoding="utf-8")
    said = audiobook("build", book, "--preset", "audible")
    assert said.code == 2
    assert "acx" in said.err


def test_a_folder_without_a_sound_is_a_usage_error(audiobook: Audiobook, tmp_path: Path) -> None:
    assert audiobook("check", tmp_path).code == 2


def test_to_listen_needs_a_recogniser_and_says_how_it_is_had(
    audiobook: Audiobook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    said = audiobook("check", made(tmp_path / "t.wav", (0.1, 1)), "--transcribe")
    assert said.code == 5
    assert "pip install 'fullcast[listen]'" in said.err


def test_what_is_for_listening_only_is_refused_without_it(audiobook: Audiobook, tmp_path: Path) -> None:
    said = audiobook("check", made(tmp_path / "t.wav", (0.1, 1)), "--redo")
    assert said.code == 2
    assert "--transcribe" in said.err


def test_a_folder_without_a_model_is_a_usage_error(audiobook: Audiobook, tmp_path: Path) -> None:
    pytest.importorskip("faster_whisper")
    said = audiobook("check", made(tmp_path / "t.wav", (0.1, 1)), "--transcribe", "--model", tmp_path)
    assert said.code == 2
    assert "model.bin" in said.err


def test_lines_that_are_not_as_written_are_listed_for_people_and_programs(
    audiobook: Audiobook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "tale.txt"
    book.write_text(TALE, encoding="utf-8")
    assert audiobook("build", book, "--engine", "tone").code == 0
    file = tmp_path / "tale.mp3"
    text = next(spot.text for spot in ears_for(file).spots if "it was quiet" in spot.text)
    heard = text.replace("and shut the door ", "")

    def whisper(_folder: Path | None) -> Callable[[str], Ears]:
        return ears_for(file, otherwise={text: heard}).open

    monkeypatch.setattr(services, "open_whisper", whisper)
    said = audiobook("check", file, "--transcribe")
    assert said.code == 9
    assert f"{file}: 1 line not as written" in said.out
    assert "missing: and shut the door" in said.out
    said = audiobook("check", file, "--transcribe", "--redo", "--json")
    assert said.code == 9
    (found,) = json.loads(said.out)
    (line,) = found["doubted"]
    assert (line["text"], line["place"], line["redone"]) == (text, "chapter 2, paragraph 2, line 2", "same")
    assert audiobook("check", file, "--transcribe").code == 9
