"""A build writes captions and a page beside the sound."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.errors import DeliveryError, UsageError
from audiobook.model.request import BuildResult

Build = Callable[..., BuildResult]


def test_captions_and_a_page_lie_beside_the_sound_and_are_in_the_result(built: Build, tmp_path: Path) -> None:
    made = built(output=tmp_path / "ferry.mp3", also=("srt", "page"))
    assert made.companions == (tmp_path / "ferry.srt", tmp_path / "ferry.html")
    assert "00:00:00,000 --> " in (tmp_path / "ferry.srt").read_text(encoding="utf-8")
    assert '"file":"ferry.mp3"' in (tmp_path / "ferry.html").read_text(encoding="utf-8")


def test_a_folder_of_chapters_has_captions_for_each_and_one_page(built: Build, tmp_path: Path) -> None:
    made = built(output=tmp_path / "ferry", per_chapter=True, also=("vtt", "page"))
    sounds = [file for file in made.files if file.suffix == ".mp3"]
    assert [file for file in made.companions if file.suffix == ".vtt"] == [f.with_suffix(".vtt") for f in sounds]
    (page,) = (file for file in made.companions if file.suffix == ".html")
    text = page.read_text(encoding="utf-8")
    assert page.parent == tmp_path / "ferry"
    assert all(f'"file":"{file.name.replace(" ", "%20")}"' in text for file in sounds)


def test_another_set_of_companions_speaks_nothing_again(built: Build, tmp_path: Path) -> None:
    built(output=tmp_path / "ferry.mp3")
    again = built(output=tmp_path / "ferry.mp3", also=("lrc",))
    assert again.report.recorded == 0
    assert (tmp_path / "ferry.lrc").exists()


def test_a_companion_never_overwrites_the_book_or_a_folder(built: Build, tmp_path: Path) -> None:
    (tmp_path / "ferry.srt").mkdir()
    with pytest.raises(DeliveryError):
        built(output=tmp_path / "ferry.mp3", also=("srt",))
    assert not (tmp_path / "ferry.mp3").exists()


def test_a_page_would_overwrite_a_book_in_html(built: Build, tmp_path: Path) -> None:
    book = tmp_path / "ferry.html"
    book.write_text("<p>“Is it far?” asked Oona.</p>", encoding="utf-8")
    with pytest.raises(UsageError, match="overwrite"):
        built(book=book, output=tmp_path / "ferry.mp3", also=("page",))
