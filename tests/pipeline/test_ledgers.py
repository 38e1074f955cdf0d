"""The ledger of a build: every word and every frame accounted for, and whatever is lost on the way told."""

import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from audiobook import mixing, readers
from audiobook.errors import BookError, UsageError
from audiobook.model.book import Book, ParagraphKind
from audiobook.model.ledger import Ledger, ledger_to_json, ledger_to_text
from audiobook.model.reading import ReadingOptions
from audiobook.model.request import BuildRequest, BuildResult, Encoding
from audiobook.model.script_json import script_from_json
from audiobook.model.script_text import script_to_text
from audiobook.normalization import spoken_form
from audiobook.runtime import ffmpeg
from audiobook.services import build, load_script
from tests.pipeline.conftest import STORY
from tests.readers.books import MARKDOWN, PAGES, PLAIN
from tests.readers.epubs import Epub, page

Build = Callable[..., BuildResult]


def decoded(file: Path) -> int:
    """The samples a player hears of a file, by ffmpeg."""
    command = [str(ffmpeg.find()), "-v", "error", "-i", str(file), "-f", "s16le", "-ac", "1", "pipe:1"]
    return len(subprocess.run(command, check=True, capture_output=True).stdout) // 2


def check(result: BuildResult) -> Ledger:
    """Every sum of the ledger of a whole audiobook, computed here again, down to the samples of a player."""
    ledger = result.report.ledger
    sounded = [row.sounded for row in ledger.rows]
    assert ledger.faults == ()
    assert ledger.words == ledger.spoken + ledger.skipped_words + ledger.lost
    assert all(row.spoken >= 0 for row in ledger.rows)
    assert all(s.takes + s.pauses == s.sound for s in sounded)
    sound_files = [file for file in result.files if file.suffix == ".mp3"]
    assert sum(map(decoded, sound_files)) == sum(s.heard for s in sounded)
    assert sum(s.samples for s in sounded) - ledger.lead == sum(s.heard for s in sounded)
    return ledger


def test_a_build_accounts_for_every_word_and_every_frame(built: Build) -> None:
    ledger = check(built())
    assert (ledger.words, ledger.spoken, ledger.reasons()) == (49, 43, {"title page": 6})
    assert [(row.source, row.sounded.title) for row in ledger.rows] == [(23, "CHAPTER I"), (20, "CHAPTER II")]


def test_a_rebuild_has_the_same_ledger(built: Build) -> None:
    assert built().report.ledger == built().report.ledger


def test_chapters_left_out_are_listed(built: Build) -> None:
    ledger = check(built(chapters="2"))
    assert (ledger.words, ledger.spoken, ledger.reasons()) == (49, 20, {"left out by --chapters": 23, "title page": 6})


def test_with_a_file_per_chapter_each_file_has_the_length_of_its_row(built: Build) -> None:
    result = built(per_chapter=True)
    ledger = check(result)
    assert [decoded(file) for file in result.files[:-1]] == [row.sounded.heard for row in ledger.rows]


def test_takes_of_another_rate_add_up(built: Build) -> None:
    ledger = built(encoding=Encoding(sample_rate=44100, bitrate=96)).report.ledger
    assert ledger.balanced
    assert ledger.sample_rate == 44100


def test_lines_with_nothing_to_be_spoken_are_listed_with_their_place(built: Build, story: Path) -> None:
    story.write_text(STORY.replace("The ferry rocked.", "The ferry rocked.\n\noOo\n\nAnd rocked."), encoding="utf-8")
    ledger = check(built())
    (stretch,) = [s for s in ledger.skipped if s.reason == "nothing to be spoken"]
    assert (stretch.place, stretch.words, stretch.opening) == ("chapter 1, paragraph 5, line 1", 1, "oOo")


def test_a_script_is_its_own_source(built: Build, story: Path, tmp_path: Path) -> None:
    written = tmp_path / "ferry.script.txt"
    written.write_text(script_to_text(load_script(story)), encoding="utf-8")
    ledger = check(built(book=written))
    assert (ledger.source, ledger.words, ledger.spoken) == ("ferry.script.txt", 43, 43)


def test_words_lost_in_a_gap_are_counted_and_listed(built: Build, story: Path, faulty: str) -> None:
    story.write_text(STORY.replace('"An hour,"', '"A kraken, there!"'), encoding="utf-8")
    result = built(engine=faulty, allow_gaps=True)
    ledger = check(result)
    assert result.report.exit_code == 7
    assert (ledger.lost, [(gap.words, gap.text) for gap in ledger.gaps]) == (3, [(3, "A kraken, there!")])
    assert "3  chapter 1, paragraph 3, line 1; the voice broke: " in ledger_to_text(ledger)


def test_a_paragraph_that_reading_loses_is_told_and_the_build_is_partial(
    built: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = readers.read_book

    def careless(path: Path, options: ReadingOptions) -> Book:
        book = whole(path, options)
        first, *rest = book.chapters
        return replace(book, chapters=(replace(first, paragraphs=first.paragraphs[:-1]), *rest))

    monkeypatch.setattr(readers, "read_book", careless)
    result = built()
    faults = ("line 11: nobody says what became of 'The ferry rocked.'",)
    assert result.report.ledger.faults[:1] == faults
    assert result.report.exit_code == 7
    assert result.files[0].is_file()


def test_a_line_that_the_script_loses_is_told(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    from audiobook.pipeline import scripts

    whole = script_from_json

    def careless(data: Any) -> Any:
        script = whole(data)
        first, *rest = script.chapters
        return replace(script, chapters=(replace(first, lines=first.lines[:-1]), *rest))

    monkeypatch.setattr(scripts, "script_from_json", careless)
    (fault, *_) = built().report.ledger.faults
    assert fault == "chapter 1: 23 words were read, and other 20 are in its lines"


def test_sound_that_stitching_loses_is_told(built: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = mixing.render_segment
    monkeypatch.setattr(mixing, "render_segment", lambda *given, **named: whole(*given, **named)[:-100])  # milliseconds
    faults = built().report.ledger.faults
    assert len(faults) == 2
    assert faults[0].startswith("segment 1, in chapter 1: ")


def test_the_ledger_is_written_as_a_text_or_as_json(built: Build, tmp_path: Path) -> None:
    ledger = built(ledger=tmp_path / "ledger.txt").report.ledger
    built(ledger=tmp_path / "ledger.json")
    assert (tmp_path / "ledger.txt").read_text(encoding="utf-8") == ledger_to_text(ledger)
    told = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    assert told == json.loads(json.dumps(ledger_to_json(ledger)))
    assert told["words"] == {"source": 49, "spoken": 43, "skipped": 6, "lost": 0, "reasons": {"title page": 6}}
    assert told["balanced"] is True


def test_a_ledger_takes_no_books_place(built: Build, story: Path) -> None:
    with pytest.raises(UsageError, match="the ledger would overwrite it"):
        built(ledger=story)


def test_a_ledger_that_does_not_balance_says_so_first(built: Build) -> None:
    ledger = replace(built().report.ledger, faults=("line 7: nobody says what became of 'Oh!'",))
    assert "It does not balance, which is a bug in audiobook:\n  line 7: nobody says" in ledger_to_text(ledger)


PLAIN_WORDS = st.sampled_from(
    [
        "never",
        "lamp",
        "walked",
        "house",
        "softly",
        "again",
        "yellow",
        "winter",
        "between",
        "her",
        "said",
        "not",
        "river",
    ]
)
MARKS = st.sampled_from(
    [" ", ", ", ". ", "; ", " — ", "! ", "? ", ": ", "\n", " (", ") ", " “", "” ", "… ", " * ", " _", "_ "]
)


@given(st.lists(st.tuples(PLAIN_WORDS, MARKS), min_size=1, max_size=30), st.sampled_from(["prose", "verse", "heading"]))
def test_a_word_that_is_said_as_it_is_written_stays_in_the_spoken_form(
    pieces: list[tuple[str, str]], block: ParagraphKind
) -> None:
    said = spoken_form("".join(word + mark for word, mark in pieces), block=block, pronunciations=(), language="en")
    assert re.findall("[a-z]+", said.lower()) == [word for word, _ in pieces]


def _built_of(folder: str, book: Path, **wanted: Any) -> BuildResult:
    request = BuildRequest(book=book, engine="tone", jobs=1, cache=Path(folder) / "cache", **wanted)
    try:
        return build(request)
    except BookError:
        assume(condition=False)
        raise


@pytest.mark.slow
@given(st.one_of(PLAIN.map(lambda t: ("txt", t)), MARKDOWN.map(lambda t: ("md", t)), PAGES.map(lambda t: ("epub", t))))
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
def test_every_word_of_a_generated_book_is_spoken_once_or_listed(book: tuple[str, str]) -> None:
    kind, text = book
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book.{kind}"
        if kind == "epub":
            path = Epub(pages={"a.xhtml": page(text), "b.xhtml": page("<h1>Two</h1><p>Words.</p>")}).write(Path(folder))
        else:
            path.write_text(text, encoding="utf-8")
        ledger = check(_built_of(folder, path))
        script = Path(folder) / "own.script.txt"
        script.write_text(script_to_text(load_script(path)), encoding="utf-8")
        again = check(_built_of(folder, script, per_chapter=True))
        assert again.words == sum(row.sounded.words for row in ledger.rows)
