"""What is read from a Fountain screenplay, who says it, and what is left out."""

import time
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book, Paragraph
from audiobook.readers import account_of, read_book

_SCRIPT = """\
Title:
    _**The Last Ferry**_
Credit: Written by
Author: Ann Lee and Bo Day
Draft date: 1/1/2026

INT. FERRY HOUSE - NIGHT #12A#

Rain on the *window*. [[Is it too dark?]] A lamp
burns low.

OONA (V.O.)
(quietly)
Is it far?
I am cold.

@McAvoy ^
An hour.

CUT TO:

.MONTAGE

= Oona walks.

> THE END <

/* OLD BRAM
Never mind. */
!BANG
"""


def read(tmp_path: Path, text: str) -> Book:
    path = tmp_path / "script.fountain"
    path.write_text(text, encoding="utf-8")
    book = read_book(path)
    assert account_of(path, book).faults == ()
    return book


def every(book: Book) -> list[Paragraph]:
    return [paragraph for chapter in book.chapters for paragraph in chapter.paragraphs]


def test_the_title_page_names_the_script_and_its_authors(tmp_path: Path) -> None:
    facts = read(tmp_path, _SCRIPT).facts
    assert (facts.title, facts.authors) == ("The Last Ferry", ("Ann Lee", "Bo Day"))


def test_speeches_have_speakers_whose_names_are_not_read(tmp_path: Path) -> None:
    book = read(tmp_path, _SCRIPT)
    said = [(p.speaker, p.text) for p in every(book) if p.speaker]
    assert said == [("OONA", "(quietly) Is it far? I am cold."), ("McAvoy", "An hour.")]
    speech = next(p for p in every(book) if p.speaker == "OONA")
    assert [speech.text[a:b] for a, b in speech.directions] == ["(quietly)"]


def test_action_and_transitions_are_stage_directions(tmp_path: Path) -> None:
    found = [p.text for p in every(read(tmp_path, _SCRIPT)) if p.directions == ((0, len(p.text)),)]
    assert [" ".join(text.split()) for text in found] == [
        "Rain on the window. A lamp burns low.", "CUT TO:", "THE END", "BANG",
    ]  # fmt: skip


def test_notes_synopses_and_the_boneyard_are_left_out_with_their_reason(tmp_path: Path) -> None:
    path = tmp_path / "script.fountain"
    book = read(tmp_path, _SCRIPT)
    assert {part.reason for part in account_of(path, book).skipped} == {
        "title page", "scene number", "note", "speaker's name", "synopsis", "removed text",
    }  # fmt: skip


def test_scenes_are_chapters_where_there_are_no_sections(tmp_path: Path) -> None:
    assert [chapter.title for chapter in read(tmp_path, _SCRIPT).chapters] == ["INT. FERRY HOUSE - NIGHT", "MONTAGE"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("# Act One\n\nINT. A - DAY\n\nRain.\n\n# Act Two\n\nINT. B - DAY\n\nSun.\n", ["Act One", "Act Two"]),
        ("# All\n\n## One\n\nRain.\n\n## Two\n\nSun.\n", ["One", "Two"]),
        ("> **ACT ONE** <\n\nRain.\n\n> **ACT TWO** <\n\nSun.\n", ["ACT ONE", "ACT TWO"]),
    ],
)
def test_sections_and_acts_are_chapters(tmp_path: Path, text: str, titles: list[str]) -> None:
    assert [chapter.title.removeprefix("All: ") for chapter in read(tmp_path, text).chapters][-2:] == titles


def test_lyrics_are_verse_of_their_singer(tmp_path: Path) -> None:
    text = "INT. A - DAY\n\nOONA\nHear me:\n~The sea, the sea,\n~it sang to me.\n\nShe stops.\n"
    found = [(p.kind, p.speaker, p.text) for p in every(read(tmp_path, text))]
    assert ("verse", "OONA", "The sea, the sea,\nit sang to me.") in found


@pytest.mark.parametrize(
    "text",
    [
        "RAIN FALLS\n\nOONA runs.\n",
        "OONA\n\nShe runs.\n",
        "She sees:\nA SIGN\nand stops.\n",
        "!OONA\nruns.\n",
        "123\nNo.\n",
    ],
)
def test_what_is_no_cue_is_action(tmp_path: Path, text: str) -> None:
    assert not [p for p in every(read(tmp_path, text)) if p.speaker]


def test_a_blank_line_of_two_spaces_continues_a_speech(tmp_path: Path) -> None:
    found = every(read(tmp_path, "OONA\nFirst.\n  \nSecond.\n\nShe goes.\n"))
    assert [(p.speaker, p.text) for p in found] == [("OONA", "First."), ("OONA", "Second."), ("", "She goes.")]


def test_emphasis_is_kept_without_its_marks(tmp_path: Path) -> None:
    (found,) = every(read(tmp_path, r"It *was* **so**, _very_ ***late***, 5\* and 2 * 3 of snake_case_words." + "\n"))
    assert found.text == "It was so, very late, 5* and 2 * 3 of snake_case_words."
    assert [found.text[a:b] for a, b in found.emphasis] == ["was", "so", "very", "late"]


def test_each_speaker_is_cast_from_the_cues(tmp_path: Path) -> None:
    text = "INT. A - DAY\n\n" + "OONA\nIs it far?\n\nBRAM (CONT'D)\nAn hour.\n\n" * 3
    script = write_script(read(tmp_path, text), source="x")
    said = {(line.speaker, line.text.strip()) for chapter in script.chapters for line in chapter.lines}
    assert {("Oona", "Is it far?"), ("Bram", "An hour.")} <= said


@pytest.mark.parametrize(
    "text", ["[[" * 20_000, "/*" * 20_000, "/* " * 20_000, "_a *b " * 20_000, "*" * 50_000, "A\n" * 50_000, "(" * 9000]
)
def test_scripts_made_of_marks_take_no_time(tmp_path: Path, text: str) -> None:
    started = time.process_time()
    read(tmp_path, f"Once.\n\n{text}\n")
    assert time.process_time() - started < 6
