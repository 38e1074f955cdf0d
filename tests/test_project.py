"""One request over one book: assembled in one place, computed once, from the request's own cache."""

from pathlib import Path

from audiobook.model.request import PRESETS, BuildRequest
from audiobook.project import Project
from audiobook.runtime.cache import Cache

BOOK = Path(__file__).parent.parent / "seeds"


def _book() -> Path:
    return min(path for path in BOOK.iterdir() if path.suffix == ".txt")


def test_what_a_project_has_computed_is_kept() -> None:
    project = Project(BuildRequest(book=_book(), engine="tone"))
    assert project.script is project.script
    assert project.cast is project.cast
    assert project.part is project.part


def test_a_project_keeps_its_script_in_the_cache_of_its_request(tmp_path: Path) -> None:
    project = Project(BuildRequest(book=_book(), engine="tone", cache=tmp_path / "own"))
    assert not project.is_analysed
    assert project.script.chapters
    assert Cache(tmp_path / "own").usage()["scripts"].entries == 1
    assert Cache().usage()["scripts"].entries == 0


def test_the_cast_of_a_project_has_the_silences_of_its_preset() -> None:
    mastering = PRESETS["acx"].mastering
    cast = Project(BuildRequest(book=_book(), engine="tone", mastering=mastering)).cast
    assert (cast.pauses.opening, cast.pauses.chapter) == (mastering.opening, mastering.closing)


def test_chosen_chapters_have_the_voices_of_the_whole_book() -> None:
    whole = Project(BuildRequest(book=_book(), engine="tone"))
    first = whole.script.chapters[0].number
    part = Project(BuildRequest(book=_book(), engine="tone", chapters=str(first)))
    assert [chapter.number for chapter in part.part.chapters] == [first]
    assert part.cast == whole.cast
