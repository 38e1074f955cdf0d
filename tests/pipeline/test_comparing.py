"""Two scripts of a book laid side by side, and decisions found again in a book."""

import time
from dataclasses import replace

from audiobook.model.book import Book, Chapter, Facts, Paragraph
from audiobook.model.edits import mark_decided
from audiobook.model.script import Character, OrphanedEdit, Script
from audiobook.readers.script.text import parse_script
from audiobook.services.compare_scripts import compare_speakers, match_paragraphs
from audiobook.services.edit_matching import infer_edits, match_edits

HEAD = "audiobook script, version 1\n\ntitle: T\n\n== cast\nAda: female\n\n"


def script(*chapters: str) -> Script:
    return parse_script(HEAD + "\n".join(f"== chapter {n}: C\n\n{c}\n" for n, c in enumerate(chapters, 1)), "S")


def book(*chapters: list[str]) -> Book:
    return Book(
        facts=Facts(title="T"),
        chapters=tuple(
            Chapter(number=n, title="C", paragraphs=tuple(Paragraph(text=text) for text in texts))
            for n, texts in enumerate(chapters, 1)
        ),
    )


def changes(old: Script, new: Script) -> list[tuple[str, str | None, str | None, str]]:
    return [(str(c.place), c.before, c.after, c.text.strip()) for c in compare_speakers(old, new).changes]


def test_only_what_changed_voice_is_listed_wherever_it_stands_now() -> None:
    old = script("Ada: “No.”\n\nBen: “No.”\n\nAda: “Yes.”")
    new = script("    It rained.\n\nAda: “No.”\n\nAda: “No.”\n\n    It poured.\n\nAda: “Yes.”")
    assert changes(old, new) == [("chapter 1, paragraph 3, line 1", "Ben", "Ada", "“No.”")]
    comparison = compare_speakers(old, new)
    assert (comparison.missing, comparison.added, comparison.lines) == (0, 2, 5)


def test_lines_that_are_cut_otherwise_are_compared_by_their_characters() -> None:
    old = script("Ada: “No, Ben,” she said. “Never.”")
    new = script("Ada: “No, Ben,”\n    she said.\nBen: “Never.”")
    assert changes(old, new) == [
        ("chapter 1, paragraph 1, line 2", "Ada", "narrator", "she said."),
        ("chapter 1, paragraph 1, line 3", "Ada", "Ben", "“Never.”"),
    ]


def test_lines_of_a_paragraph_that_was_reworded_are_found_by_their_own_words() -> None:
    old = script("    One.\n\nAda: “No,”\n    she said.\nBen: “Well.”\n\n    Two.")
    new = script("    One.\n\nBen: “No,”\n    she whispered.\nBen: “Well.”\n\n    Two.")
    assert changes(old, new) == [("chapter 1, paragraph 2, line 1", "Ada", "Ben", "“No,”")]


def test_paragraphs_that_moved_are_found_where_their_words_stand_once() -> None:
    texts = ["a", "b", "b", "c", "d", "e", "f"]
    assert match_paragraphs(texts, ["f", *texts[:-1]]) == [1, 2, 3, 4, 5, 6, 0]


def test_a_speaker_with_another_name_is_no_new_voice_unless_lines_were_mixed() -> None:
    old = script("Ben: “One.”\n\nBen: “Two.”\n\nAda: “Three.”")
    assert compare_speakers(old, script("Benjamin: “One.”\n\nBenjamin: “Two.”\n\nAda: “Three.”")).renamed == (
        ("Ben", "Benjamin", 2),
    )
    mixed = compare_speakers(old, script("Ada: “One.”\n\nAda: “Two.”\n\nAda: “Three.”"))
    assert (mixed.renamed, len(mixed.changes)) == ((), 2)


def test_pins_go_where_their_lines_stand_in_the_book() -> None:
    edited = script("    It rained.\n\nAda!: “No,”\n    she said.\nBen!: “Well.”", "Ada!: “Gone.”")
    found = match_edits(edited, book(["New.", "It rained.", "“No,” she said. “Well.”"], ["Other."]))
    assert [(p.chapter, p.paragraph, p.start, p.end, p.speaker) for p in found.edits.line_edits] == [
        (1, 3, 0, 6, "Ada"),
        (1, 3, 16, 23, "Ben"),
    ]
    assert [(s.chapter, s.paragraph, s.text, s.speaker) for s in found.orphaned_edits] == [(2, 1, "“Gone.”", "Ada")]
    assert found.reworded == 1


def test_pins_in_a_reworded_paragraph_go_by_the_words_of_their_lines() -> None:
    edited = script("    One.\n\nAda!: “No.”\n    she said.\nBen!: “No.”\n\n    Two.")
    found = match_edits(edited, book(["One.", "“No.” she whispered. “No.”", "Two."]))
    assert [(p.start, p.end, p.speaker) for p in found.edits.line_edits] == [(0, 5, "Ada"), (21, 26, "Ben")]


def test_pins_in_a_paragraph_that_was_cut_in_two_go_by_their_words_alone() -> None:
    edited = script("    One.\n\nAda!: “No.”\n\n    she said.\n\nBen: “Well.”\n\n    Two.")
    found = match_edits(edited, book(["One.", "“No.” she said. “Well.”", "Two."]))
    assert [(p.paragraph, p.start, p.end, p.speaker) for p in found.edits.line_edits] == [(2, 0, 5, "Ada")]
    assert found.orphaned_edits == ()


def test_an_orphaned_edit_is_matched_if_its_words_occur_once_and_no_other_edit_is_there() -> None:
    orphaned_edits = tuple(
        OrphanedEdit(chapter=9, paragraph=9, text=text, kind="dialogue", speaker="Ben")
        for text in ("“No.”", "“Well.”", "“Hm.”")
    )
    edited = replace(script("Ada!: “No.”\n\n    Two.\n\n    Three."), orphaned_edits=orphaned_edits)
    found = match_edits(edited, book(["“No.”", "Two. “Well.”", "Three."]))
    assert [(p.paragraph, p.start, p.speaker) for p in found.edits.line_edits] == [(1, 0, "Ada"), (2, 5, "Ben")]
    assert [orphan.text for orphan in found.orphaned_edits] == ["“No.”", "“Hm.”"]


def test_without_a_record_all_that_differs_from_the_program_counts_as_decided() -> None:
    fresh = script("Ada: “One.”\n\nBen: “Two.”\n\nCleo: “Three.”")
    edited = replace(
        script("Ada: “One.”\n\nAda: “Two.”\n\nCleopatra: “Three.”"),
        characters=(
            Character(name="Ada", gender="male"),
            Character(name="Cleopatra"),
        ),
    )
    found = infer_edits(edited, fresh)
    assert [line.pinned for line in found.lines()] == [False, True, False]
    assert [(rename.name, rename.becomes) for rename in found.renames] == [("Cleo", "Cleopatra")]
    assert [c.pinned for c in found.characters] == [True, False]


def test_books_of_any_shape_are_compared_in_linear_time() -> None:
    one = script("Ada: “Yes.”\n\n" * 8_000)
    pinned = replace(one, chapters=tuple(replace(c, lines=tuple(map(mark_decided, c.lines))) for c in one.chapters))
    started = time.process_time()
    compare_speakers(one, script("Ben: “Yes.”\n\n" * 7_500))
    found = match_edits(pinned, book(["“Yes.”"] * 7_500))
    assert len(found.edits.line_edits) == 7_500
    compare_speakers(script("Ada: “Yes.”\n" * 8_000), script("Ben: “Yes.”\n" * 7_999 + "Ben: “No.”"))
    assert time.process_time() - started < 5
