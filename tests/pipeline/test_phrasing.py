"""What is said of a line is worked out once, and again where anything that decides it is another."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audiobook import normalization
from audiobook.model.cast import Pronunciation
from audiobook.model.script import NARRATOR, Line, Place
from audiobook.normalization import spoken_form
from audiobook.pipeline import spoken_lines
from audiobook.pipeline.spoken_lines import Phrases, Wording, load_phrases
from audiobook.runtime.cache import Cache

TEXTS = ("She paid £5 in 1890.", "* * *", "“Go on,” said Cholmondeley. “Go.”", "It rained.")


def wordings(*texts: str, pronunciations: tuple[Pronunciation, ...] = (), longest: int = 2_000) -> list[Wording]:
    lines = [
        Line(place=Place(chapter=1, paragraph=at, line=1), kind="narration", speaker=NARRATOR, text=text)
        for at, text in enumerate(texts, 1)
    ]
    return [Wording(line=line, pronunciations=pronunciations, longest=longest) for line in lines]


def refuse(*_: object) -> list[Phrases]:
    raise AssertionError("worked out once more")


def test_cached_phrases_are_those_that_were_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, own = Cache(tmp_path), wordings(*TEXTS, longest=20)
    first = load_phrases(own, "en", cache)
    assert " ".join(first[0]) == "She paid five pounds in eighteen ninety."
    assert len(first[0]) > 1
    assert first[1] == ()
    assert first[3] == ("It rained.",)
    assert first == load_phrases(own, "en", None)
    monkeypatch.setattr(spoken_lines, "_compute_phrases", refuse)
    assert load_phrases(own, "en", cache) == first


def test_whatever_decides_what_is_said_has_it_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache, own = Cache(tmp_path), wordings(*TEXTS)
    load_phrases(own, "en", cache)
    monkeypatch.setattr(spoken_lines, "_compute_phrases", refuse)
    chumley = (Pronunciation(written="Cholmondeley", spoken="Chumley"),)
    heading = [replace(own[0], line=replace(own[0].line, block="heading")), *own[1:]]
    for other, language in (
        (wordings(*TEXTS[:3], "It snowed."), "en"),
        (own, "en-US"),
        (wordings(*TEXTS, pronunciations=chumley), "en"),
        (wordings(*TEXTS, longest=100), "en"),
        (heading, "en"),
    ):
        with pytest.raises(AssertionError, match="once more"):
            load_phrases(other, language, cache)


def test_a_line_that_was_met_before_is_not_worked_out_again_among_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def noted(text: str, **how: Any) -> str:
        asked.append(text)
        return spoken_form(text, **how)

    monkeypatch.setattr(normalization, "spoken_form", noted)
    told = wordings("Nobody came for 3 days.", "Nobody went.")
    narration = load_phrases(told, "en", None)
    whole = [told[0], *wordings("“Nobody,” she said."), told[1]]
    assert load_phrases(whole, "en", None)[::2] == narration
    assert asked == ["Nobody came for 3 days.", "Nobody went.", "“Nobody,” she said."]
    load_phrases(wordings("Nobody went.", longest=8), "en", None)
    assert asked[3:] == ["Nobody went."]


def test_a_cache_that_cannot_be_written_does_not_stop_a_build(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert load_phrases(wordings(TEXTS[3]), "en", Cache(tmp_path / "file")) == [("It rained.",)]
