"""Every novel ranked by a ranker that never saw its author."""

from collections.abc import Iterator, Mapping

from audiobook.scripting.candidates import SETTINGS, Setting
from audiobook.scripting.decoding import decode
from audiobook.scripting.ranking import Curve, Ranker, rank, speech_settings
from audiobook.training.examples import Examples, Novel
from audiobook.training.figures import Guess
from audiobook.training.fitting import fit_ranker
from audiobook.training.folds import folds_of

# The reliability of a ranker that was not yet judged: its odds as they are.
UNKNOWN: Mapping[Setting, Curve] = dict.fromkeys(SETTINGS, ((0.0, 0.0), (1.0, 1.0)))


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
    settings = speech_settings(novel.stage, novel.candidacies)
    for who, own, label, setting in zip(decode(novel.stage, odds), odds, novel.labels, settings, strict=True):
        if label is not None and who is not None:
            yield Guess(own[who], who == label.person, setting)
