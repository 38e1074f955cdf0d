"""A build from the order to the edition, with real ffmpeg and an engine of beeps."""

import json
import os
import shutil
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen.id3
import mutagen.mp3
import pytest

from audiobook.errors import BookError, DeliveryError, EngineError, UsageError, VoicesError
from audiobook.model.book import Cover
from audiobook.model.reading import ReadingOptions
from audiobook.model.request import BuildRequest, BuildResult, Tags
from audiobook.model.script import Place
from audiobook.model.script_json import script_to_json
from audiobook.pipeline import analysis
from audiobook.pipeline.synthesize_and_encode import SPEAKING
from audiobook.services import build, cast_book, contents, load_script
from audiobook.writers.formats import AUDIOBOOKS
from tests.pipeline.conftest import STORY

Build = Callable[..., BuildResult]


def test_a_book_becomes_one_mp3_beside_it_with_its_chapters(built: Build, story: Path) -> None:
    result = built()
    assert result.files == (story.with_suffix(".mp3"),)
    tags = mutagen.id3.ID3(result.files[0])
    chapters = sorted(tags.getall("CHAP"), key=lambda c: c.start_time)
    assert [str(c.sub_frames["TIT2"]) for c in chapters] == ["CHAPTER I", "CHAPTER II"]
    assert chapters[0].start_time == 0
    assert chapters[0].end_time == chapters[1].start_time
    info: Any = mutagen.mp3.MP3(result.files[0]).info
    assert chapters[1].end_time / 1000 == pytest.approx(info.length, rel=0.001, abs=0.06)
    assert str(tags["TIT2"]) == "The Ferry"
    assert str(tags["TPE1"]) == "The Audiobook Developers"
    assert str(tags["TCON"]) == "Audiobook"


def test_a_rebuild_with_nothing_changed_makes_nothing_and_gives_the_same_file(built: Build) -> None:
    first = built()
    before = first.files[0].read_bytes()
    again = built()
    assert first.report.recorded > 0
    assert (again.report.recorded, again.report.encoded) == (0, 0)
    assert again.report.reused == first.report.recorded + first.report.reused
    assert again.files[0].read_bytes() == before


def test_one_changed_voice_re_makes_its_lines_and_the_chapters_that_have_it(built: Build, story: Path) -> None:
    built()
    story.with_suffix(".voices.toml").write_text('[speakers."Bram"]\npitch = 70\n', encoding="utf-8")
    again = built()
    assert again.report.recorded == 2  # his two lines
    assert again.report.encoded == 1  # chapter I; chapter II has no line of his
    assert again.report.kept == 1


def test_a_line_given_to_another_by_hand_is_all_that_is_re_made(built: Build, story: Path, tmp_path: Path) -> None:
    built()
    script = script_to_json(load_script(story))
    line = next(line for line in script["chapters"][1]["lines"] if "Land!" in line["text"])
    assert line["speaker"] == "Oona"
    line["speaker"] = "Bram"
    edited = tmp_path / "ferry.script.json"
    edited.write_text(json.dumps(script), encoding="utf-8")
    again = built(book=edited)
    assert again.files == (tmp_path / "ferry.mp3",)
    assert again.report.recorded == 1
    assert again.report.encoded == 1


def test_a_part_of_the_book_is_built_with_the_voices_of_the_whole(built: Build, tmp_path: Path) -> None:
    built()
    part = built(chapters="2", output=tmp_path / "part.mp3")
    assert [mark.title for mark in part.marks] == ["CHAPTER II"]
    assert part.report.recorded == 0


def test_each_chapter_becomes_a_file_and_a_playlist_lists_them(built: Build, story: Path) -> None:
    result = built(per_chapter=True)
    assert [f.name for f in result.files] == ["01 - CHAPTER I.mp3", "02 - CHAPTER II.mp3", "The Ferry.m3u8"]
    assert {f.parent for f in result.files} == {story.with_suffix("")}


def test_every_tag_can_be_overridden(built: Build) -> None:
    wanted = Tags(
        title='A = B; "C" # \\ D',
        author="An Author",
        narrator="A Voice",
        genre="Story",
        language="de",
        comment="No",
        year="1999",
    )
    tags = mutagen.id3.ID3(built(tags=wanted).files[0])
    shown = {name: str(tags[name]) for name in ("TIT2", "TPE1", "TCOM", "TCON", "TLAN", "TDRC")}
    assert shown == {
        "TIT2": 'A = B; "C" # \\ D',
        "TPE1": "An Author",
        "TCOM": "A Voice",
        "TCON": "Story",
        "TLAN": "deu",
        "TDRC": "1999",
    }
    assert [str(c) for c in tags.getall("COMM")] == ["No"]


def test_an_engine_that_fails_delivers_nothing_and_names_the_place(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace("Land!", "Kraken!"), encoding="utf-8")
    with pytest.raises(EngineError, match=r"chapter 2, paragraph 2, line 1: the voice broke: 'Kraken!'"):
        built(engine=faulty)
    assert not story.with_suffix(".mp3").exists()


def test_an_engine_that_fails_in_a_worker_shows_where_in_its_own_code(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace("Land!", "Kraken!"), encoding="utf-8")
    with pytest.raises(EngineError) as caught:
        built(engine=faulty)
    assert 'raise EngineError("the voice broke")' in "".join(traceback.format_exception(caught.value))


def test_a_book_without_a_word_is_refused_in_one_sentence(built: Build, story: Path) -> None:
    story.write_text('"..." "..."\n\n"!"\n', encoding="utf-8")
    with pytest.raises(BookError, match="no speakable text") as caught:
        built()
    assert caught.value.hint
    assert not story.with_suffix(".mp3").exists()


def test_the_lines_around_a_failure_are_kept_for_the_next_build(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace("Land!", "Kraken!"), encoding="utf-8")
    with pytest.raises(EngineError):
        built(engine=faulty)
    story.write_text(STORY, encoding="utf-8")
    assert built(engine=faulty).report.recorded == 1


def test_gaps_are_delivered_only_when_allowed_and_then_said(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace("Land!", "Kraken!"), encoding="utf-8")
    result = built(engine=faulty, allow_gaps=True)
    assert result.report.exit_code == 7
    assert [gap.text for gap in result.report.gaps] == ["Kraken!"]
    whole = story.read_text(encoding="utf-8").replace("Kraken!", "Land!")
    story.write_text(whole, encoding="utf-8")
    assert built(engine=faulty).report.exit_code == 0


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        ({"book": Path("nowhere.txt")}, BookError),
        ({"voices": Path("nowhere.toml")}, VoicesError),
        ({"engine": "pytsx3"}, VoicesError),
        ({"chapters": "3"}, UsageError),
        ({"chapters": "two"}, UsageError),
        ({"chapters": "2-1"}, UsageError),
        ({"tags": Tags(cover=Path("nowhere.png"))}, UsageError),
    ],
)
def test_what_cannot_be_built_is_said_before_anything_is_spoken(
    built: Build, story: Path, wanted: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        built(**wanted)
    assert not story.with_suffix(".mp3").exists()
    assert not list(story.parent.glob("cache/v2/takes/*/*"))


def test_an_output_that_is_a_folder_is_refused_at_once(built: Build, tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="folder"):
        built(output=tmp_path)


@pytest.mark.parametrize("name", ["x.m4r", "x.ogg", "x.AAC", "x.mp3.part"])
def test_a_suffix_that_cannot_be_written_is_refused_before_anything_is_spoken(
    built: Build, tmp_path: Path, name: str
) -> None:
    with pytest.raises(UsageError, match="cannot be written") as caught:
        built(output=tmp_path / name)
    assert caught.value.hint == f"name a file that ends in {' or '.join(AUDIOBOOKS)}"
    assert not (tmp_path / name).exists()
    assert not (tmp_path / "cache").exists()


def test_the_suffix_of_the_output_is_known_in_any_case(built: Build, tmp_path: Path) -> None:
    assert built(output=tmp_path / "x.MP3").files == (tmp_path / "x.MP3",)
    info: Any = mutagen.mp3.MP3(tmp_path / "x.MP3").info
    assert info.length > 1


def test_an_output_without_a_suffix_gets_that_of_the_default_format(built: Build, tmp_path: Path) -> None:
    assert built(output=tmp_path / "emma").files == (tmp_path / "emma.mp3",)
    assert not (tmp_path / "emma").exists()


def test_a_folder_of_chapters_may_have_any_name(built: Build, tmp_path: Path) -> None:
    folder = tmp_path / "Vol. 2"
    assert {file.parent for file in built(output=folder, per_chapter=True).files} == {folder}


def test_the_book_is_never_overwritten_by_its_audiobook(built: Build, story: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.mp3"
    link.symlink_to(story)
    for target in (story, link):
        with pytest.raises(UsageError, match="overwrite"):
            built(output=target)
    bare = story.rename(tmp_path / "ferry")  # its folder of chapters would be named like it
    with pytest.raises(UsageError, match="overwrite"):
        built(book=bare, per_chapter=True)
    assert bare.read_text(encoding="utf-8") == STORY


def test_links_that_lead_in_a_circle_are_said_to(built: Build, tmp_path: Path) -> None:
    (tmp_path / "x.mp3").symlink_to("x.mp3")
    with pytest.raises(DeliveryError, match="in a circle"):
        built(output=tmp_path / "x.mp3")


def test_takes_that_were_damaged_are_spoken_again_and_never_heard(built: Build, story: Path, tmp_path: Path) -> None:
    first = built()
    whole = first.files[0].read_bytes()
    for take in (tmp_path / "cache" / "v2" / "takes").glob("*/*"):
        sound = take.read_bytes()
        take.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    shutil.rmtree(tmp_path / "cache" / "v2" / "segments")
    story.with_suffix(".mp3").unlink()
    again = built()
    assert again.report.recorded == first.report.recorded
    assert again.files[0].read_bytes() == whole


def test_a_encoded_segment_that_was_damaged_is_encoded_again(built: Build, story: Path, tmp_path: Path) -> None:
    whole = built().files[0].read_bytes()
    damaged = next((tmp_path / "cache" / "v2" / "segments").glob("*/*"))
    sound = damaged.read_bytes()
    damaged.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    story.with_suffix(".mp3").unlink()
    again = built()
    assert (again.report.recorded, again.report.encoded) == (0, 1)
    assert again.files[0].read_bytes() == whole


def test_any_number_of_damaged_encoded_segments_are_encoded_again(built: Build, story: Path, tmp_path: Path) -> None:
    story.write_text("".join(f"CHAPTER {number}\n\nThe ferry rocked {number} times.\n\n" for number in range(2, 9)))
    whole = built().files[0].read_bytes()
    encoded_segments = list((tmp_path / "cache" / "v2" / "segments").glob("*/*"))
    for path in encoded_segments[1:]:
        sound = path.read_bytes()
        path.write_bytes(sound[:-1] + bytes([sound[-1] ^ 1]))
    story.with_suffix(".mp3").unlink()
    again = built()
    assert again.files[0].read_bytes() == whole
    assert (again.report.encoded, again.report.kept) == (6, 1)
    assert len(encoded_segments) == 7


def test_what_cannot_be_noted_is_delivered_all_the_same(built: Build, tmp_path: Path) -> None:
    (tmp_path / "cache" / "v2").mkdir(parents=True)
    (tmp_path / "cache" / "v2" / "results").write_text("in the way", encoding="utf-8")
    assert built().files[0].is_file()


def test_a_book_rewritten_while_it_is_read_is_built_as_it_is_in_the_end(
    built: Build, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyze = analysis.analyze

    def rewriting(path: Path, options: ReadingOptions) -> tuple[bytes, Cover | None]:
        found = analyze(path, options)
        story.write_text(STORY.replace("Land!", "Fire!"), encoding="utf-8")
        return found

    monkeypatch.setattr(analysis, "analyze", rewriting)
    built()
    monkeypatch.undo()
    monkeypatch.setenv("AUDIOBOOK_CACHE", str(tmp_path / "cache"))
    assert built().report.recorded == 0
    story.write_text(STORY, encoding="utf-8")
    assert built().report.recorded == 1  # the first version was never kept under the second one's name


class Meanwhile:
    """Progress during which something else happens, once all is being spoken."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self.happens = happens

    def stage(self, name: str, total: float | None = None) -> None:
        if name == SPEAKING and total:
            self.happens()

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None: ...

    def note(self, message: str) -> None: ...


def test_a_cover_changed_during_the_build_is_the_one_it_began_with(story: Path, tmp_path: Path) -> None:
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"\xff\xd8\xff the first")
    request = BuildRequest(book=story, engine="tone", jobs=1, tags=Tags(cover=cover))
    result = build(request, progress=Meanwhile(lambda: cover.write_bytes(b"\xff\xd8\xff the second")))
    assert mutagen.id3.ID3(result.files[0]).getall("APIC")[0].data == b"\xff\xd8\xff the first"


def test_a_device_is_no_place_for_an_audiobook(built: Build, tmp_path: Path) -> None:
    os.mkfifo(pipe := tmp_path / "pipe")
    with pytest.raises(DeliveryError, match="device"):
        built(output=pipe)


@pytest.mark.parametrize("name", ["n" * 250 + ".txt", os.fsdecode(b"caf\xe9.txt")], ids=["longest", "not UTF-8"])
def test_any_name_that_a_file_can_have_is_a_books_name(built: Build, story: Path, name: str) -> None:
    book = story.rename(story.with_name(name))
    assert built(book=book).files == (book.with_suffix(".mp3"),)


def test_names_that_no_file_can_have_are_said_to_be_wrong(built: Build, tmp_path: Path) -> None:
    with pytest.raises(BookError, match="too long"):
        built(book=tmp_path / ("n" * 300), output=tmp_path / "n.mp3")
    with pytest.raises(DeliveryError, match="too long"):
        built(output=tmp_path / ("n" * 300))
    with pytest.raises(BookError, match="folder"):
        built(book=Path())


def test_the_contents_tell_words_durations_and_what_is_skipped(story: Path) -> None:
    found = contents(story)
    assert [(c.number, c.title, c.words) for c in found.chapters] == [(1, "CHAPTER I", 23), (2, "CHAPTER II", 20)]
    assert [s.reason for s in found.skipped] == ["title page"]
    assert [c.number for c in contents(story, "2").chapters] == [2]


def test_the_cast_of_a_book_names_everybody_who_speaks(story: Path) -> None:
    made = cast_book(BuildRequest(book=story, engine="tone"))
    names = {row.name for row in made.rows}
    assert {"narrator", "Oona", "Bram"} <= names
    voices = [row.voice for row in made.rows]
    assert len(set(voices)) == len(voices)


def test_the_library_builds_without_the_command_line(story: Path, tmp_path: Path) -> None:
    result = build(
        BuildRequest(book=story, engine="tone", output=tmp_path / "new" / "x.mp3", cache=tmp_path / "own", jobs=1)
    )
    assert result.files[0].is_file()
    assert (tmp_path / "own").is_dir()
