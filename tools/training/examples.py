"""Turns as training rows: a novel's matrix has one row for every candidate of every turn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audiobook import readers
from audiobook.attribution.parsed_book import ParsedBook, parse_book
from audiobook.attribution.quotes.quotations import find_convention, find_quotations
from audiobook.attribution.ranking.candidates import CandidateSet, find_candidates
from audiobook.attribution.ranking.features import TurnFeatures
from audiobook.attribution.ranking.neighbour_features import NeighbourFeatures, Probabilities
from audiobook.attribution.ranking.ranker import extract_own_features, pool_speeches
from audiobook.model.book import Book
from tools.training.annotations import read_annotations, text_of
from tools.training.labels import Label, label_turns

_EVERY = 3  # one in so many chapters of a novel is used by itself too,
_WORDS, _TURNS = 700, 15  # if it has at least so many turns

Matrix = NDArray[np.float32]
Scores = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Novel:
    """An annotated novel, prepared for ranking."""

    folder: Path
    author: str
    parsed: ParsedBook
    candidate_sets: tuple[CandidateSet, ...]
    labels: tuple[Label | None, ...]  # by turn

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """The number of candidates of each turn."""
        return np.array([len(candidate_set.people) for candidate_set in self.candidate_sets], np.int64)

    @cached_property
    def right(self) -> NDArray[np.int64]:
        """The index of the right candidate of each turn; -1 if there is none or it is not known."""
        return np.array(
            [
                c.people.index(label.person) if label is not None and label.person in c.people else -1
                for c, label in zip(self.candidate_sets, self.labels, strict=True)
            ],
            np.int64,
        )

    def extract_own_features(self) -> list[TurnFeatures]:
        """The features of every candidate from the turn itself."""
        return extract_own_features(self.parsed, self.candidate_sets)

    def extract_neighbour_features(self, probabilities: Sequence[Probabilities]) -> list[TurnFeatures]:
        """The features of every candidate from neighbouring turns, given their odds."""
        neighbours = NeighbourFeatures(self.parsed, probabilities)
        return [neighbours.find_features(candidate_set) for candidate_set in self.candidate_sets]

    def probabilities(self, scores: Scores) -> list[Probabilities]:
        """The odds of all candidates, from one score for each row; turns of one speech are pooled."""
        split = np.split(softmax(scores, self.sizes), np.cumsum(self.sizes)[:-1]) if len(self.sizes) else []
        own = [
            dict(zip(c.people, map(float, part), strict=True))
            for c, part in zip(self.candidate_sets, split, strict=True)
        ]
        return pool_speeches(self.parsed, own)


@dataclass(frozen=True, kw_only=True)
class Examples:
    """Novels, with the rows of their turns' own features."""

    novels: tuple[Novel, ...]
    columns: tuple[str, ...]
    rows: tuple[Matrix, ...]  # by novel


def examples_of(novels: Sequence[Novel]) -> Examples:
    """Compute the rows of the turns' own features."""
    columns: set[str] = set()
    kept: list[tuple[tuple[str, ...], Matrix]] = []
    for novel in novels:
        features = novel.extract_own_features()
        own = columns_of(features)
        columns.update(own)
        kept.append((own, matrix(features, own)))
    names = tuple(sorted(columns))
    return Examples(novels=tuple(novels), columns=names, rows=tuple(_widened(*one, names) for one in kept))


def _widened(columns: tuple[str, ...], rows: Matrix, names: tuple[str, ...]) -> Matrix:
    wide = np.zeros((len(rows), len(names)), np.float32)
    wide[:, [names.index(column) for column in columns]] = rows
    return wide


def read_novel(folder: Path, author: str) -> Novel:
    """Read the novel in a folder, with the label of every turn. Raises BookError."""
    return _staged(folder, author, readers.read_book(text_of(folder)))


def read_chapters(folder: Path, author: str) -> list[Novel]:
    """Read some chapters of the novel as separate texts, because short stories have little statistics."""
    book = readers.read_book(text_of(folder))
    chapters = (c for c in book.chapters[::_EVERY] if c.words >= _WORDS)
    alone = [_staged(folder, author, replace(book, chapters=(chapter,))) for chapter in chapters]
    return [novel for novel in alone if (novel.right >= 0).sum() >= _TURNS]


def _staged(folder: Path, author: str, book: Book) -> Novel:
    convention = find_convention((p for c in book.chapters for p in c.paragraphs), book.facts.language)
    parsed = parse_book(book, [find_quotations(chapter.paragraphs, convention) for chapter in book.chapters])
    return Novel(
        folder=folder,
        author=author,
        parsed=parsed,
        candidate_sets=tuple(find_candidates(parsed)),
        labels=tuple(label_turns(book, parsed, read_annotations(folder))),
    )


def softmax(scores: Scores, sizes: NDArray[np.int64]) -> Scores:
    """The softmax of each group of rows."""
    filled = sizes[sizes > 0]
    if not len(filled):
        return scores
    starts = np.concatenate([[0], np.cumsum(filled)[:-1]])
    parts = np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), filled))
    probabilities: Scores = parts / np.repeat(np.add.reduceat(parts, starts), filled)
    return probabilities


def columns_of(features: Iterable[TurnFeatures]) -> tuple[str, ...]:
    """The names of all features, in order."""
    return tuple(sorted({name for found in features for row in (found.about, *found.own) for name in row}))


def matrix(features: Sequence[TurnFeatures], columns: Sequence[str]) -> Matrix:
    """A matrix with one row for every candidate and one column for every feature."""
    place = {column: at for at, column in enumerate(columns)}
    rows = np.zeros((sum(len(found.own) for found in features), len(columns)), np.float32)
    for row, feature in zip(rows, (found.about | own for found in features for own in found.own), strict=True):
        for name, value in feature.items():
            row[place[name]] = value
    return rows
