"""`audiobook plan`: what a build would make again and why, and that the build then does just that."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Said
from tests.pipeline.conftest import STORY

Audiobook = Callable[..., Said]
TONE = ("--engine", "tone", "--json")


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.fixture
def plan(audiobook: Audiobook, story: Path) -> Callable[..., Any]:
    def run(*options: object) -> Any:
        said = audiobook("plan", story, *TONE, *options)
        assert said.code == 0, said.err
        return json.loads(said.out)

    return run


@pytest.fixture
def build(audiobook: Audiobook, story: Path) -> Callable[..., Any]:
    def run(*options: object) -> Any:
        said = audiobook("build", story, *TONE, *options)
        assert said.code == 0, said.err
        return json.loads(said.out)

    return run


def kinds(planned: Any) -> set[str]:
    return {cause["kind"] for cause in planned["causes"]}


def work(planned: Any) -> tuple[int, int]:
    return planned["lines_to_speak"], planned["segments_to_encode"]


def test_a_first_build_makes_everything_and_the_plan_speaks_nothing(
    plan: Callable[..., Any], build: Callable[..., Any], tmp_path: Path
) -> None:
    planned = plan()
    assert kinds(planned) == {"first build"}
    assert not list((tmp_path / "cache").rglob("takes/*/*"))
    made = build()
    assert work(planned) == (planned["lines"], planned["segments"]) == (made["recorded"], made["reels_encoded"])
    assert planned["estimated_seconds"] == pytest.approx(made["seconds"], rel=0.3)


def test_an_unchanged_book_has_nothing_to_do(
    plan: Callable[..., Any], build: Callable[..., Any], audiobook: Audiobook, story: Path
) -> None:
    made = build()
    planned = plan()
    assert (planned["up_to_date"], planned["causes"], work(planned)) == (True, [], (0, 0))
    assert planned["estimated_seconds"] == pytest.approx(made["seconds"], abs=0.2)
    said = audiobook("plan", story, "--engine", "tone")
    assert "up to date" in said.out


def test_a_changed_line_is_the_only_reason_and_the_only_line_to_speak(
    plan: Callable[..., Any], build: Callable[..., Any], story: Path
) -> None:
    build()
    story.write_text(STORY.replace("Bram said nothing", "Bram said little"), encoding="utf-8")
    planned = plan()
    assert [(cause["kind"], cause["lines"]) for cause in planned["causes"]] == [("text", 1)]
    made = build()
    assert work(planned) == (1, 1) == (made["recorded"], made["reels_encoded"])


def test_a_changed_voice_is_named_with_its_old_and_new_value(
    plan: Callable[..., Any], build: Callable[..., Any], story: Path
) -> None:
    voices = story.with_name("ferry.voices.toml")
    voices.write_text("[speakers.Oona]\nrate = 180\n", encoding="utf-8")
    build()
    voices.write_text("[speakers.Oona]\nrate = 210\n", encoding="utf-8")
    planned = plan()
    (cause,) = planned["causes"]
    assert (cause["kind"], cause["what"], cause["lines"]) == ("voice", "Oona: rate 180 → 210", 2)
    made = build()
    assert planned["lines_to_speak"] == made["recorded"] == 2


def test_another_title_changes_only_the_tags(plan: Callable[..., Any], build: Callable[..., Any]) -> None:
    build()
    planned = plan("--title", "The Crossing")
    (cause,) = planned["causes"]
    assert (cause["kind"], cause["what"]) == ("tags", "title The Ferry → The Crossing")
    assert work(planned) == (0, 0)


def test_another_bit_rate_encodes_all_and_speaks_nothing(plan: Callable[..., Any], build: Callable[..., Any]) -> None:
    build()
    planned = plan("--bitrate", "96")
    assert [(cause["kind"], cause["what"]) for cause in planned["causes"]] == [("encoding", "bitrate 64 → 96")]
    assert work(planned) == (0, planned["segments"])


def test_a_pause_and_a_pronunciation_are_told_apart(
    plan: Callable[..., Any], build: Callable[..., Any], story: Path
) -> None:
    build()
    voices = story.with_name("ferry.voices.toml")
    voices.write_text("[pauses]\nheading = 1500\n", encoding="utf-8")
    assert (kinds(plan()), plan()["lines_to_speak"]) == ({"pauses"}, 0)
    voices.write_text('[pronunciations]\nferry = "fairy"\n', encoding="utf-8")
    planned = plan()
    assert kinds(planned) == {"pronunciation"}
    assert planned["lines_to_speak"] == sum(cause["lines"] for cause in planned["causes"])


def test_a_chapter_less_and_a_finished_file_that_is_gone_are_reasons(
    plan: Callable[..., Any], build: Callable[..., Any], story: Path
) -> None:
    build()
    assert "removed: 2, CHAPTER II" in {cause["what"] for cause in plan("--chapters", "1")["causes"]}
    story.with_suffix(".mp3").unlink()
    planned = plan()
    assert (kinds(planned), work(planned)) == ({"file"}, (0, 0))


def test_the_text_for_people_says_what_is_an_estimate(audiobook: Audiobook, story: Path) -> None:
    said = audiobook("plan", story, "--engine", "tone")
    assert said.code == 0
    assert "ferry.mp3 was never built here." in said.out
    assert "Time, estimated:" in said.out
