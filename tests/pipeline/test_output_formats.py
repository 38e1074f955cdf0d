"""A build into every format: the same lines, segments of its own, and a ledger that adds up."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.request import PRESETS, BuildResult, Encoding
from audiobook.pipeline.plans import request_for
from audiobook.quality.sound_stream import read_header
from audiobook.writers import Writer, writer_for
from audiobook.writers.formats import WRITERS

Build = Callable[..., BuildResult]

ALL = [writer_for(name) for name in WRITERS]
every_writer = pytest.mark.parametrize("writer", ALL, ids=lambda writer: writer.name)


@every_writer
def test_the_suffix_chooses_the_format_and_the_ledger_adds_up(built: Build, tmp_path: Path, writer: Writer) -> None:
    result = built(output=tmp_path / f"x{writer.suffix}")
    found = read_header(result.files[0])
    assert [span.title for span in found.spans] == ["CHAPTER I", "CHAPTER II"]
    assert found.seconds == pytest.approx(result.seconds, abs=0.06)
    assert result.report.ledger.balanced
    assert result.report.ledger.faults == ()


@every_writer
def test_a_format_has_a_folder_of_chapters_too(built: Build, tmp_path: Path, writer: Writer) -> None:
    encoding = Encoding(format=writer.name)
    result = built(output=tmp_path / "folder", per_chapter=True, encoding=encoding)
    assert [file.suffix for file in result.files] == [writer.suffix, writer.suffix, ".m3u8"]
    assert result.report.ledger.faults == ()


@every_writer
def test_a_format_without_a_named_file_goes_beside_the_book(built: Build, story: Path, writer: Writer) -> None:
    assert built(encoding=Encoding(format=writer.name)).files == (story.with_suffix(writer.suffix),)


def test_another_format_speaks_nothing_again_and_keeps_the_segments_of_the_first(built: Build, tmp_path: Path) -> None:
    for writer in ALL:
        first = built(output=tmp_path / f"x{writer.suffix}")
        assert bool(first.report.recorded) == (writer is ALL[0])
        assert first.report.encoded > 0
    for writer in ALL:
        before = (tmp_path / f"x{writer.suffix}").read_bytes()
        (tmp_path / f"x{writer.suffix}").unlink()
        again = built(output=tmp_path / f"x{writer.suffix}")
        assert (again.report.recorded, again.report.encoded) == (0, 0)
        assert (tmp_path / f"x{writer.suffix}").read_bytes() == before


def test_the_formats_last_equally_long_but_for_the_frames_of_mp3(built: Build, tmp_path: Path) -> None:
    ends = {writer.name: built(output=tmp_path / f"x{writer.suffix}").marks[-1].end for writer in ALL}
    assert ends["wav"] == ends["flac"]
    assert ends["mp3"] == pytest.approx(ends["wav"], abs=2 * 1_152)


@every_writer
def test_how_a_file_was_built_is_known_from_it_alone(built: Build, story: Path, tmp_path: Path, writer: Writer) -> None:
    made = built(encoding=Encoding(format=writer.name))
    found = request_for(made.files[0], cache=tmp_path / "another cache")
    assert (found.book, found.encoding.format, found.output) == (story, writer.name, made.files[0])


def test_more_chapters_than_the_format_lists_are_refused_before_anything_is_spoken(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audiobook.writers.flac.writer.WRITER", replace(writer_for("flac"), most_chapters=1))
    with pytest.raises(UsageError, match="can list 1 chapters, and there are 2") as caught:
        built(output=tmp_path / "x.flac")
    assert "--per-chapter" in str(caught.value.hint)
    assert built(output=tmp_path / "folder", per_chapter=True, encoding=Encoding(format="flac")).report.recorded > 0


def test_a_preset_for_publishers_is_mp3() -> None:
    assert {name: preset.encoding.format for name, preset in PRESETS.items()} == {"acx": "mp3"}


def test_a_disk_that_is_far_too_small_is_noticed_before_anything_is_spoken(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(tmp_path)._replace(free=1_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    with pytest.raises(DeliveryError, match="no space left") as caught:
        built(output=tmp_path / "x.wav")
    assert "make room" in str(caught.value.hint)
    assert not list(tmp_path.glob("cache/v2/segments/*/*"))
    assert built(output=tmp_path / "x.flac").report.gaps == ()
