"""Measure the accuracy of normalization by class, over the collection of written → spoken cases.

python -m tools.benchmarks.spoken                  # a row a class
python -m tools.benchmarks.spoken --wrong          # and every wrong case
python -m tools.benchmarks.spoken --over TEXT...   # what is changed in whole texts, how often, and how fast
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

from audiobook.normalization import spoken_form
from tests.normalization.spoken_collection import CLASSES, Reading, readings

PARAGRAPH = re.compile(r"\n\s*\n")
MARKS = re.compile(r"[^\w\s&%$£€°]|_")


def row(name: str, said: list[Reading]) -> str:
    """One line of the table."""
    good = sum(reading.is_good for reading in said)
    return f"{name:12}{good:6}{len(said):6}{good / len(said):8.1%}"


def changes(written: str, said: str) -> Iterator[tuple[str, str]]:
    """The words whose spoken form differs from the written one."""
    before, after = (MARKS.sub(" ", text).split() for text in (written, said))
    for kind, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            yield " ".join(before[low:high]), " ".join(after[start:end])


def print_over(texts: list[Path]) -> None:
    """Print what the rules change in these texts, the most frequent first, and what they cost."""
    paragraphs = [" ".join(p.split()) for text in texts for p in PARAGRAPH.split(text.read_text(encoding="utf-8"))]
    words = sum(len(paragraph.split()) for paragraph in paragraphs)
    began = time.process_time()
    said = list(map(spoken_form, paragraphs))
    cost = time.process_time() - began
    found = Counter(change for pair in zip(paragraphs, said, strict=True) for change in changes(*pair))
    for (written, spoken), times in found.most_common():
        print(f"{times:6}  {written}  →  {spoken}")
    print(f"{words} words, {found.total()} changes; {cost / words * 100_000:.2f} s of CPU per 100,000 words")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--wrong", action="store_true", help="also list the wrong cases")
    parser.add_argument(
        "--over", nargs="+", type=Path, metavar="TEXT", help="list changes in whole texts instead of the table"
    )
    asked = parser.parse_args()
    if asked.over:
        print_over(asked.over)
        return
    every = {name: list(readings(name)) for name in CLASSES}
    print(f"{'':12}{'good':>6}{'of':>6}")
    for name, said in every.items():
        print(row(name, said))
    print(row("all", [reading for said in every.values() for reading in said]))
    if asked.wrong:
        for name, said in every.items():
            print(f"\n{name}", *(reading for reading in said if not reading.is_good), sep="\n  ")


if __name__ == "__main__":
    main()
