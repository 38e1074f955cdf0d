"""The narrator's lines, recorded before it is known who says the rest."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audiobook import mixing
from audiobook.edition import Edition, Order
from audiobook.production import analysing, build, casting_of
from audiobook.production.arranging import arranged
from audiobook.production.castings import cast_for, direction_for
from audiobook.production.narrating import _narration
from audiobook.script import Script
from audiobook.shelf import Shelf
from tests.production.conftest import STORY

SEEDS = Path(__file__).parents[2] / "seeds"
BOOKS = sorted(path for path in SEEDS.iterdir() if path.suffix in (".txt", ".md", ".epub"))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
def test_what_is_foreseen_is_what_the_narrator_says_in_the_end(book: Path) -> None:
    made = casting_of(Order(book=book, engine="tone"))
    gains = dict.fromkeys(made.cast.voices(), 0.0)

    def keys(script: Script) -> Iterator[str]:
        return (key for plan in arranged(script, made.cast, gains, []) for key, _ in plan.cues)

    told = [line for line in made.script.lines() if line.kind == "narration"]
    undecided = analysing.undecided(book)
    assert [(line.place, line.text, line.kind) for line in undecided.lines()] == [
        (line.place, line.text, line.kind) for line in made.script.lines()
    ]
    narration = _narration(undecided)
    assert len(list(narration.lines())) == len(told)
    assert set(keys(narration)) <= set(keys(made.script))


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize("enough", [1, 2_000, 10**9])
def test_the_opening_is_how_the_whole_begins(book: Path, enough: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysing, "_OPENING", enough)
    opening = [(line.place, line.text, line.kind) for line in analysing.opening(book).lines()]
    whole = [(line.place, line.text, line.kind) for line in analysing.undecided(book).lines()]
    assert opening == whole[: len(opening)]
    length = sum(len(text) for _, text, _ in opening)
    assert length >= enough or opening == whole


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.name)
@pytest.mark.parametrize(("size", "stretch"), [(1, 1), (3_000, 500), (3_000, 3_000), (10**9, 500)])
def test_a_sample_is_stretches_of_the_whole_from_its_beginning_on(
    book: Path, size: int, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "_SAMPLE", size)
    monkeypatch.setattr(analysing, "_STRETCH", stretch)
    sampled = ["".join(line.text for line in chapter.lines) for chapter in analysing.sample(book).chapters]
    whole = "".join(line.text for line in analysing.undecided(book).lines())
    at = [whole.find(text) for text in sampled]
    assert at[0] == 0
    assert at == sorted(at)
    assert (sum(map(len, sampled)) == len(whole)) == (size >= len(whole))


@pytest.fixture
def analysed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the story were long enough for a process of its own."""
    monkeypatch.setattr(analysing, "_LARGE", 0)


@pytest.mark.usefixtures("analysed_apart")
def test_a_book_sounds_the_same_whether_its_narration_was_foreseen_or_not(
    built: Callable[..., Edition], story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart = built()
    monkeypatch.setattr(analysing, "_LARGE", 10**9)
    alone = build(Order(book=story, engine="tone", jobs=1, cache=tmp_path / "another", output=tmp_path / "alone.mp3"))
    assert apart.files[0].read_bytes() == alone.files[0].read_bytes()
    assert apart.report.recorded == alone.report.recorded
    assert Shelf().usage()["takes"] == Shelf(tmp_path / "another").usage()["takes"]


@pytest.mark.usefixtures("analysed_apart")
def test_narration_in_a_voice_that_turns_out_to_be_another_leaves_nothing_behind(
    built: Callable[..., Edition], story: Path
) -> None:
    """A man tells the story: a man's voice tells it, and not the one that was foreseen."""
    story.write_text(
        STORY + '\n"I am Tom," I said.\n\n"You are a good boy, Tom," said Bram to me.\n\n"I am her brother," I said.\n'
    )
    made = built()
    cast = casting_of(Order(book=story, engine="tone")).cast
    foreseen = cast_for(analysing.undecided(story), direction_for(Order(book=story, engine="tone"))[0])
    assert cast.narrator != foreseen.narrator
    calibration = len(cast.voices()) * (1 + len(mixing.CALIBRATION_LINES))
    assert Shelf().usage()["takes"].pieces == made.report.recorded + calibration
