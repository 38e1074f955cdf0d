"""Decide every novel with a ranker that was not trained on its author."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audiobook.attribution.analyze import write_script
from audiobook.attribution.ranking.candidates import EVIDENCE_KINDS, EvidenceKind
from audiobook.attribution.ranking.decoding import decode
from audiobook.attribution.ranking.ranker import Curve, Ranker, classify_speeches, rank_candidates
from audiobook.model.script import Script
from audiobook.readers import read_book
from tools.training.annotations import text_of
from tools.training.examples import Novel
from tools.training.figures import Guess
from tools.training.fitting import Fitting

# The reliability for a ranker that was not measured yet: its odds, unchanged.
UNKNOWN: Mapping[EvidenceKind, Curve] = dict.fromkeys(EVIDENCE_KINDS, ((0.0, 0.0), (1.0, 1.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The result of a ranker for a novel."""

    novel: Novel
    script: Script
    guesses: tuple[Guess, ...]
    words: int
    seconds: float  # CPU seconds for reading the novel and writing its script


def judge(ranker: Ranker, novel: Novel) -> Judged:
    """Apply the ranker to the novel, which is read again like any book."""
    begun = time.process_time()
    book = read_book(text_of(novel.folder))
    script = write_script(book, ranker=ranker)
    seconds = time.process_time() - begun
    words = sum(chapter.words for chapter in book.chapters)
    return Judged(novel=novel, script=script, guesses=tuple(guesses(ranker, novel)), words=words, seconds=seconds)


def judge_held_out(novels: Sequence[Novel], fitting: Fitting) -> Iterator[list[Judged]]:
    """Apply to each of the novels, the first of the examples, a ranker that was not trained on its author."""
    for fold in range(max(fitting.folds) + 1):
        ranker = fitting.ranker(fold, UNKNOWN)
        yield [judge(ranker, novel) for novel, own in zip(novels, fitting.folds, strict=False) if own == fold]


def guesses(ranker: Ranker, novel: Novel) -> Iterator[Guess]:
    """The decisions on those turns of the novel whose speaker is known."""
    probabilities = rank_candidates(novel.parsed, novel.candidate_sets, ranker)
    evidence_kinds = classify_speeches(novel.parsed)
    for who, own, label, evidence_kind in zip(
        decode(novel.parsed, probabilities), probabilities, novel.labels, evidence_kinds, strict=True
    ):
        if label is not None and who is not None:
            yield Guess(own[who], who == label.person, evidence_kind)
