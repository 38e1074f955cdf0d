"""What `audiobook doctor` says about the ffmpeg in use."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError
from audiobook.model.request import BuildRequest, Preset, find_preset
from audiobook.runtime import ffmpeg
from audiobook.services import build, doctor, examine

PROLOGUE = "# Prologue\n\nIt was a short night, and it did not last.\n"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    ffmpeg.find.cache_clear()
    yield monkeypatch
    ffmpeg.find.cache_clear()


def finding() -> doctor.Finding:
    (found,) = (finding for finding in examine() if finding.what == "encoder ffmpeg")
    return found


def test_the_ffmpeg_in_use_is_named_and_a_file_is_read_back_with_it() -> None:
    found = finding()
    assert found.ok
    assert str(ffmpeg.find()) in found.found
    assert ffmpeg.version() in found.found
    assert "read it back" in found.found


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_an_ffmpeg_that_reads_a_file_differently_is_reported(tmp_path: Path, fresh: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(
        f'#!/bin/sh\n"{ffmpeg.wheels_own()}" "$@" 2>"$0.said"; code=$?\n'
        'sed "s/Duration: 00:00:0/Duration: 00:00:1/" "$0.said" >&2; exit $code\n'
    )
    program.chmod(0o755)
    fresh.setenv(ffmpeg.VARIABLE, str(program))
    found = finding()
    assert not found.ok
    assert str(program) in found.found
    assert "the header lasts" in found.found
    assert ffmpeg.VARIABLE in found.fix


def test_a_variable_that_names_nothing_is_reported(tmp_path: Path, fresh: pytest.MonkeyPatch) -> None:
    fresh.setenv(ffmpeg.VARIABLE, str(tmp_path / "none"))
    found = finding()
    assert not found.ok
    assert str(tmp_path / "none") in found.found
    assert "unset it" in found.fix


def test_wrong_levels_are_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from audiobook.mixing import Level

    monkeypatch.setattr(
        "audiobook.mixing.measure_levels", lambda sounds: {"trial": Level(loudness=-120.0, peak=-120.0)}
    )
    with pytest.raises(DeliveryError, match=r"voice level as -120\.0 dB"):
        doctor.try_ffmpeg(tmp_path)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="there is no ffmpeg on the PATH")
@pytest.mark.parametrize("preset", [Preset(), find_preset("acx")], ids=["default", "acx"])
def test_the_systems_ffmpeg_builds_a_short_prologue(preset: Preset, tmp_path: Path, fresh: pytest.MonkeyPatch) -> None:
    system = shutil.which("ffmpeg") or ""
    if not ffmpeg.can_write_mp3(system):
        pytest.skip("the ffmpeg on the PATH cannot write MP3")
    fresh.setenv(ffmpeg.VARIABLE, system)
    doctor.try_ffmpeg(tmp_path)
    (tmp_path / "prologue.md").write_text(PROLOGUE, encoding="utf-8")
    request = BuildRequest(
        book=tmp_path / "prologue.md",
        engine="tone",
        encoding=preset.encoding,
        mastering=preset.mastering,
        per_chapter=preset.per_chapter,
    )
    result = build(request)
    assert result.seconds < 10
    assert result.report.exit_code == 0
