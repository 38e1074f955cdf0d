"""Relative paths that other programs take for a URL or for an option."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook import quality
from audiobook.runtime import ffmpeg
from tests.cli.conftest import Said

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows allows no colon in a name")

Audiobook = Callable[..., Said]

TALE = 'CHAPTER I\n\n"Good evening," said Oona.\n\nCHAPTER II\n\n"Nobody," said Bram.\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose name has a colon, in the current folder."""
    monkeypatch.chdir(tmp_path)
    folder = Path("Dune: Messiah")
    folder.mkdir()
    return folder


@pytest.mark.parametrize("options", [(), ("--per-chapter",)], ids=["one file", "a file a chapter"])
def test_a_book_in_a_folder_with_a_colon_is_built_and_checked(
    options: tuple[str, ...], audiobook: Audiobook, folder: Path
) -> None:
    (folder / "tale.txt").write_text(TALE, encoding="utf-8")
    picture = ("-f", "lavfi", "-i", "testsrc=size=64x48", "-frames:v", "1")
    ffmpeg.run([*picture, folder / "cover: 1.png"])
    cover = ("--cover", folder / "cover: 1.png")
    said = audiobook("build", folder / "tale.txt", "--engine", "tone", *cover, *options)
    assert said.code == 0, said.err
    made = sorted(folder.rglob("*.mp3"))
    assert len(made) == (2 if options else 1)
    said = audiobook("check", *made)
    assert said.code == 9  # measured, and not what ACX asks for
    assert "no sound file" not in said.err
    (stretch,) = quality.cut_excerpts(made[0], [(0.0, 0.5)])
    assert len(stretch.pcm) == quality.SAMPLE_RATE // 2 * 2


def test_a_book_whose_name_looks_like_an_option_is_built_and_checked(audiobook: Audiobook, folder: Path) -> None:
    Path("-x.txt").write_text(TALE, encoding="utf-8")
    said = audiobook("build", "--engine", "tone", "--", "-x.txt")
    assert said.code == 0, said.err
    assert Path("-x.mp3").is_file()
    assert audiobook("check", "--", "-x.mp3").code == 9


@pytest.mark.parametrize("name", ["a: b.mp3", "a: b.wav", "-a.mp3"])
def test_a_text_is_said_into_a_file_of_any_name(name: str, audiobook: Audiobook, folder: Path) -> None:
    for path in (folder / name, Path(name)):
        said = audiobook("say", "Hello.", "--engine", "tone", f"--output={path}")
        assert said.code == 0, said.err
        assert path.stat().st_size > 1000
