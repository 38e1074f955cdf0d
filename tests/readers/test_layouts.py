"""The structure of plain texts in the layouts of Project Gutenberg: titles of chapters, and what is left out and why.

A case's input has `~3` for three paragraphs of prose, `~v` for a stanza. Below `---` stand the chapters, and what is
left out with its reason.
"""

import re
from pathlib import Path

import pytest

from audiobook.readers.audit import audit
from audiobook.readers.omissions import Document
from audiobook.readers.text import read_plain
from tests.golden import check_golden, golden_cases
from tests.readers.stories import story

FILLER = re.compile(r"~(?P<count>\d?)(?P<verse>v?)")


def fill(text: str) -> str:
    numbers = iter(range(1, 1000))

    def one(found: re.Match[str]) -> str:
        prose = story(next(numbers), int(found["count"] or 1))
        return prose if not found["verse"] else "\n".join(f"  {line[:44]}" for line in prose.split("\n")[:4])

    return FILLER.sub(one, text)


def outline(text: str) -> str:
    source = fill(text)
    book = read_plain(source, "the file name", "book.txt")
    assert audit(book, [Document(name="", text=source)]).faults == ()
    left_out = [f"- {part.reason}: {' '.join(source[part.start : part.end].split())[:40]}" for part in book.skipped]
    return "\n".join([*(chapter.title for chapter in book.chapters), *left_out])


@pytest.mark.parametrize("case", golden_cases("layouts"), ids=lambda path: path.stem)
def test_a_layout_is_divided_as_printed(case: Path, pytestconfig: pytest.Config) -> None:
    check_golden(case, outline, pytestconfig)


def test_short_lines_with_rising_numbers_are_no_chapters() -> None:
    text = "\n\n".join(f"She had {number}." for number in range(1, 200))
    assert [chapter.title for chapter in read_plain(text, "the file name", "book.txt").chapters] == ["the file name"]
