"""Who says what, over a folder of annotated novels.

    python -m tools.benchmarks.who NOVELS SCORER [--held-out]

NOVELS holds a folder a novel in the layout of the Project Dialogism Novel Corpus, with its text in novel_text.txt;
SCORER is the program that compares scripts with the annotations (it is given SCRIPT.json FOLDER, pair by pair). Prints
what the scorer prints, the CPU time the scripts took, how often the lines of each tenth of confidence are right, and
how many of the wrong ones the least sure tenth of all lines holds. With --held-out every novel is ranked by a ranker
learned from the others' authors only (minutes; needs the `train` extra); else by the package's own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.attribution.ranking.ranker import calibrate, load_ranker
from audiobook.model.script_json import script_to_json
from tools.training.annotations import novels_in
from tools.training.authors import author_of
from tools.training.crossing import Judged, judge, judge_held_out
from tools.training.examples import Novel, examples_of, read_chapters, read_novel
from tools.training.figures import Guess, claimed, report_reliability
from tools.training.fitting import Fitting


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("novels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--held-out", action="store_true")
    args = parser.parse_args()
    novels = [read_novel(folder, author_of(folder.name)) for folder in novels_in(args.novels)]
    folds = _held_out(novels) if args.held_out else [[judge(load_ranker(), novel) for novel in novels]]
    _print_scores([judged for fold in folds for judged in fold], args.scorer)
    decided = [[guess for judged in fold for guess in judged.guesses] for fold in folds]
    print(report_reliability(claimed(decided) if args.held_out else _by_shipped(decided[0])))
    _print_speed([judged for fold in folds for judged in fold])


def _held_out(novels: Sequence[Novel]) -> list[list[Judged]]:
    chapters = [chapter for novel in novels for chapter in read_chapters(novel.folder, novel.author)]
    return list(judge_held_out(novels, Fitting(examples_of([*novels, *chapters]))))


def _print_scores(found: Iterable[Judged], scorer: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pairs: list[str] = []
        for judged in sorted(found, key=lambda judged: judged.novel.folder.name):
            path = Path(folder) / f"{judged.novel.folder.name}.json"
            path.write_text(json.dumps(script_to_json(judged.script)), encoding="utf-8")
            pairs += (str(path), str(judged.novel.folder))
        subprocess.run([sys.executable, str(scorer), *pairs], check=True)


def _by_shipped(guesses: Sequence[Guess]) -> list[Guess]:
    """The decisions with the confidence that the package gives them."""
    curves = load_ranker().reliability
    return [replace(guess, probability=calibrate(curves[guess.evidence_kind], guess.probability)) for guess in guesses]


def _print_speed(found: Sequence[Judged]) -> None:
    words, spent = sum(judged.words for judged in found), sum(judged.seconds for judged in found)
    print(f"{words:,} words read and analysed in {spent:.1f} s CPU: {spent / words * 100_000:.2f} s per 100,000 words")
    for judged in found:
        print(f"  {judged.novel.folder.name:<30} {judged.seconds / judged.words * 100_000:.2f}")


if __name__ == "__main__":
    main()
