"""Delivery: complete and correct files, exact chapter marks, and no partial files."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any

import mutagen.mp3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import DeliveryError
from audiobook.mixing import apply_gain
from audiobook.model.clip import EncodedSegment
from audiobook.model.cue import Sound
from audiobook.model.request import Encoding
from audiobook.writers import Album, DeliveredFiles, Encoded, EncodedChapter, deliver_book, deliver_chapters
from audiobook.writers.album import one_line
from audiobook.writers.mp3.encoding import encode
from audiobook.writers.mp3.frames import LEAD
from tests.sounds import decoded, first_audible, loudest, silence, tone
from tests.writers.encoding_helpers import SMALL, as_encoded_segment, burst, chapters_of


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def tagged(path: Path) -> Any:
    """What another library reads in a file."""
    load: Any = mutagen.mp3.MP3
    return load(path)


ALBUM = Album(title="The Lantern", authors=("Ada Quill",), narrators=("en-us+f3",))
ENCODINGS = [
    Encoding(),
    Encoding(sample_rate=16000, bitrate=32),
    Encoding(sample_rate=24000, bitrate=48),
    Encoding(sample_rate=32000, bitrate=64),
    Encoding(sample_rate=44100, bitrate=128, channels=2),
    Encoding(sample_rate=48000, bitrate=192),
]


def book(
    path: Path, titles: list[str], encoded: Encoded, encoding: Encoding = SMALL, encoded_segments: int = 1
) -> DeliveredFiles:
    return deliver_book(
        chapters_of(titles, encoded, encoded_segments), ALBUM, encoding, path, lambda part: encoded.data
    )


@pytest.mark.parametrize("encoding", ENCODINGS, ids=str)
@pytest.mark.parametrize("gapless", [True, False])
def test_every_chapter_is_heard_where_it_is_marked(encoding: Encoding, gapless: bool, tmp_path: Path) -> None:
    """In a player that knows of the encoder's delay, and in one that does not."""
    delivered = book(tmp_path / "b.mp3", ["One", "Two", "Three"], burst(encoding), encoding, encoded_segments=2)
    samples = decoded(tmp_path / "b.mp3", encoding.sample_rate, gapless=gapless)
    for mark in delivered.marks:
        late = (
            first_audible(samples, max(0, mark.start - encoding.sample_rate // 5)) - mark.start
        ) / encoding.sample_rate
        assert -0.005 < late < LEAD / encoding.sample_rate + 0.005
    assert abs(len(samples) - delivered.marks[-1].end) <= (0 if gapless else LEAD)


@pytest.mark.parametrize("encoding", ENCODINGS[:2] + ENCODINGS[4:5], ids=str)
def test_nothing_is_heard_where_segments_are_joined(encoding: Encoding, tmp_path: Path) -> None:
    sample_rate = encoding.sample_rate
    margin = silence(0.01, sample_rate)  # as takes are trimmed
    take = Sound(pcm=margin + tone(0.3, sample_rate=sample_rate).pcm + margin, sample_rate=sample_rate)
    encoded = encode([apply_gain(take, 0.0, sample_rate), silence(0.3, sample_rate)], encoding)
    book(tmp_path / "b.mp3", ["One", "Two"], encoded, encoding, encoded_segments=3)
    samples = decoded(tmp_path / "b.mp3", sample_rate)
    for join in range(encoded.samples, 6 * encoded.samples - sample_rate // 10, encoded.samples):
        assert loudest(samples[join - sample_rate // 5 : join + sample_rate // 200]) < 150  # -47 dB
        assert loudest(samples[join : join + sample_rate // 10]) > 5000


def test_another_library_reads_the_same_duration(tmp_path: Path) -> None:
    delivered = book(tmp_path / "b.mp3", ["One", "Two"], burst())
    assert tagged(tmp_path / "b.mp3").info.length == pytest.approx(
        delivered.marks[-1].end / SMALL.sample_rate, abs=1e-6
    )


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=12))
def test_titles_with_any_character_at_all_are_delivered(titles: list[str]) -> None:
    """`deliver_book` reads every title back and compares; nothing may make it complain."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        delivered = book(Path(folder, "b.mp3"), titles, burst())
        assert [mark.title for mark in delivered.marks] == titles


NASTY = [
    "= ; # \\ ]",
    "[CHAPTER]",
    ";FFMETADATA1",
    "🏮 العربية \u202ertl",
    "a\nb\r\nc\0d",
    "/../",
    "x" * 5000,
    '"“„«',
    "\ufeffBOM",
    "\\",
]


def test_nasty_titles_come_back_the_same(tmp_path: Path) -> None:
    book(tmp_path / "b.mp3", NASTY, burst())
    tags = tagged(tmp_path / "b.mp3").tags
    assert [str(tags[f"CHAP:chp{n}"].sub_frames["TIT2"]) for n in range(1, len(NASTY) + 1)] == [
        one_line(t) for t in NASTY
    ]


def test_a_chapter_without_sound_is_left_out(tmp_path: Path) -> None:
    chapters = chapters_of(["One", "Two", "Three"], burst())
    chapters[1] = EncodedChapter(number=2, title="Two", encoded_segments=())
    delivered = deliver_book(chapters, ALBUM, SMALL, tmp_path / "b.mp3", lambda part: burst().data)
    assert [mark.title for mark in delivered.marks] == ["One", "Three"]


def test_a_book_without_sound_is_a_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no sound"):
        deliver_book([], ALBUM, SMALL, tmp_path / "b.mp3", lambda part: b"")


def test_missing_folders_are_made_and_the_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    book(tmp_path / "a" / "b" / "c.mp3", ["One"], burst())
    (tmp_path / "plain").touch()
    mode = stat.S_IMODE((tmp_path / "plain").stat().st_mode)
    assert stat.S_IMODE((tmp_path / "a" / "b" / "c.mp3").stat().st_mode) == mode


def test_an_older_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "b.mp3").write_bytes(b"old")
    book(tmp_path / "b.mp3", ["One"], burst())
    assert (tmp_path / "b.mp3").stat().st_size > 1000
    assert listed(tmp_path) == ["b.mp3"]


@pytest.mark.parametrize(
    "failure", [DeliveryError("the cache is gone"), KeyboardInterrupt(), OSError(28, "No space left on device")]
)
def test_whatever_goes_wrong_the_older_file_stays_and_nothing_half_written(
    tmp_path: Path, failure: BaseException
) -> None:
    (tmp_path / "b.mp3").write_bytes(b"old")
    parts = iter([burst().data])

    def load(part: EncodedSegment) -> bytes:
        if (data := next(parts, None)) is None:
            raise failure
        return data

    expected = DeliveryError if isinstance(failure, OSError) else type(failure)
    with pytest.raises(expected) as caught:
        deliver_book(chapters_of(["One", "Two"], burst()), ALBUM, SMALL, tmp_path / "b.mp3", load)
    if isinstance(failure, OSError):
        assert "no space left" in str(caught.value)
        assert isinstance(caught.value, DeliveryError)
        assert "make room" in str(caught.value.hint)
    assert (tmp_path / "b.mp3").read_bytes() == b"old"
    assert listed(tmp_path) == ["b.mp3"]


def test_an_encoded_segment_with_wrong_data_is_found_before_anything_is_delivered(tmp_path: Path) -> None:
    with pytest.raises(DeliveryError, match="not as expected"):
        deliver_book(
            chapters_of(["One", "Two"], burst()),
            ALBUM,
            SMALL,
            tmp_path / "b.mp3",
            lambda part: burst().data[: 209 * 30],
        )
    assert listed(tmp_path) == []


def test_a_folder_is_no_place_for_a_file_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    chapters = chapters_of(["One"], burst())
    with pytest.raises(DeliveryError, match="this is a folder"):
        deliver_book(chapters, ALBUM, SMALL, tmp_path, lambda part: burst().data)
    with pytest.raises(DeliveryError, match="this is a file"):
        deliver_chapters(chapters, ALBUM, SMALL, tmp_path / "file", lambda part: burst().data)
    with pytest.raises(DeliveryError, match="not a directory"):
        deliver_book(chapters, ALBUM, SMALL, tmp_path / "file" / "b.mp3", lambda part: burst().data)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_named_in_the_error(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(DeliveryError, match="permission denied"):
        book(tmp_path / "locked" / "b.mp3", ["One"], burst())


def test_drafts_of_killed_builds_are_swept_up_and_young_ones_left(tmp_path: Path) -> None:
    old, young = tmp_path / ".audiobook-0123.part", tmp_path / ".audiobook-4567.part"
    for draft in (old, young):
        draft.mkdir()
    os.utime(old, (0, 0))
    book(tmp_path / "b.mp3", ["One"], burst())
    assert listed(tmp_path) == [young.name, "b.mp3"]


def folder_of(path: Path, titles: list[str], album: Album = ALBUM) -> DeliveredFiles:
    return deliver_chapters(chapters_of(titles, burst()), album, SMALL, path, lambda part: burst().data)


def test_one_file_a_chapter_comes_numbered_tagged_and_with_a_playlist(tmp_path: Path) -> None:
    delivered = folder_of(tmp_path / "book", ["The Wall", "Part: Two"])
    names = ["01 - The Wall.mp3", "02 - Part - Two.mp3", "The Lantern.m3u8"]
    assert delivered.files == tuple(tmp_path / "book" / name for name in names)
    assert listed(tmp_path / "book") == names
    assert listed(tmp_path) == ["book"]
    tags = tagged(tmp_path / "book" / names[1]).tags
    assert (str(tags["TIT2"]), str(tags["TRCK"]), str(tags["TALB"])) == ("Part: Two", "2/2", "The Lantern")
    playlist = (tmp_path / "book" / names[2]).read_text(encoding="utf-8").splitlines()
    assert playlist[0] == "#EXTM3U"
    assert "#EXTINF:1,Part: Two" in playlist
    assert [line for line in playlist if not line.startswith("#")] == names[:2]


def test_files_of_an_earlier_build_are_removed_and_all_others_stay(tmp_path: Path) -> None:
    folder_of(tmp_path, ["One", "Two", "Three"], Album(title="Old Title"))
    others = ["04 - mine.mp3", "holiday.m3u8", "cover.jpg", "02 - Other.mp3"]
    for name in others:
        (tmp_path / name).write_text("#EXTM3U\n04 - mine.mp3\n")
    folder_of(tmp_path, ["One", "Two, revised"])
    ours = ["01 - One.mp3", "02 - Two, revised.mp3", "The Lantern.m3u8"]
    assert listed(tmp_path) == sorted([*others, *ours])


def test_a_playlist_that_names_files_elsewhere_removes_nothing_there(tmp_path: Path) -> None:
    folder_of(tmp_path / "book", ["One"])
    (tmp_path / "01 - precious.mp3").touch()
    with (tmp_path / "book" / "The Lantern.m3u8").open("a") as playlist:
        playlist.write("../01 - precious.mp3\n" + str(tmp_path / "01 - precious.mp3") + "\n")
        playlist.write("01 - " + "x" * 5000 + ".mp3\n")  # longer than any file's name
    folder_of(tmp_path / "book", ["Uno"])
    assert (tmp_path / "01 - precious.mp3").exists()


def test_a_failed_build_of_several_files_leaves_the_folder_unchanged(tmp_path: Path) -> None:
    folder_of(tmp_path / "book", ["One", "Two"])
    before = {path.name: path.read_bytes() for path in (tmp_path / "book").iterdir()}
    data = iter([burst().data, b"damage" * 100])
    with pytest.raises(DeliveryError):
        deliver_chapters(chapters_of(["Uno", "Due"], burst()), ALBUM, SMALL, tmp_path / "book", lambda part: next(data))
    assert {path.name: path.read_bytes() for path in (tmp_path / "book").iterdir()} == before
    assert listed(tmp_path) == ["book"]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=3), st.text(max_size=300))
def test_no_title_takes_a_file_out_of_its_folder(titles: list[str], album: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as top:
        target = Path(top, "book")
        delivered = folder_of(target, titles, Album(title=album))
        assert listed(Path(top)) == ["book"]
        assert listed(target) == sorted(path.name for path in delivered.files)
        assert len(delivered.files) == len(titles) + 1
        assert all(re.match(r"\d\d - ", path.name) for path in delivered.files[:-1])


def test_durations_add_up_over_many_segments(tmp_path: Path) -> None:
    encoded = [encode([tone(0.2).pcm, silence(0.1 + at / 37)], SMALL) for at in range(6)]
    chapters = [
        EncodedChapter(number=at + 1, title=str(at), encoded_segments=(as_encoded_segment(one, str(at)),))
        for at, one in enumerate(encoded)
    ]
    delivered = deliver_book(chapters, ALBUM, SMALL, tmp_path / "b.mp3", lambda part: encoded[int(part.key)].data)
    asked = sum(0.2 + 0.1 + at / 37 for at in range(6))
    assert delivered.marks[-1].end / SMALL.sample_rate == pytest.approx(asked, abs=6 * 0.014 + 0.03)


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "b.mp3"
    link.symlink_to(tmp_path / "elsewhere" / "real.mp3")
    book(link, ["One"], burst())
    assert link.is_symlink()
    assert listed(tmp_path / "elsewhere") == ["real.mp3"]
    assert listed(tmp_path) == ["b.mp3", "elsewhere"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_write_protected_file_stays(tmp_path: Path) -> None:
    (tmp_path / "b.mp3").write_bytes(b"precious")
    (tmp_path / "b.mp3").chmod(0o444)
    with pytest.raises(DeliveryError, match="write-protected"):
        book(tmp_path / "b.mp3", ["One"], burst())
    assert (tmp_path / "b.mp3").read_bytes() == b"precious"


def test_chapters_for_a_folder_that_stands_are_written_inside_it_as_it_may_be_a_disk_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "book").mkdir()
    moved: list[Path] = []
    replace = Path.replace

    def watched(path: Path, target: Path) -> Path:
        moved.append(path)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", watched)
    folder_of(tmp_path / "book", ["One", "Two"])
    assert moved
    assert all(path.is_relative_to(tmp_path / "book") for path in moved)


def test_a_file_that_does_not_reach_its_disk_is_not_delivered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "b.mp3").write_bytes(b"an older one")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(DeliveryError, match="input/output error"):
        book(tmp_path / "b.mp3", ["One"], burst())
    assert (tmp_path / "b.mp3").read_bytes() == b"an older one"
    assert [path.name for path in tmp_path.iterdir()] == ["b.mp3"]


@pytest.mark.parametrize("refused", ["fsync", "chmod"])
def test_a_file_system_that_cannot_do_everything_is_good_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "invalid argument")

    (tmp_path / "b.mp3").write_bytes(b"an older one")
    monkeypatch.setattr(os, refused, refuse)
    book(tmp_path / "b.mp3", ["One"], burst())
    assert (tmp_path / "b.mp3").stat().st_size > 1_000
