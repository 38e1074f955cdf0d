"""A file that grows with its encoded segments is the file that is written at once, or nothing at all."""

import errno
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError
from audiobook.model.clip import EncodedSegment
from audiobook.writers import Album, EncodedChapter, GrowingFile, deliver_book, grow_book
from audiobook.writers.album import FileTags
from tests.conftest import ROOT
from tests.writers.encoding_helpers import SMALL, as_encoded_segment, burst, chapters_of

ALBUM = Album(title="The Lantern", authors=("Ada Quill",), narrators=("en-us+f3",))
TITLES = ["One", "Two", "Drei: Ærlig talt"]
LENGTHS = {"burst": 0.6, "longer": 0.9}


def load(part: EncodedSegment) -> bytes:
    return burst(ending=LENGTHS[part.key]).data


def growing(target: Path, titles: Sequence[str] = TITLES) -> GrowingFile:
    return grow_book(titles, ALBUM, SMALL, target, load)


def written_at_once(chapters: Sequence[EncodedChapter], folder: Path) -> bytes:
    deliver_book(chapters, ALBUM, SMALL, folder / "at once.mp3", load)
    return (folder / "at once.mp3").read_bytes()


def chapters() -> list[EncodedChapter]:
    """Three chapters of two segments each; adjacent segments differ."""
    own = (as_encoded_segment(burst(ending=0.6)), as_encoded_segment(burst(ending=0.9), "longer"))
    return [EncodedChapter(number=number, title=title, encoded_segments=own) for number, title in enumerate(TITLES, 1)]


def encoded_segments_of(all_chapters: Sequence[EncodedChapter]) -> list[EncodedSegment]:
    return [part for chapter in all_chapters for part in chapter.encoded_segments]


def listed(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("early", range(7))
def test_however_much_of_it_has_grown_the_file_is_the_same(early: int, tmp_path: Path) -> None:
    with growing(tmp_path / "b.mp3") as grown:
        for part in encoded_segments_of(chapters())[:early]:
            grown.take(part)
        deliver_book(chapters(), ALBUM, SMALL, tmp_path / "b.mp3", load, growing=grown)
    assert (tmp_path / "b.mp3").read_bytes() == written_at_once(chapters(), tmp_path)
    assert listed(tmp_path) == ["at once.mp3", "b.mp3"]


def test_what_has_grown_is_not_loaded_again(tmp_path: Path) -> None:
    loaded: list[str] = []

    def note(part: EncodedSegment) -> bytes:
        loaded.append(part.key)
        return load(part)

    with grow_book(TITLES, ALBUM, SMALL, tmp_path / "b.mp3", note) as grown:
        for part in encoded_segments_of(chapters())[:4]:
            grown.take(part)
        deliver_book(chapters(), ALBUM, SMALL, tmp_path / "b.mp3", note, growing=grown)
    assert len(loaded) == 6


def test_a_chapter_that_falls_silent_has_the_file_written_anew(tmp_path: Path) -> None:
    sounding = chapters()
    sounding[1] = EncodedChapter(number=2, title="Two", encoded_segments=())
    with growing(tmp_path / "b.mp3") as grown:
        for part in encoded_segments_of(sounding):
            grown.take(part)
        deliver_book(sounding, ALBUM, SMALL, tmp_path / "b.mp3", load, growing=grown)
    assert (tmp_path / "b.mp3").read_bytes() == written_at_once(sounding, tmp_path)


def test_encoded_segments_in_another_order_have_the_file_written_anew(tmp_path: Path) -> None:
    with growing(tmp_path / "b.mp3") as grown:
        for part in reversed(encoded_segments_of(chapters())):
            grown.take(part)
        deliver_book(chapters(), ALBUM, SMALL, tmp_path / "b.mp3", load, growing=grown)
    assert (tmp_path / "b.mp3").read_bytes() == written_at_once(chapters(), tmp_path)


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), DeliveryError("it is gone")])
@pytest.mark.parametrize("at", [1, 5])
def test_what_stops_it_growing_does_not_stop_the_delivery(failure: Exception, at: int, tmp_path: Path) -> None:
    """Whether it happens while segments are added (four of them), or when the file is to be finished."""
    calls = 0

    def fail_once(part: EncodedSegment) -> bytes:
        nonlocal calls
        calls += 1
        if calls == at:
            raise failure
        return load(part)

    with grow_book(TITLES, ALBUM, SMALL, tmp_path / "b.mp3", fail_once) as grown:
        for part in encoded_segments_of(chapters())[:4]:
            grown.take(part)
        deliver_book(chapters(), ALBUM, SMALL, tmp_path / "b.mp3", fail_once, growing=grown)
    assert (tmp_path / "b.mp3").read_bytes() == written_at_once(chapters(), tmp_path)
    assert listed(tmp_path) == ["at once.mp3", "b.mp3"]


def test_what_is_never_finished_leaves_nothing_and_the_older_file(tmp_path: Path) -> None:
    (tmp_path / "b.mp3").write_bytes(b"old")
    with growing(tmp_path / "b.mp3") as grown:
        grown.take(as_encoded_segment(burst()))
        assert len(listed(tmp_path)) == 2
    assert listed(tmp_path) == ["b.mp3"]
    assert (tmp_path / "b.mp3").read_bytes() == b"old"


@pytest.mark.parametrize("gone", ["the draft", "the folder"])
def test_a_draft_that_is_deleted_is_written_again(gone: str, tmp_path: Path) -> None:
    """Writing to an open file still succeeds."""
    folder = tmp_path / "out"
    folder.mkdir()
    with growing(folder / "b.mp3") as grown:
        for part in encoded_segments_of(chapters())[:4]:
            grown.take(part)
        shutil.rmtree(folder if gone == "the folder" else next(folder.iterdir()))
        deliver_book(chapters(), ALBUM, SMALL, folder / "b.mp3", load, growing=grown)
    assert (folder / "b.mp3").read_bytes() == written_at_once(chapters(), tmp_path)
    assert listed(folder) == ["b.mp3"]


def test_a_draft_that_does_not_fit_makes_room_for_the_one_that_does(tmp_path: Path) -> None:
    there: list[int] = []

    def look(part: EncodedSegment) -> bytes:
        there.append(len(listed(tmp_path)))
        return load(part)

    with grow_book(["Another"], ALBUM, SMALL, tmp_path / "b.mp3", load) as grown:
        grown.take(encoded_segments_of(chapters())[0])
        deliver_book(chapters(), ALBUM, SMALL, tmp_path / "b.mp3", look, growing=grown)
    assert set(there) == {1}


def test_what_a_killed_build_had_grown_is_cleared_away_by_any_other(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib\n"
        "from tests.writers.test_growing import growing, as_encoded_segment, burst\n"
        "grown = growing(pathlib.Path(sys.argv[1]))\n"
        "grown.take(as_encoded_segment(burst()))\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path / "b.mp3"], check=True, cwd=ROOT, timeout=60)
    assert len(listed(tmp_path)) == 1
    with growing(tmp_path / "other.mp3"):
        assert listed(tmp_path) == []


def test_no_file_is_created_before_the_first_segment(tmp_path: Path) -> None:
    with growing(tmp_path / "b.mp3") as grown:
        assert listed(tmp_path) == []
        assert grown.finish(FileTags(album=ALBUM), ()) is None


def test_a_folder_that_is_missing_is_made_when_there_is_something_to_deliver(tmp_path: Path) -> None:
    with growing(tmp_path / "new" / "b.mp3") as grown:
        grown.take(as_encoded_segment(burst()))
        assert listed(tmp_path) == []
        deliver_book(chapters_of(["One"], burst()), ALBUM, SMALL, tmp_path / "new" / "b.mp3", load, growing=grown)
    assert listed(tmp_path / "new") == ["b.mp3"]
