"""Quotations and lines: golden cases, and properties that hold for any text."""

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.attribution.script_lines import LinePart, split_paragraph
from audiobook.model.book import Paragraph, ParagraphKind
from tests.golden import check_golden, golden_cases

PREFIXES = {"speech": "say", "thought": "think"}


def paragraphs_of(text: str) -> list[Paragraph]:
    return [paragraph_of(" ".join(block.splitlines())) for block in text.split("\n\n") if block.strip()]


def paragraph_of(text: str) -> Paragraph:
    if text == "* * *":
        return Paragraph(text=text, kind="break")
    emphasis = tuple(match.span(1) for match in re.finditer(r"_([^_]+)_", text))
    kind: ParagraphKind = "heading" if text.startswith("# ") else "prose"
    return Paragraph(text=text.removeprefix("# "), kind=kind, emphasis=emphasis)


def listed(text: str) -> str:
    """Return each part of a paragraph on a line of its own, with its kind."""
    paragraphs = paragraphs_of(text)
    found = find_quotations(paragraphs, find_convention(paragraphs, "en"))
    return "\n\n".join(
        "\n".join(line_of(p, part) for part in split_paragraph(p, quotations))
        for p, quotations in zip(paragraphs, found, strict=True)
    )


def line_of(paragraph: Paragraph, part: LinePart) -> str:
    quotation = part.quotation
    prefix = PREFIXES[quotation.kind] if quotation else "tell"
    note = " (runs on)" if quotation and quotation.runs_on else ""
    return f"{prefix}: {paragraph.text[part.start : part.end].strip()}{note}"


@pytest.mark.parametrize("case", golden_cases("quotations"), ids=lambda path: path.stem)
def test_a_text_is_split_into_speech_and_narration(case: Path, pytestconfig: pytest.Config) -> None:
    check_golden(case, listed, pytestconfig)


PIECES = st.sampled_from(
    [
        *"\"'“”‘’„‚«»‹›「」『』—–-.,!?:;… \n_*([",
        "``",
        "''",
        "--",
        "said Oona",
        "he said",
        "She rose.",
        "I",
        "o'",
        "'tis",
        "word",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join).filter(lambda text: text.strip())
KINDS = st.sampled_from(["prose", "prose", "prose", "heading", "verse", "letter", "note"])
CHAPTERS = st.lists(
    st.builds(lambda text, kind: Paragraph(text=text, kind=kind), TEXTS | st.text(min_size=1).filter(str.strip), KINDS),
    max_size=6,
)


@settings(deadline=None, max_examples=300)
@given(CHAPTERS)
def test_no_character_is_lost_or_doubled(paragraphs: list[Paragraph]) -> None:
    for paragraph, quotations in zip(
        paragraphs, find_quotations(paragraphs, find_convention(paragraphs, "en")), strict=True
    ):
        parts = split_paragraph(paragraph, quotations)
        assert "".join(paragraph.text[s.start : s.end] for s in parts) == paragraph.text
        assert all(s.start < s.end for s in parts)


@settings(deadline=None, max_examples=300)
@given(CHAPTERS)
def test_quotations_are_ordered_disjoint_and_within_their_paragraph(paragraphs: list[Paragraph]) -> None:
    for paragraph, quotations in zip(
        paragraphs, find_quotations(paragraphs, find_convention(paragraphs, "en")), strict=True
    ):
        bounds = [offset for quotation in quotations for offset in (quotation.start, quotation.end)]
        assert bounds == sorted(bounds)
        assert all(quotation.start < quotation.end for quotation in quotations)
        assert not bounds or (bounds[0] >= 0 and bounds[-1] <= len(paragraph.text))


@settings(deadline=None, max_examples=200)
@given(CHAPTERS)
def test_speech_continues_only_where_the_paragraph_before_runs_on(paragraphs: list[Paragraph]) -> None:
    found = find_quotations(paragraphs, find_convention(paragraphs, "en"))
    for before, here in pairwise(found):
        assert not any(quotation.continues for quotation in here[1:])
        if here and here[0].continues:
            assert before
            assert before[-1].runs_on


def test_a_break_has_no_quotations() -> None:
    paragraphs = [Paragraph(text="", kind="break"), Paragraph(text='"Yes," she said.')]
    found = find_quotations(paragraphs, find_convention(paragraphs, "en"))
    assert found[0] == ()
    assert len(found[1]) == 1
    assert split_paragraph(paragraphs[0], ()) == (LinePart(start=0, end=0),)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“Yes,” she said.", "double “”"),
        ("‘Yes,’ she said. It wasn’t so.", "single ‘’"),
        ("« Oui », dit-elle.", "guillemet «»"),
        ("— Yes, she said.", "dashes —"),
        ("Nothing is said here.", "double"),
    ],
)
def test_a_convention_has_a_readable_name(text: str, name: str) -> None:
    assert find_convention([Paragraph(text=text)], "en").name == name


def test_a_convention_states_its_share_of_the_votes() -> None:
    paragraphs = [Paragraph(text="“Yes,” she said.")] * 3 + [Paragraph(text="«No», he said.")]
    assert find_convention(paragraphs, "en").share == 0.75


@pytest.mark.parametrize(
    "piece", ['" ', "' ", "“", "— a. ", 'he said, "', "''", "said ", ", he said", "A: ", "- ", "Dear A "]
)
def test_time_is_linear_in_the_length_of_the_text(piece: str) -> None:
    def seconds(count: int) -> float:
        paragraphs = [Paragraph(text="x" + piece * count)]
        begun = time.process_time()
        for found, paragraph in zip(
            find_quotations(paragraphs, find_convention(paragraphs, "en")), paragraphs, strict=True
        ):
            split_paragraph(paragraph, found)
        return time.process_time() - begun

    small, large = seconds(2_000), seconds(16_000)
    # The speed of a shared machine may change by a factor of three between two runs, so the fastest run counts.
    for _ in range(3):
        if large >= 20 * small + 0.1:
            small, large = min(small, seconds(2_000)), min(large, seconds(16_000))
    assert large < 20 * small + 0.1  # quadratic time would take 64 times as long
