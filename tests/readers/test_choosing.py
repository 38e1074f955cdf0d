"""The choice between a division by styles and a division as plain text."""

from audiobook.model.book import Paragraph
from audiobook.readers.assembling import Draft
from audiobook.readers.sections.choosing import is_better_as_text

WORDS = 1600  # of the book


def divide(titles: list[str]) -> list[Draft]:
    """A book in as many chapters, each with text of its own."""
    words = WORDS // len(titles)
    return [
        Draft(title=title, paragraphs=(Paragraph(text="lamp " * words, span=(n * words * 5, (n + 1) * words * 5)),))
        for n, title in enumerate(titles)
    ]


STYLED = divide(["Introduction", "Epilogue"])


def test_many_chapters_with_numbers_of_their_own_are_better_than_two_by_styles() -> None:
    assert is_better_as_text("", divide([f"Chapter {n}" for n in range(1, 31)]), STYLED)


def test_many_chapters_that_repeat_the_numbers_of_acts_are_not_better() -> None:
    names = [f"ACT {act}: {name}" for act in ("I", "II", "III") for name in ("Nora", "Helmer") * 5]
    assert not is_better_as_text("", divide(names), STYLED)
