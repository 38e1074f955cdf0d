"""Every novel ranked by a ranker that never saw its author."""

from collections.abc import Iterator

from audiobook.scripting.decoding import decode
from audiobook.scripting.ranking import Ranker, rank
from audiobook.training.examples import Examples, Novel
from audiobook.training.figures import Guess
from audiobook.training.fitting import fit_ranker
from audiobook.training.folds import folds_of

UNKNOWN = ((0.0, 0.0), (1.0, 1.0))  # the reliability of a ranker that was not yet judged: its odds as they are


def rankers_held_out(examples: Examples) -> Iterator[tuple[Ranker, frozenset[str]]]:
    """For every fold the ranker learned from the other folds, and the fold's authors."""
    authors = [novel.author for novel in examples.novels]
    folds = folds_of(authors)
    for fold in range(max(folds) + 1):
        known = [at for at, own in enumerate(folds) if own != fold]
        unseen = frozenset(author for author, own in zip(authors, folds, strict=True) if own == fold)
        yield fit_ranker(examples, known, UNKNOWN), unseen


def guesses(ranker: Ranker, novel: Novel) -> Iterator[Guess]:
    """The decisions on the novel's turns whose speaker is known."""
    odds = rank(novel.stage, novel.candidacies, ranker)
    for who, own, label in zip(decode(novel.stage, odds), odds, novel.labels, strict=True):
        if label is not None and who is not None:
            yield Guess(own[who], who == label.person)
