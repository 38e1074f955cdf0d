"""The format of a build: chosen by suffix or option, and what does not fit it is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--output", "x.wav", "--bitrate", "128"), "bit rate"),
        (("--output", "x.flac", "--preset", "acx"), "preset acx"),
        (("--output", "x.flac", "--format", "wav"), "disagree"),
        (("--format", "ogg"), "'ogg'"),
        (("--output", "x.aac"), ".aac files cannot be written"),
    ],
)
def test_options_that_do_not_fit_the_format_are_usage_errors(
    options: tuple[str, ...], words: str, audiobook: Callable[..., Said], tmp_path: Path
) -> None:
    story = tmp_path / "ferry.txt"
    story.write_text('"Is it far?" asked Oona.\n', encoding="utf-8")
    said = audiobook("build", str(story), *(str(tmp_path / o) if o.startswith("x.") else o for o in options))
    assert said.code == 2
    assert words in said.err
    assert not list(tmp_path.glob("x.*"))
