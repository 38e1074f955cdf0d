"""Hostile books by the command line, end to end: no file elsewhere, titles as they were meant, one sentence."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import mutagen.id3
import pytest

from tests.cli.conftest import Said

TITLES = (
    "../../../etc/passwd",
    "/etc/passwd",
    r"C:\Windows\..\x",
    "CON",
    "-rf --output=/tmp/x",
    "a=b;c#d\\e",
    "$(touch pwned) `touch pwned` | touch pwned",
    "%s %n %1$s {0} {title}",
    "\"double\" 'single'",
    "[CHAPTER]",
    "#EXTINF:9,../x.mp3",
    "T" * 150,
)


def book_of_titles() -> str:
    chapters = "\n\n".join(f"## {_escaped(title)}\n\nAnd so it began, that day." for title in TITLES)
    return f'---\ntitle: "../..; rm -rf ~ = #1"\nauthor: "A = B % $(id) #1"\n---\n\n{chapters}\n'


def _escaped(title: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()#+-.!|<>&$\"'=;:/%~" else c for c in title)


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"cache"}


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in a folder, to see what is written beside it."""
    inner = tmp_path / "outer" / "inner"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    return inner


def test_titles_that_are_paths_and_commands_are_only_titles(audiobook: Callable[..., Said], workspace: Path) -> None:
    (workspace / "book.md").write_text(book_of_titles(), encoding="utf-8")
    said = audiobook("build", "book.md", "--engine", "tone", "--quiet", "--jobs", 1)
    assert said.code == 0, said.err
    assert everything_in(workspace.parent) == {"inner/book.md", "inner/book.mp3"}
    tags = mutagen.id3.ID3(workspace / "book.mp3")
    assert str(tags["TIT2"]) == "../..; rm -rf ~ = #1"
    assert str(tags["TPE1"]) == "A = B % $(id) #1"
    assert [str(tags[f"CHAP:chp{n}"].sub_frames["TIT2"]) for n in range(1, len(TITLES) + 1)] == list(TITLES)


def test_one_file_a_chapter_stays_in_its_folder_whatever_the_titles(
    audiobook: Callable[..., Said], workspace: Path
) -> None:
    (workspace / "book.md").write_text(book_of_titles(), encoding="utf-8")
    said = audiobook("build", "book.md", "--engine", "tone", "--quiet", "--per-chapter", "--jobs", 1)
    assert said.code == 0, said.err
    written = everything_in(workspace.parent) - {"inner/book.md"}
    assert len({str(Path(name).parent) for name in written}) == 1
    assert len(written) == len(TITLES) + 1
    playlist = next(workspace.rglob("*.m3u8"))
    listed = [line for line in playlist.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert sorted(listed) == sorted(path.name for path in playlist.parent.glob("*.mp3"))


def test_a_script_of_no_characters_and_half_characters_is_built(
    audiobook: Callable[..., Said], workspace: Path
) -> None:
    nasty = "Here\0it\ud800 is\x1b[31m, \u202eback\u202c."
    script = {
        "book": {"title": f"T{nasty}", "authors": [nasty], "language": "en"},
        "characters": [{"name": f"N{nasty}"}],
        "chapters": [
            {
                "title": nasty,
                "lines": [
                    {"kind": "narration", "text": nasty},
                    {"kind": "dialogue", "speaker": f"N{nasty}", "text": nasty, "paragraph": 2},
                ],
            }
        ],
    }
    (workspace / "S.json").write_text(json.dumps(script), encoding="utf-8")
    said = audiobook("build", "S.json", "--engine", "tone", "--quiet", "--jobs", 1)
    assert said.code == 0, said.err
    assert "\ufffd" in str(mutagen.id3.ID3(workspace / "S.mp3")["TIT2"])
    assert audiobook("script", "S.json").code == 0
    assert audiobook("chapters", "S.json").code == 0
    assert audiobook("cast", "S.json", "--engine", "tone").code == 0


@pytest.mark.parametrize(
    "name", ["two\nlines.txt", "\x1b[31mred.txt", b"latin-\xe9.txt", "-dash.txt", "a" * 240 + ".txt"]
)
def test_any_name_a_file_may_have_is_a_books_name(
    audiobook: Callable[..., Said], workspace: Path, name: str | bytes
) -> None:
    path = Path(os.fsdecode(name))
    path.write_text("So it began, that day.")
    said = audiobook("build", f"./{path}", "--engine", "tone", "--quiet", "--jobs", 1)
    assert said.code == 0, said.err
    assert len(list(workspace.glob("*.mp3"))) == 1


@pytest.mark.parametrize("command", ["chapters", "script", "cast", "build"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "circle", "nowhere"])
def test_what_is_no_ordinary_file_is_one_sentence_at_once(
    audiobook: Callable[..., Said], workspace: Path, command: str, kind: str
) -> None:
    path = _made(workspace, kind)
    started = time.monotonic()
    said = audiobook(command, path)
    assert said.code == 3
    assert said.err.startswith("error: ")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("option", ["--cover", "--voices"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "circle", "nowhere"])
def test_options_that_name_no_ordinary_file_are_one_sentence_at_once(
    audiobook: Callable[..., Said], workspace: Path, option: str, kind: str
) -> None:
    (workspace / "book.txt").write_text("So it began, that day.")
    started = time.monotonic()
    said = audiobook("build", "book.txt", "--engine", "tone", option, _made(workspace, kind))
    assert said.code in {2, 3, 4}
    assert said.err.startswith("error: ")
    assert time.monotonic() - started < 10


def _made(folder: Path, kind: str) -> Path:
    path = folder / f"{kind}.txt"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path)
    return Path("/dev/zero") if kind == "device" else path


def test_a_cover_of_a_hundred_megabytes_or_of_another_kind_is_refused_or_left_out(
    audiobook: Callable[..., Said], workspace: Path
) -> None:
    (workspace / "book.txt").write_text("So it began, that day.")
    (workspace / "huge.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    os.truncate(workspace / "huge.png", 100 << 20)
    (workspace / "lie.png").write_text("#EXTM3U\nfile:///etc/passwd\n")
    for cover in ("huge.png", "lie.png"):
        said = audiobook("build", "book.txt", "--engine", "tone", "--quiet", "--jobs", 1, "--cover", cover)
        assert said.code in {0, 2, 3}, said.err
        assert said.code or "APIC:" not in mutagen.id3.ID3(workspace / "book.mp3")
