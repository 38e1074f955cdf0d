"""The user's edits in an analysis: they always hold, and they improve the lines around them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.attribution.analyze import write_script
from audiobook.attribution.pinned_lines import group_by_paragraph
from audiobook.model.book import Book
from audiobook.model.edits import LineEdit, ScriptEdits
from audiobook.model.script import BY_HAND, NARRATOR, Character, Line, Place, Rename, Script
from tests.attribution.test_golden_cases import book_of

TALK = """Hannah and Silas stood at the gate.

"You came back."

"I said that I would."

"People say things."

"I am not people."

"No. You are taller."

"Is that a complaint?"

"It is an observation."

"Then observe the basket."

"Of what?"

"Plums."
"""


def spoken(script: Script) -> list[str | None]:
    return [line.speaker for line in script.lines() if line.kind == "dialogue"]


def line_edit(book: Book, words: str, speaker: str | None, **changes: object) -> LineEdit:
    """Return an edit of the first occurrence of the words."""
    for chapter in book.chapters:
        for number, paragraph in enumerate(chapter.paragraphs, 1):
            at = paragraph.text.find(words)
            if at >= 0:
                whole = LineEdit(
                    chapter=chapter.number,
                    paragraph=number,
                    start=at,
                    end=at + len(words),
                    kind="dialogue",
                    speaker=speaker,
                )
                return replace(whole, **changes)  # type: ignore[arg-type]  # a test's keywords are a pin's
    raise AssertionError(words)


def line_with(script: Script, words: str) -> Line:
    return next(line for line in script.lines() if words in line.text)


@pytest.mark.parametrize("first", ["Hannah", "Silas"])
def test_one_pin_changes_the_speakers_of_ten_untagged_turns(first: str) -> None:
    book = book_of(TALK)
    script = write_script(book, edits=ScriptEdits(line_edits=(line_edit(book, '"You came back."', first),)))
    second = {"Hannah": "Silas", "Silas": "Hannah"}[first]
    assert spoken(script) == [first, second] * 5
    line = line_with(script, "You came back")
    assert (line.pinned, line.confidence, line.evidence) == (True, 1.0, BY_HAND)
    assert sum(line.pinned for line in script.lines()) == 1


def test_a_pin_with_a_new_name_adds_a_character() -> None:
    book = book_of(TALK)
    script = write_script(book, edits=ScriptEdits(line_edits=(line_edit(book, '"Plums."', "Dr. Brand-New"),)))
    assert spoken(script)[-1] == "Dr. Brand-New"
    assert "Dr. Brand-New" in {c.name for c in script.characters}


def test_a_pin_with_an_alias_means_the_person_of_that_alias() -> None:
    book = book_of('"Row," said Silas Hythe.\n\n"I am rowing," said Hannah.\n\n"Faster," said Silas.')
    script = write_script(book, edits=ScriptEdits(line_edits=(line_edit(book, '"I am rowing,"', "Silas"),)))
    assert spoken(script) == ["Silas Hythe"] * 3 or spoken(script) == ["Silas"] * 3


def test_a_line_may_be_pinned_without_a_speaker() -> None:
    book = book_of('"Row," said Silas.')
    line = next(write_script(book, edits=ScriptEdits(line_edits=(line_edit(book, '"Row,"', None),))).lines())
    assert (line.speaker, line.kind, line.pinned) == (None, "dialogue", True)


def test_a_pin_makes_narration_of_a_quotation_and_a_quotation_of_narration() -> None:
    book = book_of('Silas read the sign. "Keep out," it said. Come in, thought he.')
    line_edits = (
        line_edit(book, '"Keep out," ', NARRATOR, kind="narration"),
        line_edit(book, "Come in, ", "Silas", style="thought"),
    )
    lines = list(write_script(book, edits=ScriptEdits(line_edits=line_edits)).lines())
    assert [(line.kind, line.speaker, line.style, line.pinned, line.text) for line in lines] == [
        ("narration", NARRATOR, "said", False, "Silas read the sign. "),
        ("narration", NARRATOR, "said", True, '"Keep out," '),
        ("narration", NARRATOR, "said", False, "it said. "),
        ("dialogue", "Silas", "thought", True, "Come in, "),
        ("narration", NARRATOR, "said", False, "thought he."),
    ]
    assert [line.place.line for line in lines] == [1, 2, 3, 4, 5]


def test_a_quotation_may_be_divided_among_speakers() -> None:
    book = book_of('"Row! No, you row!" Silas and Hannah were tired.')
    line_edits = (line_edit(book, '"Row! ', "Silas"), line_edit(book, 'No, you row!" ', "Hannah"))
    lines = list(write_script(book, edits=ScriptEdits(line_edits=line_edits)).lines())
    assert [(line.speaker, line.text) for line in lines][:2] == [("Silas", '"Row! '), ("Hannah", 'No, you row!" ')]


FOG = """"Who is there?" said the stranger.

"Only me," said Pip. He had come with Joe.

"Then come in," said Marley.

"Thank you," said Joe.

"Mind the step," said the stranger."""


def test_two_people_are_merged_under_their_new_name() -> None:
    script = write_script(book_of(FOG), edits=ScriptEdits(renames=(Rename(name="The stranger", becomes="Marley"),)))
    assert spoken(script) == ["Marley", "Pip", "Marley", "Joe", "Marley"]
    (marley,) = (c for c in script.characters if c.name == "Marley")
    assert "the stranger" in marley.aliases
    assert marley.lines == 3
    assert script.renames == (Rename(name="The stranger", becomes="Marley"),)


def test_a_person_may_be_renamed() -> None:
    script = write_script(book_of(FOG), edits=ScriptEdits(renames=(Rename(name="Pip", becomes="philip pirrip"),)))
    assert spoken(script)[1] == "philip pirrip"
    assert "Pip" in next(c for c in script.characters if c.name == "philip pirrip").aliases


def test_several_people_may_be_merged_under_a_name_that_is_new() -> None:
    renames = (
        Rename(name="The stranger", becomes="Ghost"),
        Rename(name="Marley", becomes="Jacob"),
        Rename(name="Jacob", becomes="Ghost"),
        Rename(name="Nobody at all", becomes="Ghost"),
    )
    script = write_script(book_of(FOG), edits=ScriptEdits(renames=renames))
    assert spoken(script) == ["Ghost", "Pip", "Ghost", "Joe", "Ghost"]
    assert [c.name for c in script.characters].count("Ghost") == 1


def test_the_narrator_may_be_given_a_name() -> None:
    book = book_of('I met Pip.\n\n"Hello," I said.\n\n"Hello," said Pip.\n\n"Cold," I said. I shivered. I ran. I hid.')
    assert spoken(write_script(book)) == [NARRATOR, "Pip", NARRATOR]
    script = write_script(book, edits=ScriptEdits(renames=(Rename(name=NARRATOR, becomes="Jonah"),)))
    assert spoken(script) == ["Jonah", "Pip", "Jonah"]
    assert script.narrator == "Jonah"
    assert line_with(script, "I met").speaker == NARRATOR
    pinned = write_script(book, edits=ScriptEdits(line_edits=(line_edit(book, '"Hello," ', NARRATOR),)))
    assert spoken(pinned)[0] == NARRATOR


def test_edited_genders_and_ages_are_kept_even_without_lines() -> None:
    people = (Character(name="Pip", gender="female", age="child"), Character(name="Ada", gender="female"))
    script = write_script(book_of(FOG), edits=ScriptEdits(people=people))
    known = {c.name: (c.gender, c.age, c.pinned, c.lines) for c in script.characters}
    assert known["Pip"] == ("female", "child", True, 1)
    assert known["Ada"] == ("female", None, True, 0)
    assert not known["Marley"][2]


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_with_any_pins_the_lines_joined_are_the_book_and_each_fitting_pin_holds(data: st.DataObject) -> None:
    book = book_of(TALK + "\n\n" + FOG)
    paragraphs = book.chapters[0].paragraphs
    line_edits = data.draw(
        st.lists(
            st.builds(
                LineEdit,
                chapter=st.just(1),
                paragraph=st.integers(1, len(paragraphs) + 1),
                start=st.integers(0, 30),
                end=st.integers(0, 40),
                kind=st.sampled_from(["dialogue", "narration"]),
                speaker=st.sampled_from(["Hannah", "Pip", "Zed", NARRATOR, None]),
            ),
            max_size=5,
        )
    )
    script = write_script(book, edits=ScriptEdits(line_edits=tuple(line_edits)))
    joined: dict[int, str] = {}
    for line in script.lines():
        joined[line.place.paragraph] = joined.get(line.place.paragraph, "") + line.text
    assert joined == {n: p.text for n, p in enumerate(paragraphs, 1)}
    spans = spans_of(script)
    held = {(line.place.paragraph, n): line for line in script.lines() for n in spans[line.place]}
    for kept in (p for some in group_by_paragraph(book, line_edits).values() for p in some):
        for offset in range(kept.start, kept.end):
            line = held[kept.paragraph, offset]
            assert paragraphs[kept.paragraph - 1].text[offset].isspace() or (
                (line.speaker, line.kind, line.pinned) == (kept.speaker, kept.kind, True)
            )


def spans_of(script: Script) -> dict[Place, range]:
    """Return the characters of its paragraph that each line has."""
    spans: dict[Place, range] = {}
    end = 0
    for line in script.lines():
        start = end if line.place.line > 1 else 0
        end = start + len(line.text)
        spans[line.place] = range(start, end)
    return spans
