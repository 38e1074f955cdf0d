"""How much dialogue of real novels is found, with their own marks and with those of other conventions."""

import ast
import csv
import re
from pathlib import Path

import pytest

from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.attribution.script_lines import split_paragraph
from audiobook.model.book import Paragraph

NOVELS = ("DaisyMiller", "TheInvisibleMan", "NorthangerAbbey", "TheAwakening")
FLOOR = 0.975  # dialogue F1 over the novels, with their own marks
MARKS = {
    "straight": ('"', '"', "'"),
    "curly": ("“", "”", "’"),
    "single curly": ("‘", "’", "’"),
    "single straight": ("'", "'", "'"),
    "guillemets": ("«", "»", "'"),
    "guillemets with spaces": ("« ", " »", "'"),
    "guillemets inward": ("»", "«", "'"),
    "low-high": ("„", "“", "'"),
    "the same on both sides": ("”", "”", "’"),
    "two singles": ("``", "''", "'"),
    "dashes around": ("— ", " —", "'"),
    "dashes before": ("— ", "", "'"),
}
# F1 that a rewriting may cost; 0.01 unless stated otherwise.
MOST_LOST = {"single straight": 0.03, "dashes before": 0.02}

Marked = tuple[str, str]  # a text, and for each of its characters "1" if it is spoken


def gold_of(folder: Path) -> Marked:
    text = (folder / "novel_text.txt").read_text(encoding="utf-8")
    mask = bytearray(b"0" * len(text))
    with (folder / "quotation_info.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            for start, end in ast.literal_eval(row["quoteByteSpans"]):
                mask[start:end] = b"1" * (end - start)
    return text, mask.decode()


def paragraphs_of(novel: Marked) -> list[Marked]:
    text, mask = novel
    blocks = re.finditer(r"\S(?:[^\n]|\n(?![ \t]*\n))*", text)
    return [(block.group().replace("\n", " "), mask[block.start() : block.end()]) for block in blocks]


def rewritten(paragraph: Marked, opening: str, closing: str, apostrophe: str) -> Marked:
    """Return the paragraph with its double marks replaced, opening and closing in turn, and its apostrophes."""
    text, mask = "", ""
    opens = True
    for character, said in zip(*paragraph, strict=True):
        new = {'"': opening if opens else closing, "'": apostrophe}.get(character, character)
        opens ^= character == '"'
        text += new
        mask += said * len(new)
    return text, mask


def f1(novels: list[list[Marked]]) -> float:
    """Return the dialogue F1 over letters and digits."""
    hit = said = true = 0
    for marked in novels:
        paragraphs = [Paragraph(text=text) for text, _ in marked]
        found = find_quotations(paragraphs, find_convention(paragraphs, "en"))
        for paragraph, quotations, (_, mask) in zip(paragraphs, found, marked, strict=True):
            ink = [character.isalnum() for character in paragraph.text]
            true += sum(i and m == "1" for i, m in zip(ink, mask, strict=True))
            for part in split_paragraph(paragraph, quotations):
                if part.is_dialogue:
                    stretch = slice(part.start, part.end)
                    said += sum(ink[stretch])
                    hit += sum(i and m == "1" for i, m in zip(ink[stretch], mask[stretch], strict=True))
    return 2 * hit / (said + true)


@pytest.mark.slow
def test_dialogue_is_found_in_each_convention_of_marks(shared: Path) -> None:
    novels = [paragraphs_of(gold_of(shared / "data" / "pdnc" / name)) for name in NOVELS]
    scores = {name: f1([[rewritten(p, *marks) for p in novel] for novel in novels]) for name, marks in MARKS.items()}
    assert scores["straight"] >= FLOOR
    losses = {name: scores["straight"] - score for name, score in scores.items()}
    assert {name: loss for name, loss in losses.items() if loss > MOST_LOST.get(name, 0.01)} == {}
