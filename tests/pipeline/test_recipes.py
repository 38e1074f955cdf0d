"""Recipe numbers: counting one up is all it takes for nothing of an older program's work to be used."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import audiobook
from audiobook.mixing import level_key, segment_key
from audiobook.model.cast import Voice
from audiobook.model.clip import Clip, Segment
from audiobook.model.cue import Cue
from audiobook.model.request import BuildRequest, Encoding
from audiobook.model.script import Place
from audiobook.pipeline import deliver, scripts, spoken_lines
from audiobook.pipeline.timeline import store
from audiobook.synthesis import cue_key
from audiobook.synthesis.import_audio import Import, audio_key
from audiobook.writers import Album, encoded_segment_key

PACKAGE = Path(audiobook.__file__).parent
PLACE = Place(chapter=1, paragraph=1, line=1)
CUE = Cue(place=PLACE, text="Hello.", voice=Voice(engine="tone", name="flute"))
SEGMENT = Segment(chapter=1, clips=(Clip(place=PLACE, key="a", gain=0.0, pause=0),))
ALBUM = Album(title="The Ferry", authors=(), narrators=(), genre="", language="en", comment="", year="")

# Where a recipe number stands, and a key that it is part of.
KEYS: dict[str, Callable[[Path], str]] = {
    "readers": scripts.script_key,
    "attribution": scripts.script_key,
    "synthesis.take_key": lambda _: cue_key(CUE, "1.0"),
    "synthesis.import_audio": lambda _: audio_key("a", Import(longest=1.0)),
    "mixing.levels": lambda _: level_key("a"),
    "mixing.segments": lambda _: segment_key(SEGMENT, 22050),
    "writers.mp3.encoding": lambda _: encoded_segment_key("a", Encoding()),
    "writers.wav.writer": lambda _: encoded_segment_key("a", Encoding(format="wav")),
    "writers.m4b.encoding": lambda _: encoded_segment_key("a", Encoding(format="m4b")),
    "writers.opus.writer": lambda _: encoded_segment_key("a", Encoding(format="opus")),
    "writers.flac.writer": lambda _: encoded_segment_key("a", Encoding(format="flac")),
    "pipeline.spoken_lines": lambda _: spoken_lines._key((), "en"),
    "pipeline.timeline.store": lambda _: store._chapter_key(store._OpenChapter(1, "I", ()), (), 22050),
    "pipeline.deliver": lambda book: deliver._result_key((), ALBUM, BuildRequest(book=book)),
}


@pytest.mark.parametrize("home", KEYS)
def test_counting_up_a_recipe_gives_other_keys(home: str, story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = KEYS[home](story)
    assert KEYS[home](story) == before
    monkeypatch.setattr(f"audiobook.{home}.RECIPE", 1_000_000)
    assert KEYS[home](story) != before


def test_every_recipe_is_in_the_table() -> None:
    homes = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        for path in PACKAGE.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RECIPE"
    }
    assert homes == set(KEYS)


def test_a_new_version_of_the_program_reads_a_book_anew(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = scripts.script_key(story)
    monkeypatch.setattr(scripts, "__version__", "999.0")
    assert scripts.script_key(story) != before
