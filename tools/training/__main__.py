"""Train speaker attribution on a folder of annotated novels, and write the result where the package reads it.

First, every novel is decided by a ranker that was not trained on its author. That gives the accuracy, and the curve
from odds to reliability. Then the ranker that is written is trained on all novels.
"""

import argparse
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from audiobook.attribution.dashes.dialogue import StyleWeights, format_dash_weights
from audiobook.attribution.dashes.fragments import DashStyle
from audiobook.attribution.ranking.ranker import dump_ranker
from audiobook.model.script_json import script_to_json
from audiobook.readers import read_book
from audiobook.runtime.files import write_whole
from tools.training.ablating import one_look_without
from tools.training.annotations import novels_in, read_annotations, text_of
from tools.training.authors import author_of
from tools.training.crossing import Judged, guesses, judge_held_out
from tools.training.dash_crossing import STYLES, dialogue_f1, held_out, rows_of, weights_from
from tools.training.examples import Examples, Novel, examples_of, read_chapters, read_novel
from tools.training.figures import Guess, claimed, reliability_curves, report_reliability
from tools.training.fitting import Fitting
from tools.training.speech_rows import SpeechRow, fit_weights, speech_rows


def main() -> None:
    """Train on the folder given on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tools.training", description=__doc__)
    parser.add_argument("novels", type=Path, help="holds a folder for each annotated novel")
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="default: the ranker inside the package")
    parser.add_argument("--ablate", action="store_true", help="only print what each group of clues is worth")
    parser.add_argument(
        "--scripts",
        type=Path,
        metavar="FOLDER",
        help="write there each novel's script by the ranker that never saw its author",
    )
    parser.add_argument(
        "--speech", action="store_true", help="only print the weights that tell speech from quoted words"
    )
    parser.add_argument("--dashes", action="store_true", help="learn the weights of dash dialogue, and nothing else")
    args = parser.parse_args()
    if args.dashes:
        _learn_dashes(novels_in(args.novels), args.output)
        return
    if args.speech:
        for feature, weight in _speech_weights(novels_in(args.novels)):
            print(f"{weight:>4}  {feature}")
        return
    novels, examples = _read(novels_in(args.novels))
    if args.ablate:
        for what, right in one_look_without(examples):
            print(f"{what:<40} {right:.4f}", flush=True)
        return
    fitting = Fitting(examples)
    found = _judge(novels, fitting, args.scripts)
    ranker = fitting.ranker(None, reliability_curves(found))
    output = args.output or Path(str(files("audiobook.attribution.ranking").joinpath("ranker.json")))
    write_whole(output, json.dumps(dump_ranker(ranker), separators=(",", ":")).encode() + b"\n")
    _say("all, as the ranker knows them", [guess for novel in novels for guess in guesses(ranker, novel)])
    print(output)


def _read(folders: Sequence[Path]) -> tuple[list[Novel], Examples]:
    """Read the novels, and the training examples: the novels, and some of their chapters by themselves."""
    novels = [read_novel(folder, author_of(folder.name)) for folder in folders]
    chapters = [chapter for folder in folders for chapter in read_chapters(folder, author_of(folder.name))]
    return novels, examples_of([*novels, *chapters])


def _judge(novels: Sequence[Novel], fitting: Fitting, scripts: Path | None) -> list[Guess]:
    """Decide every novel with a ranker that was not trained on its author, and print the accuracy."""
    folds: list[list[Guess]] = []
    for fold in judge_held_out(novels, fitting):
        folds.append([guess for judged in fold for guess in judged.guesses])
        for judged in fold:
            _say(judged.novel.folder.name, judged.guesses)
            if scripts:
                _write(judged, scripts)
    found = [guess for fold in folds for guess in fold]
    _say("all, held out by author", found)
    print(report_reliability(claimed(folds)), flush=True)
    return found


def _write(judged: Judged, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{judged.novel.folder.name}.json"
    path.write_text(json.dumps(script_to_json(judged.script)), encoding="utf-8")


def _speech_weights(folders: Sequence[Path]) -> list[tuple[str, int]]:
    """The weights of the features that tell speech from quoted words, lowest first."""
    rows: list[SpeechRow] = []
    for folder in folders:
        spans = (span for quotation in read_annotations(folder).quotations for span in quotation.spans)
        rows += speech_rows(read_book(text_of(folder)), spans)
    return sorted(fit_weights(rows).items(), key=lambda weighed: (weighed[1], weighed[0]))


def _learn_dashes(folders: Sequence[Path], output: Path | None) -> None:
    """Train and write the weights of dash dialogue, and print their cross-validated accuracy."""
    weights: dict[DashStyle, StyleWeights] = {}
    for style in STYLES:
        rows = rows_of(folders, style)
        unseen = {novel: own for own, novels in held_out(rows) for novel in novels}
        print(f"{style:<30} {dialogue_f1(rows, unseen):.4f} F1 of letters, held out by author", flush=True)
        weights[style] = weights_from(rows)
    path = output or Path(str(files("audiobook.attribution.dashes").joinpath("dash_weights.json")))
    write_whole(path, format_dash_weights(weights).encode())
    print(path)


def _say(what: str, found: Sequence[Guess]) -> None:
    print(f"{what:<30} {sum(g.right for g in found) / max(1, len(found)):.3f} of {len(found):,} turns", flush=True)


if __name__ == "__main__":
    main()
