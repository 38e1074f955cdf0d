"""Golden cases of who says what: a text goes in, every line of dialogue comes out behind its speaker's name."""

import re
import time
from pathlib import Path

import pytest

from audiobook.attribution.analyze import write_script
from audiobook.model.book import Book, Chapter, Facts, Paragraph
from tests.golden import check_golden, golden_cases


def book_of(text: str) -> Book:
    """A book of one chapter: paragraphs between blank lines, a row of stars for a break."""
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


def test_a_book_without_paragraphs_takes_time_by_its_length_only() -> None:
    started = time.process_time()
    script = write_script(book_of('"I am here," said Bob, walking. ' * 6000), source="one.txt")
    assert time.process_time() - started < 15  # 2 s; half a minute when every turn looks at the whole paragraph
    assert {line.speaker for c in script.chapters for line in c.lines} == {"narrator", "Bob"}
