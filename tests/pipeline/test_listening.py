"""Listening while a book is built, with a player that keeps what it is given."""

import wave
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import MissingToolError
from audiobook.model.cast import Cast
from audiobook.model.progress import Progress
from audiobook.model.request import BuildRequest, BuildResult, Encoding
from audiobook.model.script import Place, Script
from audiobook.pipeline import analysis
from audiobook.pipeline.live_playback import Listener
from audiobook.pipeline.narration_ahead import Ahead
from audiobook.runtime.playback import PLAYERS
from audiobook.services import build
from audiobook.writers.formats import WRITERS
from tests.pipeline.conftest import STORY

Build = Callable[..., BuildResult]


class Room:
    """Where the player plays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def heard(self) -> list[bytes]:
        """The samples of every file that was played, in order."""
        found = []
        for path in sorted(self._folder.glob("*.wav")):
            with wave.open(str(path), "rb") as file:
                found.append(file.readframes(file.getnframes()))
            path.unlink()
        return found


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are found besides the system's, which has no player."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for tool in ("sh", "cp", "date"):
        (folder / tool).symlink_to(f"/bin/{tool}")
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def room(programs: Path, tmp_path: Path) -> Room:
    """A player that plays at once."""
    folder = tmp_path / "room"
    folder.mkdir()
    player = programs / PLAYERS[1][0]
    player.write_text(f'#!/bin/sh\ncp "$1" {folder}/$(date +%s%N).wav\n')
    player.chmod(0o755)
    return Room(folder)


def test_the_whole_book_is_heard_once(built: Build, room: Room) -> None:
    result = built(listen=True)
    frames = sum(len(pcm) // 2 for pcm in room.heard())
    assert frames == pytest.approx(result.marks[-1].end, abs=2 * 576 * result.report.encoded)


@pytest.mark.parametrize(("long", "openings"), [(10**9, 1), (0, 2)])
def test_a_book_whose_opening_is_heard_before_it_is_analysed_is_heard_once(
    built: Build, room: Room, story: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, long: int, openings: int
) -> None:
    """Of a long book, a sample says what is heard first, and the whole of it says so again."""
    story.write_text(STORY.replace('"Is it far?"', 'It was early.\n\nThe sky was grey.\n\n"Is it far?"'))
    first = built(listen=True, output=tmp_path / "one.mp3", cache=tmp_path / "one")
    alone = b"".join(room.heard())
    opened: list[Cast] = []

    def noting(self: Ahead, part: Script, cast: Cast, listener: Listener) -> None:
        opened.append(cast)
        opening(self, part, cast, listener)

    opening = Ahead._open
    monkeypatch.setattr(Ahead, "_open", noting)
    monkeypatch.setattr(analysis, "_LARGE", 0)
    monkeypatch.setattr(analysis, "_LONG", long)
    other = built(listen=True, output=tmp_path / "other.mp3", cache=tmp_path / "other")
    assert len(opened) == openings
    assert b"".join(room.heard()) == alone
    assert (other.report.recorded, other.report.reused) == (first.report.recorded, first.report.reused)


@pytest.mark.parametrize("name", WRITERS)
def test_a_finished_book_is_heard_from_what_is_kept(built: Build, room: Room, name: str) -> None:
    encoding = Encoding(format=name)
    built(encoding=encoding)
    result = built(listen=True, encoding=encoding)
    assert result.report.encoded == 0
    frames = sum(len(pcm) // 2 for pcm in room.heard())
    assert frames == pytest.approx(result.marks[-1].end, abs=4 * 1152)


def test_where_nothing_plays_it_is_said_before_anything_is_made(built: Build, programs: Path, story: Path) -> None:
    with pytest.raises(MissingToolError, match="nothing here can play"):
        built(listen=True)
    assert not story.with_suffix(".mp3").exists()


class Notes(Progress):
    """Keeps what is noted."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def stage(self, name: str, total: float | None = None) -> None: ...

    def advance(self, name: str, amount: float, *, place: Place | None = None) -> None: ...

    def note(self, message: str) -> None:
        self.notes.append(message)


def test_a_player_that_fails_does_not_keep_the_book_from_being_finished(story: Path, programs: Path) -> None:
    player = programs / PLAYERS[1][0]
    player.write_text("#!/bin/sh\necho no sound card >&2\nexit 1\n")
    player.chmod(0o755)
    told = Notes()
    result = build(BuildRequest(book=story, engine="tone", jobs=1, listen=True), progress=told)
    assert result.files[0].exists()
    assert any("no sound card" in note for note in told.notes)
