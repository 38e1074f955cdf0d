import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

from audiobook.engines import engine_facts, list_engines, list_voices, max_processes, open_engine, registry, speak_cue
from audiobook.engines.contract import EngineFacts
from audiobook.engines.tone import ToneEngine
from audiobook.errors import EngineError, MissingToolError, VoicesError
from audiobook.model.cast import Voice, VoiceFacts
from audiobook.model.cue import Cue, Sound
from audiobook.model.script import Place


def enter(monkeypatch: pytest.MonkeyPatch, **engines: str) -> None:
    """Pretend that packages with these entry points are installed."""
    entered = EntryPoints(EntryPoint(name, value, registry.ENTRY_POINTS) for name, value in engines.items())

    def found(**wanted: Any) -> EntryPoints:
        return entered.select(**wanted)

    monkeypatch.setattr(registry, "entry_points", found)


def test_the_built_in_engines_are_in_the_table() -> None:
    assert list_engines()[:4] == ("pyttsx3", "kokoro", "piper", "tone")


def test_an_engine_is_opened_once_per_process() -> None:
    assert open_engine("tone") is open_engine("tone")
    assert engine_facts("tone") == open_engine("tone").facts()
    assert list_voices("tone") == tuple(open_engine("tone").voices())


def test_a_cue_is_spoken_by_the_engine_of_its_voice() -> None:
    voice = Voice(engine="tone", name="oboe")
    sound = speak_cue(Cue(place=Place(chapter=1, paragraph=1, line=1), text="Hello there.", voice=voice))
    assert sound == ToneEngine().speak("Hello there.", voice)


class InconsistentEngine(ToneEngine):
    """Says 22,050 Hz, and means something else."""

    def speak(self, text: str, voice: Voice) -> Sound:
        made = super().speak(text, voice)
        return Sound(pcm=made.pcm, sample_rate=44_100) if text == "rate" else made.pcm  # type: ignore[return-value]  # a lie


@pytest.mark.parametrize(
    ("text", "words"),
    [("rate", "44100 Hz, but its facts say 22050 Hz"), ("type", "returned a bytes instead of a sound")],
)
def test_a_sound_that_contradicts_the_facts_is_refused(monkeypatch: pytest.MonkeyPatch, text: str, words: str) -> None:
    enter(monkeypatch, liar=f"{__name__}:InconsistentEngine")
    with pytest.raises(EngineError, match=words):
        speak_cue(Cue(place=Place(chapter=1, paragraph=1, line=1), text=text, voice=Voice(engine="liar", name="oboe")))


@pytest.mark.parametrize(
    ("processes", "threads", "cores", "expected"),
    [(None, 1, 8, 8), (None, 4, 8, 2), (None, 4, 2, 1), (1, 1, 8, 1), (3, 2, 8, 3), (3, 4, 8, 2)],
)
def test_the_number_of_processes_is_limited_by_the_engine_and_the_cores(
    monkeypatch: pytest.MonkeyPatch, processes: int | None, threads: int, cores: int, expected: int
) -> None:
    many = replace(ToneEngine().facts(), processes=processes, threads=threads)
    monkeypatch.setattr(registry, "engine_facts", lambda name: many if name == "many" else ToneEngine().facts())
    assert max_processes(["tone", "many"], cores) == expected
    assert max_processes([], cores) == max_processes(["tone"], cores) == cores


class FailingEngine(ToneEngine):
    def __init__(self) -> None:
        if os.environ["BROKEN"] == "made":
            raise RuntimeError("no licence")

    def facts(self) -> EngineFacts:
        raise ZeroDivisionError("no facts")

    def voices(self) -> tuple[VoiceFacts, ...]:
        raise KeyError("no voices")


@pytest.mark.parametrize(
    ("where", "ask", "words"),
    [
        ("made", open_engine, "RuntimeError: no licence"),
        ("asked", engine_facts, "ZeroDivisionError: no facts"),
        ("asked", list_voices, "KeyError: 'no voices'"),
    ],
)
def test_any_exception_of_an_engine_becomes_an_engine_error(
    monkeypatch: pytest.MonkeyPatch, where: str, ask: Callable[[str], object], words: str
) -> None:
    monkeypatch.setenv("BROKEN", where)
    enter(monkeypatch, broken=f"{__name__}:FailingEngine")
    open_engine.cache_clear()
    with pytest.raises(EngineError, match=f"the engine 'broken' failed: {words}"):
        ask("broken")


def test_an_unknown_engine_is_an_error_with_a_list_and_a_suggestion() -> None:
    with pytest.raises(VoicesError, match="the engines are pyttsx3, kokoro, piper, tone") as caught:
        open_engine("pytsx3")
    assert caught.value.hint == "did you mean 'pyttsx3'?"


def test_an_entry_point_adds_an_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, theirs="audiobook.engines.tone:ToneEngine")
    assert list_engines() == (*registry.ENGINES, "theirs")
    assert isinstance(open_engine("theirs"), ToneEngine)


def test_an_entry_point_cannot_replace_a_built_in_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, tone="nowhere:Impostor")
    assert list_engines() == tuple(registry.ENGINES)
    open_engine.cache_clear()
    assert isinstance(open_engine("tone"), ToneEngine)


def test_an_engine_that_cannot_be_loaded_is_a_missing_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    enter(monkeypatch, broken="a_package_that_is_not_there:Engine")
    with pytest.raises(MissingToolError, match="a_package_that_is_not_there"):
        open_engine("broken")


def test_no_engine_is_imported_before_its_name_is_used() -> None:
    code = "import sys, audiobook.engines; print([m for m in sys.modules if m.startswith(('pyttsx3', 'espeakng'))])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"
