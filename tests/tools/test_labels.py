"""Annotations mapped to our own cast."""

import csv
from pathlib import Path

import pytest

from audiobook.attribution.parsed_book import ParsedBook, parse_book
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.errors import UsageError
from audiobook.readers import read_book
from tools.training.annotations import novels_in, read_annotations, text_of
from tools.training.authors import author_of
from tools.training.labels import Label, label_turns

TEXT = """Miss Ada Holm came down to the quay, and Ben Stray with her.

"We sail at six," said Ada.

"With this crew?" asked Ben.

"With any crew," said Miss Holm.

"Hurrah!" cried everybody.
"""
SPEAKERS = (("We sail", "Ada Holm", "Explicit"), ("With this", "Ben", "Explicit"), ("With any", "Ada Holm", "Explicit"))


@pytest.fixture
def novel(tmp_path: Path) -> Path:
    folder = tmp_path / "AtTheQuay"
    folder.mkdir()
    text_of(folder).write_text(TEXT, encoding="utf-8")
    said = (*SPEAKERS, ("Hurrah", "_group", ""))
    starts = [TEXT.index(f'"{words}') for words, _, _ in said]
    spans = [(start, TEXT.index('"', start + 1) + 1) for start in starts]
    rows = [(who, kind, f"[[{a}, {b}]]") for (_, who, kind), (a, b) in zip(said, spans, strict=True)]
    write(folder / "quotation_info.csv", ("speaker", "quoteType", "quoteByteSpans"), *rows)
    cast = (("Ada Holm", "{'Miss Holm', 'Ada'}", "F"), ("Ben", "", "M"))
    write(folder / "character_info.csv", ("Main Name", "Aliases", "Gender"), *cast)
    return folder


def write(path: Path, *rows: tuple[str, ...]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def labels_of(folder: Path) -> tuple[ParsedBook, list[Label | None]]:
    book = read_book(text_of(folder))
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), "en")
    parsed = parse_book(book, [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters])
    return parsed, label_turns(book, parsed, read_annotations(folder))


def test_every_turn_is_labelled_with_the_person_of_its_character(novel: Path) -> None:
    parsed, labels = labels_of(novel)
    assert [label.character for label in labels if label] == ["Ada Holm", "Ben", "Ada Holm"]
    ada, ben, again = (label.person for label in labels if label)
    assert ada == again != ben
    assert ada is not None
    assert parsed.people[ada].surnames == {"Holm"}


def test_a_turn_with_several_speakers_has_no_label(novel: Path) -> None:
    _, labels = labels_of(novel)
    assert labels[-1] is None


def test_annotations_have_normalized_names_and_genders(novel: Path) -> None:
    annotations = read_annotations(novel)
    assert annotations.names["Ada Holm"] == {"ada holm", "miss holm", "ada"}
    assert annotations.genders == {"Ada Holm": "female", "Ben": "male"}


def test_a_folder_without_annotated_novels_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no annotated novels"):
        novels_in(tmp_path)


def test_novels_by_the_same_author_are_recognised() -> None:
    assert author_of("Emma") == author_of("Persuasion") != author_of("AtTheQuay") == "AtTheQuay"
