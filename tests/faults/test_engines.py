"""Engines that go wrong: what can be tried again is, and an audiobook with a hole is never delivered as if whole."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from audiobook.engines import engine_facts, list_voices, open_engine
from audiobook.errors import EngineError
from audiobook.model.request import BuildRequest, BuildResult, PreviewRequest
from audiobook.pipeline import build as flow
from audiobook.services import build, make_preview
from audiobook.synthesis import Recorder, recorder
from tests.fake_engines import faulty, misbehaving
from tools.faults.building import Site, left_behind
from tools.faults.verdicts import INTERNAL

KRAKEN = "The kraken rose behind the ferry, and the lamps went out along the whole length of the harbour wall."
STORY = f"""CHAPTER I

"Is it far?" asked Oona, and she looked at the sea for a long while.

{KRAKEN}

"An hour," said Bram. He looked at the sky. "Two hours, I should say, if it blows from the north."
"""
PLACE = "chapter 1, paragraph 3, line 1"
FAULTS = {  # way → what is said of it
    "hangs": "no answer in time",
    "spins": "no answer in time",
    "holds everything up": "no answer in time",
    "leaves": "exit code 3",
    "crashes": "SIGSEGV",
    "dies with words": "out of phonemes",
    "exits": "I have had enough",
    "fails": "no voice today",
    "fails strangely": "a strange failure",
    "returns garbage": "returned a str",
    "says nothing": "silent",
    "is silent": "silent",
    "is noise": "noise",
    "is cut off": "cut off",
    "says half": "cut off",
    "is stuck": "too long",
    "says it twice": "too long",
    "lies about the rate": "192000 Hz",
}
FEW = {"crashes", "is noise", "says half"}
WAYS = [pytest.param(way, marks=[] if way in FEW else pytest.mark.slow) for way in FAULTS]
Build = Callable[..., BuildResult]


@pytest.fixture
def story(tmp_path: Path) -> Path:
    book = tmp_path / "ferry.txt"
    book.write_text(STORY, encoding="utf-8")
    return book


@pytest.fixture
def built(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build the story with the engine that goes wrong in a way."""
    for folder in reversed(faulty.install(tmp_path / "site").split(":")):
        monkeypatch.syspath_prepend(folder)
    monkeypatch.setenv(misbehaving.MARKS, str(tmp_path / "site"))
    monkeypatch.setattr(flow, "Recorder", partial(Recorder, timeout=2.0))
    monkeypatch.setattr(recorder, "_TIMEOUT_PER_LETTER", 0.0)
    for cached in (open_engine, engine_facts, list_voices):
        cached.cache_clear()

    def build_it(way: str, *, once: bool = False, word: str = "kraken", allow_gaps: bool = False) -> BuildResult:
        monkeypatch.setenv(faulty.WAY, way)
        monkeypatch.setenv(faulty.WORD, word)
        if once:
            monkeypatch.setenv(faulty.ONCE, "1")
        return build(BuildRequest(book=story, engine=faulty.NAME, jobs=1, allow_gaps=allow_gaps))

    return build_it


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_wrong_once_is_made_good(built: Build, way: str) -> None:
    assert built(way, once=True).report.exit_code == 0


@pytest.mark.parametrize("way", WAYS)
def test_what_always_goes_wrong_delivers_nothing_and_is_named_with_its_place(
    built: Build, story: Path, way: str
) -> None:
    with pytest.raises(EngineError, match=f"(?s){PLACE}: .*{FAULTS[way]}.*kraken"):
        built(way)
    assert not story.with_suffix(".mp3").exists()
    assert built("fine").report.recorded == 1  # all the rest was kept


@pytest.mark.parametrize(
    "way", [pytest.param(way, marks=[] if way == "says half" else pytest.mark.slow) for way in FAULTS]
)
def test_a_gap_that_is_allowed_is_heard_and_listed(built: Build, way: str) -> None:
    result = built(way, allow_gaps=True)
    (gap,) = result.report.gaps
    assert (result.report.exit_code, str(gap.place), gap.text) == (7, PLACE, KRAKEN)
    assert FAULTS[way] in gap.reason
    whole = built("fine")
    assert whole.report.exit_code == 0
    assert 3 < whole.seconds - result.seconds < 7  # the beep is shorter than the line, and longer than nothing


@pytest.mark.parametrize("way", [pytest.param(way, marks=pytest.mark.slow) for way in FAULTS if "twice" not in way])
def test_an_engine_that_goes_wrong_with_everything_is_given_up(built: Build, story: Path, way: str) -> None:
    with pytest.raises(EngineError, match="does not speak"):
        built(way, word="")
    assert not story.with_suffix(".mp3").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize(("options", "code"), [((), 6), (("--allow-gaps",), 7)])
def test_the_command_says_so_with_its_exit_code(tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    path = faulty.install(tmp_path / "site")
    site = Site(tmp_path / "build", faulty.NAME, {"PYTHONPATH": path, faulty.WAY: "leaves"})
    site.book.write_text(STORY, encoding="utf-8")
    running = site.start(*options)
    result = running.end()
    assert result.code == code
    assert PLACE in result.err
    assert not any(word in result.err for word in INTERNAL)
    assert ("the audiobook is partial: 1 line missing" in result.err) == bool(options)
    assert site.output.exists() == bool(options)
    assert not left_behind(running.pid)
    assert not site.leftover_files()
    if options:
        assert result.report["partial"]
        assert [gap["place"] for gap in result.report["gaps"]] == [PLACE]


@pytest.mark.parametrize("way", ["is silent", "is noise", "is cut off"])
def test_an_audition_is_no_silence_either(
    built: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv(faulty.WAY, way)
    wanted = PreviewRequest(text=KRAKEN, voice="flute", engine=faulty.NAME, output=tmp_path / "kraken.wav")
    with pytest.raises(EngineError, match=FAULTS[way]):
        make_preview(wanted)
    assert not (tmp_path / "kraken.wav").exists()
