"""The timeline of a build: when each line and each sentence is heard, to the sample of the finished file."""

import shutil
import subprocess
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from audiobook import synthesis
from audiobook.errors import UsageError
from audiobook.mixing.resampling import resample
from audiobook.model.cue import Sound
from audiobook.model.request import BuildResult, Encoding
from audiobook.model.timeline import TIMELINES
from audiobook.pipeline.timeline import store
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import VERSION, Cache
from audiobook.services import load_script
from tests.pipeline.conftest import STORY

Build = Callable[..., BuildResult]
Samples = np.ndarray[Any, np.dtype[np.int16]]

_LOOK = 300  # samples

LONG = "\n\n".join(
    f"CHAPTER {number}\n\n"
    + "\n\n".join(
        f'"Is it far to the {mark}?" asked Oona.\n\nBram looked at the sky. He counted the {mark}s as they went '
        "by, and there were many. They went on and on. Nobody knew when the last of them would come, or why!"
        for mark in ("buoy", "lamp", "gull", "pier", "rope", "sail", "mast", "deck", "oar", "net")[: 13 - number]
    )
    for number in (3, 4, 5)
)


def decoded(file: Path, rate: int) -> Samples:
    """The samples that a player lets be heard."""
    command = [
        str(ffmpeg.find()),
        "-v",
        "error",
        "-i",
        str(file),
        "-f",
        "s16le",
        "-ac",
        "1",
        "-ar",
        str(rate),
        "pipe:1",
    ]
    return np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, dtype="<i2")


def samples_late(heard: Samples, take: Sound, rate: int, start: int) -> int:
    """By how many samples a take is heard later than `start`: where it is most like what is heard."""
    said = np.frombuffer(resample(take.pcm, take.sample_rate, rate), dtype="<i2")[: 3 * rate].astype(np.float64)
    around = heard[max(0, start - _LOOK) : start + len(said) + _LOOK].astype(np.float64)
    return int(np.argmax(np.correlate(around, said, "valid"))) - min(start, _LOOK)


@pytest.mark.parametrize(
    "encoding",
    [
        Encoding(),
        Encoding(sample_rate=44_100, bitrate=128),
        Encoding(sample_rate=16_000),
        Encoding(channels=2, bitrate=128),
    ],
    ids=["as the takes", "resampled up", "resampled down", "stereo"],
)
def test_every_take_is_heard_at_the_sample_that_the_timeline_says(
    built: Build, story: Path, encoding: Encoding
) -> None:
    story.write_text(LONG)
    result = built(encoding=encoding)
    assert [row.sounded.segments for row in result.report.ledger.rows] == [2, 2, 1]
    heard = decoded(result.files[0], encoding.sample_rate)
    timeline, cache = result.timeline(), Cache()
    assert (timeline.files[0].samples, timeline.sample_rate) == (len(heard), encoding.sample_rate)
    cues = [cue for line in timeline.lines() for cue in line.cues]
    late = [samples_late(heard, synthesis.load_sound(cache, cue.take), encoding.sample_rate, cue.start) for cue in cues]
    assert len(cues) > 70
    assert set(late) == {0}
    for this, that in pairwise(cues):
        silence = heard[this.end + 300 : that.start - 300]
        assert not len(silence) or np.abs(silence.astype(np.int32)).max() < 300


def test_each_file_of_a_chapter_has_its_own_time(built: Build, story: Path) -> None:
    story.write_text(LONG)
    result = built(per_chapter=True)
    timeline, cache = result.timeline(), Cache()
    assert [Path(file.file) for file in timeline.files] == list(result.files[:-1])
    for file in timeline.files:
        heard = decoded(Path(file.file), timeline.sample_rate)
        (chapter,) = file.chapters
        assert (chapter.start, chapter.end, file.samples) == (0, len(heard), len(heard))
        cue = chapter.lines[-1].cues[-1]
        assert samples_late(heard, synthesis.load_sound(cache, cue.take), timeline.sample_rate, cue.start) == 0


def test_chapters_of_the_timeline_are_the_marks_of_the_file(built: Build, story: Path) -> None:
    story.write_text(LONG)
    result = built()
    (file,) = result.timeline().files
    marks = [(mark.title, mark.start, mark.end) for mark in result.marks]
    assert [(chapter.title, chapter.start, chapter.end) for chapter in file.chapters] == marks


def test_every_spoken_line_is_there_once_with_the_text_of_the_book(built: Build, story: Path) -> None:
    result = built()
    lines = [line for line in load_script(story).lines() if line.text.strip()]
    assert [(line.place, line.text, line.speaker) for line in result.timeline().lines()] == [
        (line.place, line.text, line.speaker) for line in lines
    ]
    for line in result.timeline().lines():
        assert line.start < line.end
        said = "".join(line.text[one.text_start : one.text_end] for one in line.sentences)
        assert said.replace(" ", "") == "".join(line.text.split())


def test_sentences_follow_one_another_within_their_line(built: Build, story: Path) -> None:
    story.write_text(LONG)
    lines = [line for line in built().timeline().lines() if len(line.sentences) > 1]
    assert {len(line.sentences) for line in lines} == {4}
    for line in lines:
        times = [time for one in line.sentences for time in (one.start, one.end)]
        assert times == sorted(times)
        assert (times[0], times[-1]) == (line.start, line.end)
        assert [one.timing for one in line.sentences] == ["exact", "estimated", "estimated", "estimated"]


def test_the_default_engine_reports_where_its_sentences_begin(built: Build, story: Path) -> None:
    pytest.importorskip("pyttsx3")
    story.write_text("CHAPTER I\n\nThe boat lay still. Nobody spoke for a while! Then it rained, and all went below.\n")
    result = built(engine="pyttsx3")
    line = list(result.timeline().lines())[-1]
    assert [one.timing for one in line.sentences] == ["exact", "measured", "measured"]
    heard = np.abs(decoded(result.files[0], result.sample_rate).astype(np.int32))
    for this, that in pairwise(line.sentences):
        assert that.start - this.end > 0.1 * result.sample_rate  # a pause, in which nothing is heard
        assert heard[this.end + 400 : that.start - 400].max() < 300
        assert heard[that.start : that.start + 2_000].max() > 1_000


def test_a_rebuild_has_the_timeline_without_the_takes(built: Build, story: Path) -> None:
    story.write_text(LONG)
    first = built()
    cache, timeline = Cache(), first.timeline()
    shutil.rmtree(cache.root / VERSION / "takes")
    shutil.rmtree(cache.root / VERSION / "timelines")
    again = built()
    assert again.report.recorded == 0
    assert again.timeline() == timeline


def test_a_lost_take_is_marked(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace("The ferry rocked.", "The kraken rocked."))
    lines = list(built(engine=faulty, allow_gaps=True).timeline().lines())
    assert [line.text for line in lines if line.lost] == ["The kraken rocked."]


def test_the_timeline_is_written_as_json_that_reads_back(built: Build, story: Path, tmp_path: Path) -> None:
    story.write_text(LONG)
    target = tmp_path / "ferry.json"
    for options in ({}, {"per_chapter": True}):
        result = built(timeline=target, **options)
        assert TIMELINES.loads(target.read_bytes()) == result.timeline()


@pytest.mark.parametrize(("name", "said"), [("t.txt", "as JSON"), ("ferry.json", "overwrite")])
def test_a_timeline_that_cannot_be_written_is_refused_before_anything_is_spoken(
    built: Build, tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        built(timeline=tmp_path / name, ledger=tmp_path / "ferry.json")
    assert not (tmp_path / "ferry.mp3").exists()


def test_without_a_timeline_the_way_out_is_named(built: Build, tmp_path: Path) -> None:
    (file,) = built().files
    with pytest.raises(UsageError, match="no timeline") as caught:
        store.load_timeline([file.rename(tmp_path / "moved.mp3")], Cache())
    assert "audiobook build" in (caught.value.hint or "")
