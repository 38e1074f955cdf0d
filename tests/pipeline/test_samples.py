"""The same dialogue in every engine: which stretch of a book it is, and what comes of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from audiobook.errors import BookError
from audiobook.model.book import Facts
from audiobook.model.request import BuildRequest
from audiobook.model.script import NARRATOR, Script
from audiobook.services import build, load_script, make_samples
from audiobook.services.engine_samples import select_excerpt

QUIET = "It rained, and nobody went out, and nothing was said by anybody all day long.\n\n"
LIVELY = '"Is it far?" said Anna.\n\n"Too far," said Mr. Hale.\n\n"Then let us stay," said Tom.\n\n'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "rain.txt"
    path.write_text(f"CHAPTER I\n\n{QUIET * 8}CHAPTER II\n\n{QUIET * 3}{LIVELY}{QUIET * 3}", encoding="utf-8")
    return path


def speakers(script: Script) -> set[str | None]:
    return {line.speaker for line in script.lines()} - {NARRATOR}


def test_the_excerpt_is_where_the_most_people_speak(book: Path) -> None:
    found = select_excerpt(load_script(book), 20)
    assert [chapter.number for chapter in found.chapters] == [2]
    assert len(speakers(found)) == 3
    assert sum(len(line.text.split()) for line in found.lines()) < 40


def test_the_excerpt_is_made_of_whole_paragraphs(book: Path) -> None:
    whole = {line.place: line for line in load_script(book).lines()}
    found = list(select_excerpt(load_script(book), 5).lines())
    assert found[0].place.line == 1
    assert all(whole[line.place] == line for line in found)


def test_a_book_that_is_shorter_than_the_excerpt_is_all_of_it(book: Path) -> None:
    short = replace(load_script(book), chapters=load_script(book).chapters[1:])
    assert select_excerpt(short, 10_000) == short


def test_of_nothing_there_is_no_excerpt() -> None:
    with pytest.raises(BookError, match="no speakable text"):
        select_excerpt(Script(facts=Facts(title=""), characters=(), chapters=()), 10)


def test_each_engine_says_the_same(tmp_path: Path, book: Path) -> None:
    (own,) = make_samples(None, tmp_path, ["tone"])
    (of_book,) = make_samples(book, tmp_path, ["tone"])
    assert (own.file.name, of_book.file.name) == ("sample-tone.mp3", "rain-sample-tone.mp3")
    assert own.file.is_file()
    assert 10 < own.seconds < 90


def test_the_dialogue_of_our_own_has_two_speakers_of_either_gender(tmp_path: Path) -> None:
    from audiobook.services.engine_samples import _own

    script = _own(tmp_path)
    assert {(one.name, one.gender) for one in script.characters} == {("Anna Grey", "female"), ("Mr. Hale", "male")}
    assert {line.speaker for line in script.lines()} == {NARRATOR, "Anna Grey", "Mr. Hale"}
    assert "whispered" in {line.style for line in script.lines()}
    assert build(BuildRequest(book=tmp_path / "The Lamp Room.txt", engine="tone")).report.doubtful == 0
