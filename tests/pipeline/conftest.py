"""A small book, an engine that fails on purpose, and builds that take no time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audiobook.engines import engine_facts, list_voices, open_engine
from audiobook.model.request import BuildRequest, BuildResult
from audiobook.services import build

STORY = """The Ferry

by The Audiobook Developers

CHAPTER I

"Is it far?" asked Oona.

"An hour," said Bram. He looked at the sky. "Two, if it blows."

The ferry rocked.

CHAPTER II

"Land!" cried Oona.

Bram said nothing at all.

"I told you," said the old woman by the rail.
"""

FAULTY = '''
"""Speaks like the tone engine, but not the word KRAKEN."""

from audiobook.errors import EngineError
from audiobook.engines.contract import EngineFacts
from audiobook.engines.tone import ToneEngine


class FaultyEngine(ToneEngine):
    def facts(self):
        facts = super().facts()
        return EngineFacts(
            name="faulty",
            version="1",
            sample_rate=facts.sample_rate,
            languages=facts.languages,
            longest_text=facts.longest_text,
        )

    def voices(self):
        import dataclasses
        return tuple(dataclasses.replace(voice, engine="faulty") for voice in super().voices())

    def speak(self, text, voice):
        if "kraken" in text.lower():
            raise EngineError("the voice broke")
        return super().speak(text, voice)
'''


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.fixture
def built(story: Path) -> Callable[..., BuildResult]:
    """Build the story with the tone engine; keywords change the order."""

    def build_it(**wanted: object) -> BuildResult:
        request: dict[str, object] = {"book": story, "engine": "tone", "jobs": 1} | wanted
        return build(BuildRequest(**request))  # type: ignore[arg-type]  # a test's keywords are those of a request

    return build_it


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a third party's engine, installed as one would be: a module and an entry point."""
    site = tmp_path / "site"
    info = site / "faulty-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "faulty_engine.py").write_text(FAULTY, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: faulty\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[audiobook.engines]\nfaulty = faulty_engine:FaultyEngine\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(site))
    for cached in (open_engine, engine_facts, list_voices):
        cached.cache_clear()
    return "faulty"
