"""Cross-validate the weights of dash dialogue by author."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import get_args

from audiobook.attribution.dashes.dialogue import DashWeights, StyleWeights, decode_fragments
from audiobook.attribution.dashes.fragments import DashStyle
from tools.training.authors import author_of
from tools.training.dash_fitting import fit_dash_weights
from tools.training.dash_rows import DashRow, dash_rows
from tools.training.folds import folds_of

STYLES: tuple[DashStyle, ...] = get_args(DashStyle)

Rows = Mapping[str, Sequence[Sequence[DashRow]]]  # by novel: its paragraphs


def rows_of(folders: Sequence[Path], style: DashStyle) -> Rows:
    """The paragraphs of the novels, rewritten for this style of dashes."""
    return {folder.name: list(dash_rows(folder, style)) for folder in folders}


def weights_from(rows: Rows) -> StyleWeights:
    """The weights learned from these novels."""
    authors: dict[str, list[Sequence[DashRow]]] = {}
    for novel, own in rows.items():
        authors.setdefault(author_of(novel), []).extend(own)
    return fit_dash_weights(list(authors.values()))


def held_out(rows: Rows) -> Iterator[tuple[StyleWeights, frozenset[str]]]:
    """For each fold: the weights learned from the other folds, and the novels of the fold."""
    folds = folds_of([author_of(novel) for novel in rows])
    for fold in range(max(folds) + 1):
        unseen = frozenset(novel for novel, own in zip(rows, folds, strict=True) if own == fold)
        yield weights_from({novel: own for novel, own in rows.items() if novel not in unseen}), unseen


def weights_held_out(folders: Sequence[Path]) -> dict[str, DashWeights]:
    """For each novel: weights learned without its author."""
    weights: dict[str, dict[DashStyle, StyleWeights]] = {folder.name: {} for folder in folders}
    for style in STYLES:
        for own, unseen in held_out(rows_of(folders, style)):
            for novel in unseen:
                weights[novel][style] = own
    return dict(weights)


def dialogue_f1(rows: Rows, weights: Mapping[str, StyleWeights]) -> float:
    """The F1 score over the letters of the rows, with the weights of each novel."""
    hit = found = spoken = 0
    for novel, paragraphs in rows.items():
        for paragraph in paragraphs:
            said = decode_fragments([(row.may_be_said, row.words, row.boundary) for row in paragraph], weights[novel])
            spoken += sum(row.heard for row in paragraph)
            hit += sum(row.heard for row, is_said in zip(paragraph, said, strict=True) if is_said)
            found += sum(row.letters for row, is_said in zip(paragraph, said, strict=True) if is_said)
    return 2 * hit / max(1, found + spoken)
