"""Books in scripts other than Latin are built by the built-in voices, whole and at a plausible length."""

import re
from pathlib import Path

import pytest

from audiobook.model.request import BuildRequest
from audiobook.services import build, contents

BOOKS = Path(__file__).parents[1] / "cases" / "languages" / "books"
CHAPTERS = {
    "zh": ["第一章 雨夜", "第二章 早晨"],
    "ko": ["제1장 비 오는 밤", "제2장 아침"],
    "ru": ["Глава 1. Дождь", "Глава 2. Утро"],
    "el": ["ΚΕΦΑΛΑΙΟ Α΄", "ΚΕΦΑΛΑΙΟ Β΄"],
    "he": ["פרק א", "פרק ב"],
    "ar": ["الفصل الأول", "الفصل الثاني"],
    "hi": ["अध्याय 1", "अध्याय 2"],
}
SECONDS_A_LETTER = {"zh": 0.26, "ko": 0.2, "ru": 0.065, "el": 0.07, "he": 0.09, "ar": 0.11, "hi": 0.08}
CHAPTER_ENDS = 3.6  # seconds of silence in a book of two chapters


@pytest.mark.parametrize("language", CHAPTERS)
def test_a_book_in_another_script_is_divided_and_its_length_is_estimated(language: str) -> None:
    found = contents(BOOKS / f"{language}.txt")
    assert found.facts.language == language
    assert [chapter.title for chapter in found.chapters] == CHAPTERS[language]


@pytest.mark.engine
@pytest.mark.parametrize("language", CHAPTERS)
def test_a_book_in_another_script_is_spoken_whole(language: str, tmp_path: Path) -> None:
    book = tmp_path / f"{language}.txt"
    text = (BOOKS / f"{language}.txt").read_text(encoding="utf-8")
    book.write_text(text, encoding="utf-8")
    result = build(BuildRequest(book=book, jobs=2, cache=tmp_path / "cache"))
    assert result.report.exit_code == 0
    assert (result.report.ledger.lost, result.report.ledger.faults) == (0, ())
    letters = len(re.sub(r"[\s\W]", "", text)) if language != "hi" else len(re.sub(r"[\s.,?!“”।]", "", text))
    expected = letters * SECONDS_A_LETTER[language] + CHAPTER_ENDS
    assert 0.75 * expected < result.seconds < 1.5 * expected
    estimated = sum(chapter.seconds for chapter in contents(book).chapters)
    assert 0.6 * result.seconds < estimated < 1.2 * result.seconds
