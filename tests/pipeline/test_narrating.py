"""The narrator's lines, recorded before it is known who says the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audiobook import mixing
from audiobook.model.request import BuildRequest, BuildResult
from audiobook.model.script import Script
from audiobook.pipeline import analysis
from audiobook.pipeline.narration_ahead import Ahead, _narration
from audiobook.pipeline.planning import plan_segments
from audiobook.project import Project
from audiobook.runtime.cache import Cache
from audiobook.services import build, cast_book
from tests.pipeline.conftest import STORY

SEEDS = Path(__file__).parents[2] / "seeds"
BOOKS = sorted(path for path in SEEDS.iterdir() if path.suffix in (".txt", ".md", ".epub"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_what_is_foreseen_is_what_the_narrator_says_in_the_end(book: Path) -> None:
    made = cast_book(BuildRequest(book=book, engine="tone"))
    gains = dict.fromkeys(made.cast.voices(), 0.0)

    def keys(script: Script) -> Iterator[str]:
        return (key for plan in plan_segments(script, made.cast, gains, []) for key, _ in plan.cues)

    told = [line for line in made.script.lines() if line.kind == "narration"]
    undecided = analysis.read_without_speakers(book)
    assert [(line.place, line.text, line.kind) for line in undecided.lines()] == [
        (line.place, line.text, line.kind) for line in made.script.lines()
    ]
    narration = _narration(undecided)
    assert len(list(narration.lines())) == len(told)
    assert set(keys(narration)) <= set(keys(made.script))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize("enough", [1, 2_000, 10**9])
def test_the_opening_is_how_the_whole_begins(book: Path, enough: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_OPENING", enough)
    opening = [(line.place, line.text, line.kind) for line in analysis.read_opening(book).lines()]
    whole = [(line.place, line.text, line.kind) for line in analysis.read_without_speakers(book).lines()]
    assert opening == whole[: len(opening)]
    length = sum(len(text) for _, text, _ in opening)
    assert length >= enough or opening == whole


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize(("size", "stretch"), [(1, 1), (3_000, 500), (3_000, 3_000), (10**9, 500)])
def test_a_sample_is_told_as_the_whole_is(book: Path, size: int, stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_SAMPLE", size)
    monkeypatch.setattr(analysis, "_STRETCH", stretch)
    sampled = ["".join(line.text for line in chapter.lines) for chapter in analysis.read_sample(book).chapters]
    whole = "".join(line.text for line in analysis.read_without_speakers(book).lines())
    at = [whole.find(text) for text in sampled]
    assert at[0] == 0
    assert at == sorted(at)
    assert (sum(map(len, sampled)) == len(whole)) == (size >= len(whole))


@pytest.fixture
def analysed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the story were long enough for a process of its own."""
    monkeypatch.setattr(analysis, "_LARGE", 0)


@pytest.mark.usefixtures("analysed_apart")
def test_a_book_sounds_the_same_whether_its_narration_was_foreseen_or_not(
    built: Callable[..., BuildResult], story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = built()
    monkeypatch.setattr(analysis, "_LARGE", 10**9)
    alone = build(
        BuildRequest(book=story, engine="tone", jobs=1, cache=tmp_path / "another", output=tmp_path / "alone.mp3")
    )
    assert apart.files[0].read_bytes() == alone.files[0].read_bytes()
    assert apart.report.recorded == alone.report.recorded
    assert Cache().usage()["takes"] == Cache(tmp_path / "another").usage()["takes"]


@pytest.mark.usefixtures("analysed_apart")
def test_narration_in_a_voice_that_turns_out_to_be_another_leaves_nothing_behind(
    built: Callable[..., BuildResult], story: Path
) -> None:
    """A man tells the story: a man's voice tells it, and not the one that was foreseen."""
    story.write_text(
        STORY + '\n"I am Tom," I said.\n\n"You are a good boy, Tom," said Bram to me.\n\n"I am her brother," I said.\n'
    )
    made = built()
    cast = cast_book(BuildRequest(book=story, engine="tone")).cast
    foreseen = Project(BuildRequest(book=story, engine="tone")).cast_script(analysis.read_without_speakers(story))
    assert cast.narrator != foreseen.narrator
    calibration = len(cast.voices()) * (1 + len(mixing.CALIBRATION_LINES))
    assert Cache().usage()["takes"].entries == made.report.recorded + calibration


class Heard:
    """A listener of whom it is known how often the row of clips was begun anew."""

    begun = 0

    def begin(self) -> None:
        self.begun += 1


class Foreseen:
    """A recorder that has nothing to do."""

    def prefetch(self, cues: object, enough: object) -> None: ...


def test_what_a_sample_queued_is_dropped_if_the_book_has_a_first_person_narrator(story: Path) -> None:
    story.write_text("CHAPTER I\n\nI saw it all. I was there, and I was alone. I am Tom.\n")
    request = BuildRequest(book=story, engine="tone", listen=True)
    listener, recorder = Heard(), Foreseen()
    ahead = Ahead(
        project=Project(request),
        recorder=recorder,  # type: ignore[arg-type]  # as far as it is used
        listener=listener,  # type: ignore[arg-type]  # a fake
    )
    assert ahead.is_listening
    ahead.hear(analysis.read_sample(story))
    assert listener.begun == 0
    ahead.narrate(analysis.read_without_speakers(story), lambda: True)
    assert listener.begun == 1


def test_chapters_that_are_asked_for_are_not_heard_from_a_sample(story: Path) -> None:
    request = BuildRequest(book=story, engine="tone", listen=True, chapters="2")
    ahead = Ahead(
        project=Project(request),
        recorder=Foreseen(),  # type: ignore[arg-type]  # a fake
        listener=Heard(),  # type: ignore[arg-type]  # a fake
    )
    assert not ahead.is_listening
