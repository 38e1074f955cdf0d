"""Golden cases of attribution: a text → each line of dialogue with its speaker."""

import re
import time
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book, Chapter, Facts, Paragraph
from tests.golden import check_golden, golden_cases


def book_of(text: str) -> Book:
    """Make a book of one chapter from paragraphs between blank lines. A row of stars is a break."""
    paragraphs = tuple(
        Paragraph(text=part.strip(), kind="break" if set(part.strip()) <= {"*", " "} else "prose")
        for part in re.split(r"\n\s*\n", text.strip())
    )
    return Book(facts=Facts(title="A case"), chapters=(Chapter(number=1, title="One", paragraphs=paragraphs),))


def speakers_and_lines(text: str) -> str:
    lines = write_script(book_of(text)).lines()
    return "\n".join(f"{line.speaker or '?'}: {line.text.strip()}" for line in lines if line.kind == "dialogue")


@pytest.mark.parametrize("case", golden_cases("attribution"), ids=lambda path: path.stem)
def test_every_quotation_has_its_speaker(case: Path, pytestconfig: pytest.Config) -> None:
    check_golden(case, speakers_and_lines, pytestconfig)


def test_a_book_of_one_paragraph_is_analysed_in_linear_time() -> None:
    started = time.process_time()
    script = write_script(book_of('"I am here," said Bob, walking. ' * 6000), source="one.txt")
    assert time.process_time() - started < 15  # takes 2 s; it took 30 s when each turn looked at the whole paragraph
    assert {line.speaker for c in script.chapters for line in c.lines} == {"narrator", "Bob"}
