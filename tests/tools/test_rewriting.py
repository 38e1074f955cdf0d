"""Novels rewritten with other quotation marks, and their annotations."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.training.rewriting import CONVENTIONS
from tools.training.rewritten_novels import rewritten_novel

TEXT = """He knew the "castle" well. "Sit," said Oona, "and eat. It isn't hot."

"No." He sat. "Yes!"
"""
SPOKEN = ["Sit,", "and eat. It isn't hot.", "No.", "Yes!"]
REWRITTEN = {
    "curly double": """He knew the “castle” well. “Sit,” said Oona, “and eat. It isn’t hot.”

“No.” He sat. “Yes!”
""",
    "low-high": """He knew the „castle“ well. „Sit,“ said Oona, „and eat. It isn’t hot.“

„No.“ He sat. „Yes!“
""",
    "paired dashes": """He knew the “castle” well. —Sit, —said Oona, —and eat. It isn’t hot.

—No. —He sat. —Yes!
""",
    "dashes around": """He knew the “castle” well. —Sit,— said Oona, —and eat. It isn’t hot.—

—No.— He sat. —Yes!—
""",
    "Spanish dashes": """He knew the “castle” well. —Sit —said Oona—, and eat. It isn’t hot.

—No. —He sat—. Yes!
""",
    "Russian dashes": """He knew the “castle” well. — Sit, — said Oona, — and eat. It isn’t hot.

— No. — He sat. — Yes!
""",
    "hyphens before": """He knew the “castle” well. - Sit, said Oona, - and eat. It isn’t hot.

- No. He sat. - Yes!
""",
    "one dash": """He knew the “castle” well. —Sit, said Oona, and eat. It isn’t hot.

—No. He sat. Yes!
""",
}


def spans_of(text: str) -> list[tuple[int, int]]:
    return [(text.index(words), text.index(words) + len(words)) for words in SPOKEN]


@pytest.mark.parametrize("convention", REWRITTEN)
def test_the_marks_of_a_convention_are_at_the_start_and_end_of_speech(convention: str) -> None:
    text, _ = rewritten_novel(TEXT, spans_of(TEXT), CONVENTIONS[convention])
    assert text == REWRITTEN[convention]


def test_a_novel_rewritten_with_its_own_marks_is_unchanged() -> None:
    text, moved = rewritten_novel(TEXT, spans_of(TEXT), CONVENTIONS["straight double"])
    assert text == TEXT
    assert moved == list(range(len(TEXT)))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_annotations_move_with_their_words(convention: str) -> None:
    text, moved = rewritten_novel(TEXT, spans_of(TEXT), CONVENTIONS[convention])
    for words, (start, end) in zip(SPOKEN, spans_of(TEXT), strict=True):
        found = text[moved[start] : moved[end - 1] + 1]
        assert [c for c in found if c.isalnum()] == [c for c in words if c.isalnum()]


@settings(deadline=None)
@given(st.text(alphabet="\"'—. ab\n,", max_size=40), st.sampled_from(sorted(CONVENTIONS)))
def test_rewriting_keeps_the_order_of_all_letters(text: str, convention: str) -> None:
    other, moved = rewritten_novel(text, [(0, len(text))], CONVENTIONS[convention])
    assert [c for c in other if c.isalpha()] == [c for c in text if c.isalpha()]
    assert all(other[moved[at]] == c for at, c in enumerate(text) if c.isalpha())
