"""Training rows of dash dialogue, and fitting of its weights."""

import json
from pathlib import Path

import pytest

pytest.importorskip("scipy", reason="learning needs the `train` extra")

from audiobook.attribution.dashes.dialogue import (
    DashWeights,
    decode_fragments,
    format_dash_weights,
    parse_dash_weights,
)
from audiobook.attribution.dashes.fragments import DashStyle
from tools.training.dash_crossing import dialogue_f1, weights_from
from tools.training.dash_fitting import fit_dash_weights
from tools.training.dash_rows import DashRow, dash_rows

TEXT = '"Sit," said Oona. "You are wet." He sat.\n\n"No," said Ned. "I am not." It rained.\n'
SPOKEN = ["Sit,", "You are wet.", "No,", "I am not."]


def novel_in(folder: Path) -> Path:
    folder.mkdir()
    (folder / "novel_text.txt").write_text(TEXT * 2, encoding="utf-8")
    rows = "".join(
        f'Oona,Explicit,"[[{at + TEXT.index(words)}, {at + TEXT.index(words) + len(words)}]]"\n'
        for at in (0, len(TEXT))
        for words in SPOKEN
    )
    (folder / "quotation_info.csv").write_text(f"speaker,quoteType,quoteByteSpans\n{rows}", encoding="utf-8")
    (folder / "character_info.csv").write_text("Main Name,Aliases,Gender\nOona,,F\n", encoding="utf-8")
    return folder


def row(word: str, *, said: bool, boundary: str = "") -> DashRow:
    return DashRow(
        words=(word,), boundary=(boundary,) if boundary else (), may_be_said=True, said=said, letters=9, heard=9 * said
    )


PARAGRAPH = [row("i", said=True), row("said", said=False, boundary="comma"), row("you", said=True, boundary="stop")]


@pytest.mark.parametrize("style", ["open", "resumed", "paired"])
def test_paragraphs_become_rows_of_speech_and_narration(tmp_path: Path, style: DashStyle) -> None:
    paragraphs = list(dash_rows(novel_in(tmp_path / "Novel"), style))
    assert paragraphs
    for fragments in paragraphs:
        assert [fragment.said for fragment in fragments] == [True, False, True, False]
        assert all(fragment.heard == (fragment.letters if fragment.said else 0) for fragment in fragments)
        assert not fragments[0].boundary
        assert all(fragment.boundary for fragment in fragments[1:])


def test_the_weights_separate_separable_rows() -> None:
    weights = fit_dash_weights([[PARAGRAPH] * 60] * 4)
    assert weights.emissions["said"] < 0 < weights.emissions["you"]
    begins, ends, _ = weights.transitions["comma"]
    assert ends > begins
    assert decode_fragments(
        [(fragment.may_be_said, fragment.words, fragment.boundary) for fragment in PARAGRAPH], weights
    ) == [
        True,
        False,
        True,
    ]


def test_a_feature_of_a_single_author_is_ignored() -> None:
    odd = [row("i", said=True), row("quoth", said=False, boundary="comma")]
    weights = fit_dash_weights([*[[PARAGRAPH] * 60] * 4, [odd] * 60])
    assert "quoth" not in weights.emissions


def test_f1_counts_letters() -> None:
    rows = {"A": [PARAGRAPH] * 60, "B": [PARAGRAPH] * 60, "C": [PARAGRAPH] * 60, "D": [PARAGRAPH] * 60}
    weights = weights_from(rows)
    assert dialogue_f1(rows, dict.fromkeys(rows, weights)) == 1.0
    assert dialogue_f1({"A": [[row("i", said=True), row("you", said=False, boundary="stop")]]}, {"A": weights}) < 1.0


def test_weights_are_written_one_per_line_and_read_back_unchanged() -> None:
    weights: DashWeights = {"open": fit_dash_weights([[PARAGRAPH] * 60] * 4)}
    text = format_dash_weights(weights)
    assert any(line.startswith('"comma": [') and line.count(",") >= 2 for line in text.splitlines())
    assert parse_dash_weights(json.loads(text)) == weights
