"""The timeline of a finished file: every line and sentence is heard when it says."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audiobook import synthesis
from audiobook.errors import UsageError
from audiobook.model.cue import Sound
from audiobook.model.request import BuildRequest, BuildResult, Encoding
from audiobook.model.timeline import TIMELINES, Timeline
from audiobook.pipeline.segment_encoder import _format_clips, _parse_clips, _Spoken
from audiobook.pipeline.sentences import Break, find_breaks, sentence_starts
from audiobook.pipeline.timelines import timeline_of
from audiobook.runtime import ffmpeg
from audiobook.runtime.cache import Cache
from audiobook.services import build
from tests.sounds import silence, tone

REACH = 400  # samples around the place where an utterance is looked for
LONG = "\n\n".join(f'"Number {n} is here," said Oona. He nodded. "So is number {n + 1}," said Bram.' for n in range(60))


def decoded(file: Path, rate: int) -> "np.ndarray[tuple[int], np.dtype[np.int16]]":
    """What a player that knows the encoder's delay puts out."""
    pcm, _ = ffmpeg.run(["-i", file, "-f", "s16le", "-ac", "1", "-ar", str(rate), "pipe:1"])
    return np.frombuffer(pcm, dtype="<i2")


def timeline(result: BuildResult, cache: Path, number: int = 0) -> Timeline:
    found = timeline_of(result.files[number], Cache(cache))
    assert found is not None
    return found


def offset(heard: "np.ndarray[tuple[int], np.dtype[np.int16]]", take: Sound, start: int) -> int:
    """By how many samples a take is heard later than at `start`."""
    wanted = np.frombuffer(take.pcm, dtype="<i2").astype(float)
    padded = np.pad(heard.astype(float), REACH)[start : start + len(wanted) + 2 * REACH]
    padded = np.pad(padded, (0, len(wanted) + 2 * REACH - len(padded)))
    return int(np.argmax(np.correlate(padded, wanted, "valid"))) - REACH


@pytest.fixture
def request_of(tmp_path: Path) -> BuildRequest:
    book = tmp_path / "long.txt"
    book.write_text(f"Long\n\nCHAPTER I\n\n{LONG}\n\nCHAPTER II\n\n{LONG}\n", encoding="utf-8")
    return BuildRequest(book=book, engine="tone", jobs=2, cache=tmp_path / "cache")


def check_every_utterance(request: BuildRequest, result: BuildResult) -> int:
    cache = Cache(request.cache)
    count = 0
    for number in range(2 if request.per_chapter else 1):
        found = timeline(result, cache.root, number)
        heard = decoded(result.files[number], found.sample_rate)
        assert abs(found.chapters[-1].end - len(heard)) <= 1
        for chapter in found.chapters:
            for line in chapter.lines:
                for one in line.utterances:
                    assert offset(heard, synthesis.sound_of(cache, one.take), one.start) == 0, line
                    count += 1
    return count


def test_every_utterance_is_heard_at_the_sample_that_the_timeline_says(request_of: BuildRequest) -> None:
    result = build(request_of)
    assert result.report.encoded > 4, "the test wants several segments"
    assert check_every_utterance(request_of, result) > 400


def test_a_rebuild_from_cached_segments_has_the_same_timeline(request_of: BuildRequest, tmp_path: Path) -> None:
    first = timeline(build(request_of), tmp_path / "cache")
    again = build(replace(request_of, output=tmp_path / "again.mp3"))
    assert again.report.encoded == 0
    assert replace(timeline(again, tmp_path / "cache"), file=first.file) == first


def test_each_file_of_chapters_has_its_own_timeline_from_zero(request_of: BuildRequest) -> None:
    request = replace(request_of, per_chapter=True, output=request_of.book.parent / "chapters")
    result = build(request)
    assert check_every_utterance(request, result) > 400


def test_the_chapters_of_a_timeline_are_the_marks_of_the_file(request_of: BuildRequest, tmp_path: Path) -> None:
    result = build(request_of)
    found = timeline(result, tmp_path / "cache")
    assert [(c.title, c.start, c.end) for c in found.chapters] == [(m.title, m.start, m.end) for m in result.marks]


def test_a_take_of_another_sample_rate_is_heard_where_the_timeline_says(request_of: BuildRequest) -> None:
    request = replace(request_of, encoding=Encoding(rate=44_100, bitrate=128), chapters="1")
    result = build(request)
    found = timeline(result, request_of.cache or Path())
    heard = decoded(result.files[0], 44_100)
    for line in found.chapters[0].lines[:20]:
        quiet = np.abs(heard[line.start - 200 : line.start - 60]).max()
        assert quiet < np.abs(heard[line.start : line.start + 2000]).max() / 8


def test_sentences_follow_each_other_from_the_line_s_start_to_its_end(request_of: BuildRequest, tmp_path: Path) -> None:
    for chapter in timeline(build(request_of), tmp_path / "cache").chapters:
        for line in chapter.lines:
            assert line.sentences[0].start == line.start
            assert line.sentences[-1].end == line.end
            assert "".join(line.text[one.start_char : one.end_char] for one in line.sentences) == line.text
            for one, after in pairwise(line.sentences):
                assert one.end == after.start


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. We left.", ["It rained. ", "We left."]),
        ("Mr. Fenn came. Dr. Grey left.", ["Mr. Fenn came. ", "Dr. Grey left."]),
        ("“Why?” “Because!” he said.", ["“Why?” ", "“Because!” he said."]),
        ("J. R. Fenn wrote it…", ["J. R. Fenn wrote it…"]),
        ("", [""]),
    ],
)
def test_a_sentence_ends_at_a_mark_before_a_capital_but_not_after_an_abbreviation(
    text: str, sentences: list[str]
) -> None:
    starts = [*sentence_starts(text), len(text)]
    assert [text[a:b] for a, b in pairwise(starts)] == sentences


def test_a_second_sentence_is_found_at_the_end_of_the_pause_before_it() -> None:
    sound = Sound(pcm=tone(1.0).pcm + silence(0.3) + tone(0.8).pcm, rate=22050)
    (found,) = find_breaks(sound, "It rained all day. We went home.")
    assert found.measured
    assert abs(found.at - round(1.3 * 22050)) <= 221


def test_without_a_pause_a_sentence_begins_at_its_share_and_says_that_it_is_estimated() -> None:
    (found,) = find_breaks(tone(2.0), "It rained. We left.")
    assert not found.measured
    assert 0.8 < found.at / 22050 < 1.4


def test_the_facts_of_clips_are_read_as_they_were_written_and_nothing_else_is() -> None:
    spoken = (_Spoken(100, ()), _Spoken(200, (Break(50, measured=True), Break(70, measured=False))))
    assert _parse_clips(_format_clips(spoken), 2) == spoken
    for text in (None, 7, "", "100", "100,", "100,200:x", "-1,2", "1,2,3"):
        assert _parse_clips(text, 2) is None


def test_a_file_that_was_changed_has_no_timeline(request_of: BuildRequest, tmp_path: Path) -> None:
    (file,) = build(request_of).files
    file.write_bytes(file.read_bytes() + b"x")
    assert timeline_of(file, Cache(tmp_path / "cache")) is None


def test_a_timeline_that_was_asked_for_is_written_as_json(request_of: BuildRequest, tmp_path: Path) -> None:
    target = tmp_path / "times.json"
    result = build(replace(request_of, timeline=target))
    data = json.loads(target.read_text(encoding="utf-8"))
    assert (data["format"], data["version"]) == ("audiobook-timelines", 1)
    (own,) = data["files"]
    assert own["file"] == result.files[0].name
    line = own["chapters"][0]["lines"][1]
    assert line["text"] == '"Number 0 is here," '
    assert line["sentences"][0]["start"] == line["start"]


def test_a_timeline_never_replaces_the_book(request_of: BuildRequest) -> None:
    with pytest.raises(UsageError, match="overwrite"):
        build(replace(request_of, timeline=request_of.book))


def test_a_timeline_is_the_same_after_json(request_of: BuildRequest, tmp_path: Path) -> None:
    found = timeline(build(request_of), tmp_path / "cache")
    assert TIMELINES.loads(TIMELINES.dumps(found)) == found
