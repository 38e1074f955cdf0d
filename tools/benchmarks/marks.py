"""Measure the speaker accuracy with other quotation marks, over a folder of annotated novels.

    python -m tools.benchmarks.marks NOVELS SCORER [--held-out] [--novels NAME …] [--only WORD …]

NOVELS and SCORER are those of `tools.benchmarks.who`. Every novel is rewritten into each convention that is known to
`tools.training.rewriting`, its annotations moved along, and read and scored anew: a row a convention, with dialogue
F1, voice, and the loss of both against the novels' own double marks. With --held-out the weights of dash dialogue that
read a novel never saw its author (minutes more; needs the `train` extra); the ranker is the package's own in any case.
"""

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audiobook.attribution.analyze import write_script
from audiobook.attribution.dashes.dialogue import DashWeights
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.model.script_json import script_to_json
from audiobook.readers import read_book
from tools.training.annotations import novels_in, read_annotations, text_of
from tools.training.dash_crossing import weights_held_out
from tools.training.rewriting import CONVENTIONS, Marks
from tools.training.rewritten_novels import rewritten_novel

OWN = "straight double"  # the marks that the novels have
_TABLES = ("quotation_info.csv", "character_info.csv")
_SPANS = "quoteByteSpans"


@dataclass(frozen=True, slots=True)
class Figures:
    """The accuracy figures of all novels."""

    f1: float
    voice: float


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("novels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--novels", dest="names", nargs="+", help="only these")
    parser.add_argument("--only", nargs="+", help="only conventions with one of these words in their name")
    args = parser.parse_args()
    folders = novels_in(args.novels)
    weights: Mapping[str, DashWeights] = weights_held_out(folders) if args.held_out else {}
    folders = [folder for folder in folders if folder.name in (args.names or [folder.name])]
    own = measured(folders, args.scorer, CONVENTIONS[OWN], weights)
    print(f"{'':28}{'F1':>8}{'voice':>8}{'loss of F1':>13}{'of voice':>10}")
    print(f"{OWN:28}{own.f1:8.3f}{own.voice:8.3f}", flush=True)
    for name, marks in CONVENTIONS.items():
        if name != OWN and (not args.only or any(word in name for word in args.only)):
            other = measured(folders, args.scorer, marks, weights)
            losses = f"{own.f1 - other.f1:13.3f}{own.voice - other.voice:10.3f}"
            print(f"{name:28}{other.f1:8.3f}{other.voice:8.3f}{losses}", flush=True)


def measured(folders: Sequence[Path], scorer: Path, marks: Marks, weights: Mapping[str, DashWeights]) -> Figures:
    """The figures of the novels in other marks, each read with its own weights of dash dialogue, if it has any."""
    with tempfile.TemporaryDirectory() as place:
        pairs: list[str] = []
        for folder in folders:
            other = Path(place) / folder.name
            rewrite_folder(folder, other, marks)
            script = other.with_suffix(".json")
            script.write_text(json.dumps(_script(other, weights.get(folder.name))), encoding="utf-8")
            pairs += [str(script), str(other)]
        table = Path(place) / "scores.csv"
        command = [sys.executable, str(scorer), *pairs, "--csv", str(table)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return _figures(table)


def rewrite_folder(folder: Path, other: Path, marks: Marks) -> None:
    """Write an annotated novel in other marks, in the same layout."""
    other.mkdir()
    for table in _TABLES:
        shutil.copyfile(folder / table, other / table)
    spoken = [span for quotation in read_annotations(folder).quotations for span in quotation.spans]
    text, moved = rewritten_novel(text_of(folder).read_text(encoding="utf-8"), spoken, marks)
    text_of(other).write_text(text, encoding="utf-8")
    with (folder / _TABLES[0]).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        spans = json.loads(row[_SPANS])
        row[_SPANS] = json.dumps([[moved[start], moved[end - 1] + 1] for start, end in spans])
    with (other / _TABLES[0]).open("w", encoding="utf-8", newline="") as file:
        table_writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        table_writer.writeheader()
        table_writer.writerows(rows)


def _script(folder: Path, weights: DashWeights | None) -> dict[str, object]:
    book = read_book(text_of(folder))
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), book.facts.language)
    convention = replace(convention, dash_weights=weights)
    found = [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters]
    return script_to_json(write_script(book, quotations=found))


def _figures(table: Path) -> Figures:
    counts: Counter[str] = Counter()
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counts.update({column: int(row[column]) for column in ("hit", "said", "true", "voice", "quotes")})
    return Figures(2 * counts["hit"] / (counts["said"] + counts["true"]), counts["voice"] / counts["quotes"])


if __name__ == "__main__":
    main()
