"""The text form of a script: written, read back, and changed by a person."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.errors import BookError
from audiobook.model.script import BY_HAND, Rename, Script
from audiobook.model.script_text import script_to_text
from audiobook.readers import is_script, read_script
from audiobook.readers.script.text import parse_script
from audiobook.readers.sources import decode
from tests.model.test_values import scripts


@given(scripts())
@settings(deadline=None, max_examples=40)
def test_a_script_comes_back_from_its_text_as_it_went(script: Script) -> None:
    text = decode(script_to_text(script).encode(), "S")
    assert parse_script(text, "S") == script
    assert script_to_text(parse_script(text, "S")) == text


PAGE = """audiobook script, version 1: who says what in a book, for reading, changing and building from

title: The Ferry
language: en

== cast
Oona: female, 2 lines, 5 words; also the girl
Old Man: male, 1 line, 2 words

== chapter 1: One

Oona: “Is it far?”
    asked Oona.

Old Man?: “An hour.”

?: “Two.”
"""


def noted(change: Callable[[str], str]) -> Script:
    """The page as the program writes it, after a person's change."""
    return parse_script(change(script_to_text(parse_script(PAGE, "S"))), "S")


def speakers(script: Script) -> list[tuple[str | None, bool]]:
    return [(line.speaker, line.pinned) for line in script.lines() if line.kind == "dialogue"]


def test_a_page_without_notes_is_a_whole_script() -> None:
    script = parse_script(PAGE, "S")
    assert [line.text for line in script.lines()] == ["“Is it far?” ", "asked Oona.", "“An hour.”", "“Two.”"]
    assert speakers(script) == [("Oona", False), ("Old Man", False), (None, False)]
    assert [line.confidence < 0.5 for line in script.lines()] == [False, False, True, True]
    assert {line.start for line in script.lines()} == {None}


def test_a_language_left_blank_is_english() -> None:
    assert parse_script(PAGE.replace("language: en", "language:"), "S").facts.language == "en"


def test_nothing_changed_is_nothing_decided() -> None:
    assert speakers(noted(str)) == [("Oona", False), ("Old Man", False), (None, False)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Old Man?: “", "Oona: “", ("Oona", True)),
        ("Old Man?: “", "Oona?: “", ("Oona", True)),
        ("Old Man?: “", "the girl: “", ("Oona", True)),
        ("Old Man?: “", "oona: “", ("Oona", True)),
        ("Old Man?: “", "Old Man: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man!: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man ! : “", ("Old Man", True)),
        ("Old Man?: “", "Pip: “", ("Pip", True)),
        ("Old Man?: “", "?: “", (None, True)),
        ("Old Man?: “", "narrator: “", ("narrator", True)),
        ("Old Man?: “", "Narrator: “", ("narrator", True)),
        ("Old Man?: “", "Old Man thinks: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man thinks!: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man thinks?: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man whispers: “", ("Old Man", True)),
        ("Old Man?: “", "Old Man? shouts: “", ("Old Man", True)),
    ],
)
def test_whatever_a_person_writes_in_front_of_a_line_is_a_pin(
    before: str, after: str, expected: tuple[str | None, bool]
) -> None:
    script = noted(lambda text: text.replace(before, after))
    line = [line for line in script.lines() if line.kind == "dialogue"][1]
    assert (line.speaker, line.pinned) == expected
    assert (line.confidence, line.evidence) == (1.0, BY_HAND)
    assert parse_script(script_to_text(script), "S") == script


def test_a_pin_is_taken_out_with_its_sign() -> None:
    pinned = noted(lambda text: text.replace("Old Man?:", "Oona!:"))
    freed = parse_script(script_to_text(pinned).replace("Oona!:", "Oona:"), "S")
    assert speakers(freed)[1] == ("Oona", False)


def test_a_person_may_doubt_what_the_program_was_sure_of() -> None:
    line = next(noted(lambda text: text.replace("Oona: “Is", "Oona?: “Is")).lines())
    assert (line.speaker, line.pinned, line.confidence < 0.5) == ("Oona", False, True)


def test_narration_with_a_name_in_front_is_speech_and_speech_without_is_narration() -> None:
    script = noted(lambda text: text.replace("    asked Oona.", "Oona: asked Oona.").replace("?: “Two", "    “Two"))
    lines = list(script.lines())
    assert [(line.kind, line.speaker, line.pinned) for line in lines] == [
        ("dialogue", "Oona", False),
        ("dialogue", "Oona", True),
        ("dialogue", "Old Man", False),
        ("narration", "narrator", True),
    ]


def test_an_arrow_in_the_cast_joins_two_people() -> None:
    script = noted(lambda text: text.replace("Old Man: male, 1 line, 2 words", "Old Man -> Oona"))
    assert [(c.name, c.aliases) for c in script.characters] == [("Oona", ("the girl",))]
    assert speakers(script)[1] == ("Oona", False)
    assert script.renames == (Rename(name="Old Man", becomes="Oona"),)


@pytest.mark.parametrize("arrow", [" -> ", "->", " → "])
def test_an_arrow_in_the_cast_renames_somebody(arrow: str) -> None:
    script = noted(lambda text: text.replace("== cast", f"== cast\nOld Man{arrow}Marley"))
    assert [(c.name, c.aliases) for c in script.characters] == [("Oona", ("the girl",)), ("Marley", ("Old Man",))]
    assert speakers(script)[1] == ("Marley", False)


@pytest.mark.parametrize("becomes", ["Marley", "Oona"])
def test_a_name_replaced_everywhere_is_a_rename(becomes: str) -> None:
    script = noted(lambda text: text.replace("Old Man", becomes))
    assert script.renames == (Rename(name="Old Man", becomes=becomes),)
    assert speakers(script)[1] == (becomes, False)
    assert [c.name for c in script.characters] == list(dict.fromkeys(["Oona", becomes]))


def test_a_name_changed_in_the_cast_alone_is_a_rename() -> None:
    script = noted(lambda text: text.replace("Old Man: male", "Marley: male"))
    assert speakers(script)[1] == ("Marley", False)
    assert script.renames == (Rename(name="Old Man", becomes="Marley"),)


def test_a_changed_gender_is_a_decision() -> None:
    script = noted(lambda text: text.replace("Old Man: male", "Old Man: female, old"))
    assert [(c.gender, c.age, c.pinned) for c in script.characters] == [
        ("female", None, False),
        ("female", "old", True),
    ]


def test_paragraphs_written_in_or_taken_out_leave_the_notes_of_the_others() -> None:
    script = noted(
        lambda text: text.replace("Old Man?: “An hour.”", "Pip: “Look!”\n\n    A gull.\n\nOld Man?: “An hour.”")
    )
    assert speakers(script) == [("Oona", False), ("Pip", True), ("Old Man", False), (None, False)]
    without = noted(lambda text: text.replace("Old Man?: “An hour.”\n\n", ""))
    assert speakers(without) == [("Oona", False), (None, False)]


def test_a_line_cut_in_two_is_a_decision_on_both_halves() -> None:
    script = noted(lambda text: text.replace("?: “Two.”", "Pip: “Tw\\\n    o.”"))
    assert [(line.text, line.speaker, line.pinned) for line in script.lines()][3:] == [
        ("“Tw", "Pip", True),
        ("o.”", "narrator", True),
    ]


def test_a_corrected_word_keeps_its_notes_and_its_speaker() -> None:
    script = noted(lambda text: text.replace("An hour", "One hour"))
    assert speakers(script) == speakers(noted(str))


def test_remarks_windows_line_ends_and_white_space_at_the_ends_of_lines_do_no_harm() -> None:
    text = script_to_text(parse_script(PAGE, "S"))
    messy = "\ufeff" + text.replace("\n", "  \r\n").replace("== chapter", "# mine\r\n== chapter")
    assert parse_script(decode(messy.encode(), "S"), "S") == parse_script(text, "S")


@pytest.mark.parametrize(
    ("before", "after", "row", "about"),
    [
        ("Old Man?: “An", "“An", 15, "nobody is named"),
        ("Old Man?: “An", ": “An", 15, "nobody is named"),
        ("    asked", "[song]\n    asked", 13, "no kind of paragraph"),
        ("“Two.”", "“Tw\\o.”", 17, "backslash"),
        ("female", "lady", 7, "'lady'"),
        ("== chapter 1", "== chapter one", 10, "there is no part"),
        ("title: ", "titel: ", 3, "title"),
        ("version 1", "version 9", 1, "version 1"),
        ("Oona: “Is", '"Oona: “Is', 12, "name"),
        ("Oona: “Is", "/ “Is", 12, "goes on"),
        ("Oona: “Is", '"": “Is', 12, "a name has something in it"),
        ("Oona: “Is", "(Oona: “Is", 12, "does not close"),
        ("Oona: female", "Oona is a girl\nOona: female", 7, "a colon behind it"),
        ("Oona: female", "Oona -> Una: female", 7, "with nothing else in it: Oona -> Una"),
    ],
)
def test_a_broken_line_is_told_with_its_number(before: str, after: str, row: int, about: str) -> None:
    page = PAGE.replace(before, after, 1)
    with pytest.raises(BookError) as caught:
        parse_script(page, "S")
    assert about in caught.value.message
    assert caught.value.hint
    assert caught.value.where == f"S, line {row}"


def test_a_circle_of_new_names_is_told() -> None:
    with pytest.raises(BookError, match="circle"):
        parse_script(PAGE.replace("== cast", "== cast\nOona -> Old Man\nOld Man -> Oona"), "S")


def test_a_broken_note_says_that_a_script_is_good_without_notes() -> None:
    text = script_to_text(parse_script(PAGE, "S"))
    for broken in (
        "[1,2",
        '["",null,null,false]',
        '["IA==",null,null,false]',
        "[1,2,3,99]",
        '["x",null,null,false]',
        '[1,null,null,0,"ds",7,"",null]',
        "3",
        "[" * 10_000,
    ):
        with pytest.raises(BookError, match="without its notes"):
            parse_script(f"{text}{broken}\n", "S")


@pytest.mark.parametrize("name", ["ferry.script.txt", "ferry", "ferry.md"])
def test_the_text_form_is_known_by_its_first_line_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        path.write_text(PAGE, encoding=encoding)
        assert is_script(path)
        assert read_script(path).facts.title == "The Ferry"
    path.write_text("The audiobook script, version 1, was lost.", encoding="utf-8")
    assert not is_script(path)


HOSTILE = {
    "one line": "a" * 2_000_000,
    "blanks": " " * 2_000_000,
    "a name of blanks": "Oona" + " " * 1_000_000 + "x" * 1_000_000,
    "marks": "?!" * 1_000_000 + ":",
    "quotes": '"' * 2_000_000,
    "backslashes": "\\" * 1_000_001,
    "parentheses": "(" * 2_000_000 + ":",
    "strokes": "Oona: x\n" + "/ \n" * 300_000,
    "blocks": "Oona: x\n\n" * 20_000,
    "lines": "    x\n" * 20_000,
    "labels": "[verse]\n" * 300_000,
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_whatever_stands_in_a_file_is_read_or_refused_in_linear_time(body: str) -> None:
    started = time.process_time()
    with suppress(BookError):
        parse_script(PAGE + "\n" + body, "S")
    assert time.process_time() - started < 5


def test_whoever_is_made_another_name_of_somebody_is_joined() -> None:
    script = noted(lambda text: text.replace("\nOld Man: male, 1 line, 2 words", "").replace("the girl", "Old Man"))
    assert speakers(script)[1] == ("Oona", False)
    assert script.renames == (Rename(name="Old Man", becomes="Oona"),)


@given(scripts(), st.data())
@settings(deadline=None, max_examples=40)
def test_whatever_a_person_does_to_the_rows_of_a_file_is_read_or_told(script: Script, data: st.DataObject) -> None:
    rows = script_to_text(script).split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(1, len(rows) - 1))
        other = data.draw(st.sampled_from(rows))
        rows[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from([[], [other], [f"  {other}"], [other[:5]], [f"Oona: {other}"], ["Oona -> Bram"], ["\\"]])
        )
    with suppress(BookError):
        changed = parse_script("\n".join(rows), "S")
        assert parse_script(script_to_text(changed), "S") == changed
