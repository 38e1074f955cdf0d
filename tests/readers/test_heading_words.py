"""Headings in all known languages, one line at a time."""

import pytest

from audiobook.readers.headings import recognise


@pytest.mark.parametrize(
    ("line", "family", "number", "title"),
    [
        ("chapter.001 The Wet Week", "chapter", 1, "The Wet Week"),
        ("Chapter 01", "chapter", 1, ""),
        ("XXII[1].", "numeral-roman", 22, ""),
        ("CHAPTER IV.[A]", "chapter", 4, ""),
        ("[ 3 ]", "numeral-arabic", 3, ""),
        ("THE FIRST BOOK", "book", 1, ""),
        ("1.2 The Pump", "dotted", 2, "The Pump"),
        ("§ 12. Of Water", "section", 12, "Of Water"),
        ("CHAPITRE PREMIER", "chapter", 1, ""),
        ("Première partie", "part", 1, ""),
        ("Erstes Kapitel", "chapter", 1, ""),
        ("3. Kapitel", "chapter", 3, ""),
        ("Capítulo primero. Que trata de la casa", "chapter", 1, "Que trata de la casa"),
        ("Canto Segundo", "canto", 2, ""),
        ("CANTO PRIMO", "canto", 1, ""),
        ("Capítulo Terceiro", "chapter", 3, ""),
        ("EERSTE HOOFDSTUK", "chapter", 1, ""),
        ("Глава 1. Дождь", "chapter", 1, "Дождь"),
        ("Часть вторая", "part", 2, ""),
        ("ENSIMMÄINEN LUKU", "chapter", 1, ""),
        ("II LUKU", "chapter", 2, ""),
        ("Κεφάλαιον α'", "chapter", 1, ""),
        ("第一章　雨の夜", "chapter", 1, "雨の夜"),
        ("第十二回 賈寶玉", "chapter", 12, "賈寶玉"),
        ("第２章", "chapter", 2, ""),
        ("二", "numeral-word", 2, ""),
        ("제1장 비", "chapter", 1, "비"),
    ],
)
def test_headings_of_many_forms_and_languages_are_recognised(line: str, family: str, number: int, title: str) -> None:
    heading = recognise(line)
    assert heading is not None
    assert (heading.family, heading.number, heading.title) == (family, number, title)


@pytest.mark.parametrize(
    "line",
    [
        "One day, as they were riding along by a brook, the princess began to",
        "The third day: when her father and mother were gone,",
        "Second act; what's the matter with it?",
        "In Chapter 3 of the old book it said otherwise.",
        "Chapter 9 was the one she liked best.",
        "第一章は長い。",
        "1.2 metres of rope lay on the deck.",
    ],
)
def test_sentences_that_begin_like_headings_are_none(line: str) -> None:
    assert recognise(line) is None
