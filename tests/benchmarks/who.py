"""Who says what, over a folder of annotated novels.

    python -m tests.benchmarks.who NOVELS SCORER [--held-out]

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
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from audiobook.reading import read_book
from audiobook.script_json import script_to_json
from audiobook.scripting.analysis import write_script
from audiobook.scripting.ranking import Ranker, reliable, shipped_ranker
from audiobook.training.annotations import novels_in, text_of
from audiobook.training.authors import author_of
from audiobook.training.crossing import guesses, rankers_held_out
from audiobook.training.examples import Novel, examples_of, read_chapters, read_novel
from audiobook.training.figures import Guess, claimed, report_reliability

_Judged = list[tuple[Novel, list[Guess]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("novels", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--held-out", action="store_true")
    args = parser.parse_args()
    folders = novels_in(args.novels)
    novels = [read_novel(folder, author_of(folder.name)) for folder in folders]
    with tempfile.TemporaryDirectory() as folder:
        if args.held_out:
            judged = list(_held_out(novels, Path(folder)))
        else:
            ranker = shipped_ranker()
            judged = [[(novel, _judged(ranker, novel, Path(folder))) for novel in novels]]
        pairs = [str(path) for novel in folders for path in (_script(Path(folder), novel), novel)]
        subprocess.run([sys.executable, str(args.scorer), *pairs], check=True)
    folds = [[guess for _, found in fold for guess in found] for fold in judged]
    print(report_reliability(claimed(folds) if args.held_out else _by_shipped(folds[0])))
    _print_speed(folders)


def _held_out(novels: Sequence[Novel], scripts: Path) -> Iterator[_Judged]:
    chapters = [chapter for novel in novels for chapter in read_chapters(novel.folder, novel.author)]
    for ranker, authors in rankers_held_out(examples_of([*novels, *chapters])):
        yield [(novel, _judged(ranker, novel, scripts)) for novel in novels if novel.author in authors]


def _judged(ranker: Ranker, novel: Novel, scripts: Path) -> list[Guess]:
    """Write the novel's script as the ranker has it, and say which decisions are right."""
    script = write_script(read_book(text_of(novel.folder)), ranker=ranker)
    _script(scripts, novel.folder).write_text(json.dumps(script_to_json(script)), encoding="utf-8")
    return list(guesses(ranker, novel))


def _by_shipped(guesses: Sequence[Guess]) -> list[Guess]:
    """The decisions with the confidence that the package gives them."""
    curves = shipped_ranker().reliability
    return [replace(guess, odds=reliable(curves[guess.setting], guess.odds)) for guess in guesses]


def _script(scripts: Path, novel: Path) -> Path:
    return scripts / f"{novel.name}.json"


def _print_speed(folders: Sequence[Path]) -> None:
    words, begun = 0, time.process_time()
    for folder in folders:
        book = read_book(text_of(folder))
        words += sum(chapter.words for chapter in book.chapters)
        write_script(book)
    spent = time.process_time() - begun
    print(f"{words:,} words read and analysed in {spent:.1f} s CPU: {spent / words * 100_000:.2f} s per 100,000 words")


if __name__ == "__main__":
    main()
